#pragma once

#include "core/demo/service_data.h"

#include <cstdint>
#include <memory>

namespace ephor::demo {

struct ServiceServerOptions {
    ServiceData& data; ///< outlives the server
    std::uint16_t port = 0; ///< 0: any that is free
    std::uint64_t seed = 1; ///< of how long calls take
    /// Set: a call's time passes on this clock instead of being waited for.
    ManualClock* madeUpTime = nullptr;
};

/// The bank's HTTP services on 127.0.0.1, on a thread of their own.
class ServiceServer {
public:
    /// A port that is taken leaves a server that does not listen; callers find nobody there. Code: demo.services when
    /// not even a free port can be had.
    static Result<std::unique_ptr<ServiceServer>> start(const ServiceServerOptions& options);
    /// Ends at once; calls under way are cut.
    ~ServiceServer();

    /// 0 when it does not listen.
    std::uint16_t port() const;

private:
    struct State;
    explicit ServiceServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
