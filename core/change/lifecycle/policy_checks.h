#pragma once

#include "core/change/lifecycle/basis.h"
#include "core/trust/policy/tightening_table.h"

#include <memory>
#include <string>

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

/// For whoever approves: how many verdicts of the last 30 days the candidate's rules would flip. Judged only where the
/// change moves rules or tools.
Result<CheckResult> checkBacktest(const store::Snapshot& snapshot, const Release& candidate,
    std::span<const ChangeItem> items, std::span<const GrantEdit> grants, const PolicyGround& ground);

}
