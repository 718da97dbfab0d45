#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::bench {

/// One request, sent again and again over keep-alive connections to a port of the loopback.
struct Target {
    std::uint16_t port = 0;
    std::string request; ///< the whole HTTP message
    std::string_view ending; ///< what the body of a good reply contains; empty: anything
};

std::string postRequest(const std::string& path, const std::string& headers, const std::string& body);

struct LoadResult {
    std::vector<double> micros; ///< of every good reply, until its last byte
    std::size_t failed = 0; ///< other statuses, broken connections, replies without their ending
    double seconds = 0; ///< from the first request to the last reply
    void add(LoadResult&& other);
    double perSecond() const { return seconds > 0 ? double(micros.size()) / seconds : 0; }
};

/// Sends at fixed moments, whatever the replies do. A latency counts from the moment the request was due, so that
/// waiting for a free connection, and the generator's own lateness, are in it.
LoadResult openLoop(const Target& target, double perSecond, double seconds, std::size_t connections);
/// Each connection sends again as soon as it has its reply.
LoadResult closedLoop(const Target& target, std::size_t connections, double seconds);
/// Every connection sends once, all at one moment.
LoadResult allAtOnce(const Target& target, std::size_t connections);

/// Lets this process open as many sockets as it may, and wakes its threads at the moment they asked for: 50 µs of slack
/// are the system's default.
void prepareProcess();
/// The second half of that, for a thread that was started before.
void wakeExactly();

}
