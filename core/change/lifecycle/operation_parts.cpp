#include "core/change/lifecycle/operation_parts.h"

#include "core/change/lifecycle/approval_rule.h"
#include "core/change/lifecycle/candidate.h"
#include "core/definition/tags.h"

#include <algorithm>

namespace ephor::lifecycle {

namespace {

void recount(StoredChange& stored)
{
    Change& change = stored.change;
    change.summary.checksTotal = change.checks.size();
    change.summary.checksPassed = std::uint64_t(std::ranges::count(change.checks, true, &CheckResult::passed));
    change.summary.approvalsGiven = approvalsGiven(change.approvals, stored.authors, change.digest);
}

}

Scope scopeOf(const ChangeSummary& summary)
{
    return {summary.team, summary.environment};
}

Result<StoredChange> openChange(const store::Snapshot& snapshot, const Call& call, const std::string& id)
{
    EPHOR_TRY(StoredChange stored, findChange(snapshot, id));
    EPHOR_TRY_VOID(call.allow(scopeOf(stored.change.summary)));
    return stored;
}

Result<void> moveChange(store::Transaction& transaction, StoredChange& stored, ChangeAct act, Instant at)
{
    ChangeSummary& summary = stored.change.summary;
    EPHOR_TRY(summary.state, nextState(summary.state, act));
    summary.movedAt = at;
    EPHOR_TRY_VOID(keepChange(transaction, stored));
    return definition::setChange(transaction, versionsOf(stored.change.items), summary.id, summary.state, at);
}

Result<void> keepChange(store::Transaction& transaction, StoredChange& stored)
{
    recount(stored);
    return saveChange(transaction, stored);
}

void noteChange(Note& note, const StoredChange& stored, const std::string& reason)
{
    const ChangeSummary& summary = stored.change.summary;
    note.subject = "change:" + summary.id;
    note.reason = reason;
    note.refs = {{"change", summary.id}, {"agent", summary.agent}, {"digest", stored.change.digest}};
    if (!summary.release.empty())
        note.refs["release"] = summary.release;
    if (!stored.change.rollout.empty())
        note.refs["rollout"] = stored.change.rollout;
}

std::unexpected<Error> movedOn(const std::string& change)
{
    return fail(Error(ErrorKind::Conflict, "change.moved-on", "What the change rests on moved on in the meantime.",
        "Draft it again on top of what is live.")
            .with("change", change));
}

Result<policy::TighteningTable> readTightenings(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const auto standing, policy::Tightenings::list(snapshot));
    return policy::TighteningTable(standing);
}

void announceRoutes(store::Transaction& transaction, const ServicesPointer& services)
{
    transaction.onOutcome([services](bool committed) {
        if (committed && services->routesChanged)
            services->routesChanged();
    });
}

}
