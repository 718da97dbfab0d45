#pragma once

#include "core/api/policies.h"
#include "core/change/evaluate/agent_rules.h"
#include "core/change/evaluate/backtest_place.h"

#include <chrono>
#include <functional>
#include <optional>
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

/// What somebody is told of the flips of a team's runs.
enum class FlipsTold {
    None, ///< its runs are passed over
    Names, ///< no value of an argument, nor a sentence that may hold one
    Whole,
};

/// When a page ends: after the run that reaches one of these.
struct PageBudget {
    std::uint64_t calls = 0; ///< 0: no bound
    std::uint64_t flips = 0; ///< 0: no bound
    std::chrono::milliseconds time{0}; ///< 0: no bound
};

/// Which recorded calls to judge.
struct BacktestScope {
    std::string agent; ///< empty: every agent
    std::string environment;
    BacktestPlace place; ///< what is judged comes after it
    std::optional<Instant> rolesAt; ///< whose roles count; nothing: those at the end of the place
    PageBudget budget;
    std::function<FlipsTold(const std::string& team)> told;
    /// Nothing for an agent whose rules cannot be told; asked once for each.
    std::function<Result<BothRules>(const std::string& agent)> rulesFor;
};

/// Judges every recorded call of the scope twice, in order of time, until the page is full. A call is judged as of its
/// day, with the roles that its requester has today; rules over a session know the day before the page. Codes: those of
/// the record.
Result<Backtest::Response> runBacktest(
    const ledger::Ledger& ledger, const store::Snapshot& snapshot, const BacktestScope& scope);

}
