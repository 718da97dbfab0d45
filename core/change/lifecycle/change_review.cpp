#include "core/change/lifecycle/approval_rule.h"
#include "core/change/lifecycle/operation_parts.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::lifecycle {

namespace {

ChangeApproval wordOfPerson(const Principal& person, const std::string& reason, const std::string& digest, Instant at)
{
    ChangeApproval approval;
    approval.person = person.id;
    approval.name = person.name;
    approval.approved = true;
    approval.reason = reason;
    approval.at = at;
    approval.digest = digest;
    return approval;
}

Document countsData(const StoredChange& stored)
{
    const ChangeSummary& summary = stored.change.summary;
    return documentOf(Json{{"state", wordOf(summary.state)}, {"approvalsGiven", summary.approvalsGiven},
        {"approvalsNeeded", summary.approvalsNeeded}});
}

Result<ApproveChange::Response> approveChange(const Services& services, store::Transaction& transaction,
    const Call& call, const ApproveChange::Request& request, Note& note)
{
    EPHOR_TRY(StoredChange stored, openChange(transaction, call, request.id));
    Change& change = stored.change;
    EPHOR_TRY_VOID(nextState(change.summary.state, ChangeAct::Approve));
    EPHOR_TRY_VOID(mayCount(change, stored.authors, call.principal().id, request.digest));
    const Instant now = services.clock.now();
    change.approvals.push_back(wordOfPerson(call.principal(), request.reason, change.digest, now));
    const bool enough
        = approvalsGiven(change.approvals, stored.authors, change.digest) >= change.summary.approvalsNeeded;
    EPHOR_TRY_VOID(enough ? moveChange(transaction, stored, ChangeAct::Approve, now) : keepChange(transaction, stored));
    noteChange(note, stored, request.reason);
    note.data = countsData(stored);
    return ApproveChange::Response{std::move(change.summary)};
}

Result<RejectChange::Response> rejectChange(const Services& services, store::Transaction& transaction, const Call& call,
    const RejectChange::Request& request, Note& note)
{
    EPHOR_TRY(StoredChange stored, openChange(transaction, call, request.id));
    const Instant now = services.clock.now();
    ChangeApproval rejection = wordOfPerson(call.principal(), request.reason, stored.change.digest, now);
    rejection.approved = false;
    stored.change.approvals.push_back(std::move(rejection));
    EPHOR_TRY_VOID(moveChange(transaction, stored, ChangeAct::Reject, now));
    noteChange(note, stored, request.reason);
    return RejectChange::Response{std::move(stored.change.summary)};
}

Result<RatifyChange::Response> ratifyChange(const Services& services, store::Transaction& transaction, const Call& call,
    const RatifyChange::Request& request, Note& note)
{
    EPHOR_TRY(StoredChange stored, openChange(transaction, call, request.id));
    Change& change = stored.change;
    if (!change.summary.selfApproved)
        return fail(Error(ErrorKind::Conflict, "change.not-setup",
            "The change was not self-approved, or somebody ratified it already.", "Nothing needs to be done.")
                .with("change", change.summary.id));
    EPHOR_TRY_VOID(mayCount(change, stored.authors, call.principal().id, change.digest));
    change.approvals.push_back(wordOfPerson(call.principal(), request.reason, change.digest, services.clock.now()));
    change.summary.selfApproved = false;
    EPHOR_TRY_VOID(keepChange(transaction, stored));
    noteChange(note, stored, request.reason);
    return RatifyChange::Response{std::move(change.summary)};
}

template <class Op, class Handle> void addReview(HandlerTable& table, const ServicesPointer& services, Handle handle)
{
    table.write<Op>(
        [services, handle](store::Transaction& transaction, const Call& call, const typename Op::Request& request,
            Note& note) { return handle(*services, transaction, call, request, note); });
}

}

void addReviewHandlers(HandlerTable& table, const ServicesPointer& services)
{
    addReview<ApproveChange>(table, services, approveChange);
    addReview<RejectChange>(table, services, rejectChange);
    addReview<RatifyChange>(table, services, ratifyChange);
}

}
