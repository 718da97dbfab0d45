#include "core/change/lifecycle/approval_rule.h"
#include "core/change/lifecycle/operation_parts.h"
#include "core/definition/version_diff.h"
#include "core/run/route/releases.h"

namespace ephor::lifecycle {

namespace {

// Why this caller could not approve now, in the words that the act itself would answer with.
Result<void> mayApproveNow(const Call& call, const StoredChange& stored)
{
    const ChangeSummary& summary = stored.change.summary;
    EPHOR_TRY_VOID(call.allow(Permission::ApproveChanges, scopeOf(summary)));
    EPHOR_TRY_VOID(nextState(summary.state, ChangeAct::Approve));
    return mayCount(stored.change, stored.authors, call.principal().id, stored.change.digest);
}

Result<GetChange::Response> showChange(
    const store::Snapshot& snapshot, const Call& call, const GetChange::Request& request)
{
    EPHOR_TRY(StoredChange stored, openChange(snapshot, call, request.id));
    GetChange::Response response;
    const auto approvable = mayApproveNow(call, stored);
    response.mayApprove = approvable.has_value();
    response.whyNot = approvable ? std::string() : approvable.error().message;
    for (const ChangeItem& item : stored.change.items) {
        EPHOR_TRY(auto diff, definition::diffVersions(snapshot, item.kind, item.name, item.from, item.to));
        response.diffs.push_back(std::move(diff));
    }
    if (!stored.change.rollout.empty()) {
        EPHOR_TRY(response.rollout, route::rollout(snapshot, stored.change.rollout));
    }
    response.change = std::move(stored.change);
    return response;
}

}

void addChangeReads(HandlerTable& table)
{
    table.read<ListChanges>([](const store::Snapshot& snapshot, const Call& call, const ListChanges::Request& request) {
        return listChanges(snapshot, request,
            [&](const ChangeSummary& summary) { return call.holds(Permission::View, scopeOf(summary)); });
    });
    table.read<GetChange>(showChange);
}

}
