#pragma once

#include "core/change/lifecycle/basis.h"
#include "core/change/lifecycle/policy_checks.h"

#include <functional>

namespace ephor {
class Clock;
}

namespace ephor::lifecycle {

/// Compiles a release that is not stored yet, as the run path would.
using CompileRelease = std::function<Result<void>(const Release&, const store::Snapshot&)>;

/// What the checks look at.
struct CheckedChange {
    const Basis& basis;
    const Release& candidate;
    const std::vector<ChangeItem>& items;
    const std::vector<GrantEdit>& grants;
};

/// Lint (the candidate compiles), Contract (what the template uses is declared), Policies (they are valid, their cases
/// come out), Permissions (tools without a grant, grants that loosen), Budget (limits that rise), Protection (what
/// would pass that did not; where it moves), in this order, each with the time it took. The first three are required;
/// the others tell whoever approves. The last one, checkBacktest(), wants snapshots of its own. Fails only when the
/// store or the record cannot be read.
Result<std::vector<CheckResult>> runChecks(const store::Snapshot& snapshot, const CheckedChange& checked,
    const CompileRelease& compiles, const PolicyGround& ground, const Clock& clock);

/// Fails with change.checks-failed, the failed required checks in the fields.
Result<void> refuseFailedChecks(const std::vector<CheckResult>& checks);

}
