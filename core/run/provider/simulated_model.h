#pragma once

#include "core/net/timer.h"
#include "core/run/provider/model_client.h"
#include "core/run/provider/retry.h"
#include "core/run/provider/simulate.h"

#include <atomic>

namespace ephor::provider {

/// A model that is made up from a scenario, for demos and tests. It takes its time on the timer it is given, so that
/// with a ManualTimer months of calls take no time at all. Its failures are retried like a real provider's.
class SimulatedModel final : public ModelClient {
public:
    /// `timer` and `clock` must outlive the model and its calls.
    SimulatedModel(std::shared_ptr<const Scenario> scenario, std::uint64_t seed, net::Timer& timer, const Clock& clock,
        RetryPolicy retry = {});

    std::shared_ptr<net::Cancellable> start(ChatRequest request, OnModelEvent onEvent, OnModelOutcome onDone) override;
    bool simulated() const override { return true; }
    /// Puts another scenario in force for the calls that begin from now on ("make the canary go bad now").
    void setScenario(std::shared_ptr<const Scenario> scenario);

private:
    std::atomic<std::shared_ptr<const Scenario>> m_scenario;
    std::uint64_t m_seed;
    net::Timer& m_timer;
    const Clock& m_clock;
    RetryPolicy m_retry;
};

}
