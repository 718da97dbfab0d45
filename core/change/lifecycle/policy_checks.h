#pragma once

#include "core/change/lifecycle/basis.h"
#include "core/trust/policy/tightening_table.h"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace ephor {
class Clock;
}
namespace ephor::ledger {
class Ledger;
}

namespace ephor::lifecycle {

/// What rules are judged on.
struct PolicyGround {
    const ledger::Ledger& ledger;
    std::shared_ptr<const policy::TighteningTable> standing;
    std::string environment;
    Instant now;
};

/// Required: the candidate's grants fit its tools, every policy that it pins is valid against the tools there are, and
/// its cases come out, as if they were enforced.
Result<CheckResult> checkPolicies(
    const store::Snapshot& snapshot, const Release& candidate, const PolicyGround& ground);

/// Of one submission's backtest: a person waits for it.
constexpr std::chrono::seconds longestBacktest(20);

/// What a backtest of a change is about.
struct BacktestQuestion {
    const Release& candidate;
    std::span<const ChangeItem> items;
    std::span<const GrantEdit> grants;
    /// Asked between two pages: a change that was withdrawn meanwhile needs no more.
    std::function<bool(const store::Snapshot& snapshot)> isWanted;
};

/// For whoever approves: how many verdicts of the last 30 days the candidate's rules would flip. Judged only where the
/// change moves rules or tools: day by day, the newest first, in pages of a second and a half with a snapshot each, so
/// that no page keeps the log from being copied. After longestBacktest it says how many days it has judged; the others
/// are for `policies.backtest`.
Result<CheckResult> checkBacktest(
    store::Database& database, const BacktestQuestion& question, const PolicyGround& ground, const Clock& clock);

}
