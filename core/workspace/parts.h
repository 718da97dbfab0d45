#pragma once

#include "core/run/connector/http_call.h"
#include "core/run/connector/sql_connector.h"
#include "core/run/runtime/plan.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace ephor::net {
class HttpClient;
class Timer;
}
namespace ephor::provider {
class SimulatedModel;
}

namespace ephor::workspace {

/// Makes the clients and connectors that plans are compiled with, from bodies alone. Everything it is given outlives it
/// and what it makes. Thread-safe.
class Parts {
public:
    struct Sources {
        net::HttpClient& http;
        net::Timer& timer;
        const Clock& clock;
        connector::BlockingPool& pool;
        std::string folder; ///< where SQL tools find their files
        std::uint64_t seed; ///< of simulated models
        connector::SecretSource secrets;
    };
    explicit Parts(Sources sources)
        : m_sources(std::move(sources))
    {
    }

    Result<std::shared_ptr<provider::ModelClient>> client(const std::string& name, const ModelBody& body);
    Result<std::shared_ptr<connector::Connector>> connector(const std::string& name, const ToolBody& body);
    /// The newest simulated client of that definition; null when there is none.
    std::shared_ptr<provider::SimulatedModel> simulated(const std::string& name) const;

private:
    Sources m_sources;
    mutable std::mutex m_mutex;
    std::map<std::string, std::weak_ptr<provider::SimulatedModel>> m_simulated;
};

}
