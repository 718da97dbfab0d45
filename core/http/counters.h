#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

namespace ephor::http {

/// What the server counts about itself; read by GET /metrics. Thread-safe.
struct Counters {
    std::atomic<std::uint64_t> connections = 0; ///< open now
    std::atomic<std::uint64_t> connectionsTotal = 0;
    std::atomic<std::uint64_t> connectionsRefused = 0; ///< the limit was reached
    std::atomic<std::uint64_t> requests = 0; ///< read whole
    std::atomic<std::uint64_t> requestsRefused = 0; ///< no worker was free
    std::atomic<std::uint64_t> requestsBroken = 0; ///< could not be read: malformed, too large or too slow

    std::map<std::string, double> values() const
    {
        return {{"http.connections", double(connections)}, {"http.connections.total", double(connectionsTotal)},
            {"http.connections.refused.total", double(connectionsRefused)}, {"http.requests.total", double(requests)},
            {"http.requests.refused.total", double(requestsRefused)},
            {"http.requests.broken.total", double(requestsBroken)}};
    }
};

}
