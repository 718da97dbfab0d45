#pragma once

#include "core/run/provider/scenario.h"

namespace ephor::provider {

/// What decides a simulated answer besides the request. The same request, seed and attempt always give the same answer
/// under the same drift.
struct SimulationMoment {
    std::uint64_t seed = 0;
    Instant now;
    int attempt = 1; ///< so that a retry is not bound to fail again
};

/// A simulated answer, decided but not yet waited for.
struct SimulatedReply {
    std::string rule; ///< the id of the rule that spoke
    std::vector<std::string> drifts; ///< the ids of the drifts in force
    Duration firstToken{0}; ///< from the call's start
    Duration latency{0}; ///< from the call's start to the end; not smaller than firstToken
    std::vector<ModelEvent> events; ///< of the part shown before a failure, else of the whole answer
    ProviderResult<ModelResult> result; ///< always `simulated`
};

/// Decides what the simulated model answers: a pure function, deterministic by seed, request digest and attempt.
SimulatedReply simulate(const Scenario& scenario, const ChatRequest& request, const SimulationMoment& moment);

/// Tokens of a text as the simulation counts them: one for every four characters, at least one if there is any.
std::int64_t estimateTokens(std::string_view text);

}
