#pragma once

#include "core/change/evaluate/agent_rules.h"

#include <functional>
#include <string>

namespace ephor {
class Call;
}
namespace ephor::ledger {
class Ledger;
}

namespace ephor::evaluate {

/// The rules of one agent as they are and as they would be.
struct BothRules {
    AgentRules inForce;
    AgentRules candidate;
};

/// Which recorded calls to judge.
struct BacktestScope {
    std::string agent; ///< empty: every agent
    std::string environment;
    Instant from;
    Instant until;
    /// Whether the caller may open runs of that team.
    std::function<bool(const std::string& team)> mayOpen;
    /// Nothing for an agent whose rules cannot be told; asked once for each.
    std::function<Result<BothRules>(const std::string& agent)> rulesFor;
};

/// Judges every recorded call of the scope twice, in order of time. A call is judged as of its day, with the roles
/// that its requester has today. Codes: those of the record.
Result<Backtest::Response> runBacktest(
    const ledger::Ledger& ledger, const store::Snapshot& snapshot, const BacktestScope& scope);

}
