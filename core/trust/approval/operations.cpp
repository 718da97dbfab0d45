#include "core/trust/approval/operations.h"

#include "core/api/handlers.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/approval/may_decide.h"
#include "core/trust/ledger/ledger.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::approval {

namespace {

constexpr auto similarWithin = std::chrono::hours(24 * 90);

std::string effectInWords(SideEffect effect)
{
    switch (effect) {
    case SideEffect::Read:
        return "Reads only; nothing changes.";
    case SideEffect::Write:
        return "Changes data; it can be undone.";
    case SideEffect::Irreversible:
        return "Cannot be undone.";
    case SideEffect::Egress:
        return "Sends something out of the company.";
    }
    return {};
}

Result<ListApprovals::Response> listRequests(const store::Snapshot& snapshot, const ListApprovals::Request& request)
{
    ListFilter filter{request.all, request.agent, request.page.cursor, std::min(request.page.limit, largestPage)};
    EPHOR_TRY(auto requests, list(snapshot, filter));
    ListApprovals::Response response;
    if (requests.size() == filter.limit)
        response.page.next = requests.back().id;
    if (!request.all && request.agent.empty()) {
        EPHOR_TRY(response.page.total, countWaiting(snapshot));
    }
    response.requests = std::move(requests);
    return response;
}

Result<GetApproval::Response> show(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const GetApproval::Request& request)
{
    GetApproval::Response response;
    EPHOR_TRY(response.request, get(snapshot, request.id));
    const Instant now = services.clock.now();
    response.awaitsMe = waitsForSignIn(response.request, call, now);
    if (!response.awaitsMe)
        EPHOR_TRY_VOID(call.allow(Permission::DecideActions, {response.request.team, {}}));
    EPHOR_TRY(const std::uint64_t entry, argumentsEntry(snapshot, request.id));
    EPHOR_TRY(const auto fields, services.ledger.open(snapshot, entry));
    for (const ledger::SealedField& field : fields) {
        if (!field.path.ends_with("/arguments") || field.value.text.empty())
            continue;
        response.arguments = field.value;
        response.argumentsText = jsonOf(field.value).dump(2, ' ', false, Json::error_handler_t::replace);
    }
    EPHOR_TRY(
        const Similar counts, similar(snapshot, response.request.agent, response.request.tool, now - similarWithin));
    response.similarApproved = counts.approved;
    response.similarDenied = counts.denied;
    response.effectInWords = effectInWords(response.request.effect);
    response.whyNot = whyNotDecide(response.request, call, now);
    response.mayDecide = response.whyNot.empty();
    if (response.awaitsMe)
        response.whyNotConfirm = whyNotConfirm(response.request, call, now);
    return response;
}

// One entry for what a person said of the request, and word of it once it is durable.
struct Said {
    const ApprovalRequest& after;
    std::string_view operation;
    std::string_view outcome;
    const std::string& reason;
};
Result<void> record(
    const Services& services, store::Transaction& transaction, const Call& call, const Said& said, Note& note)
{
    const ApprovalRequest& after = said.after;
    note.recorded = true;
    ledger::NewEntry entry;
    entry.kind = ledger::EntryKind::Approval;
    entry.actor = call.principal().id;
    entry.operation = said.operation;
    entry.subject = "approval:" + after.id;
    entry.outcome = said.outcome;
    entry.reason = said.reason;
    entry.refs = {{"approval", after.id}, {"run", after.run}, {"call", after.call}, {"digest", after.digest},
        {"tool", after.tool}};
    entry.data = documentOf(Json{{"state", wordOf(after.state)}, {"needed", after.needed},
        {"given", approvalsGiven(after)}, {"surface", wordOf(call.surface())}});
    EPHOR_TRY([[maybe_unused]] auto appended, services.ledger.append(transaction, entry));
    note.subject = entry.subject;
    transaction.onOutcome([decided = services.decided, after](bool committed) {
        if (committed && decided)
            decided(after);
    });
    return {};
}

Result<DecideApproval::Response> decideRequest(const Services& services, store::Transaction& transaction,
    const Call& call, const DecideApproval::Request& request, Note& note)
{
    EPHOR_TRY(const ApprovalRequest before, get(transaction, request.id));
    EPHOR_TRY_VOID(call.allow({before.team, {}}));
    const Instant now = services.clock.now();
    if (waitsForSignIn(before, call, now))
        return fail(ErrorKind::Forbidden, "approval.requester", "The call is done for you: confirm it instead.",
            "Use approvals.confirm after signing in again.");
    ApprovalDecision decision{call.principal().id, call.principal().name, request.approve, request.reason, now};
    EPHOR_TRY(ApprovalRequest after, decide(transaction, request.id, request.digest, decision, now));
    // `decide` names the exact fault of the request itself; what is left is the role it asks for.
    if (const std::string refused = whyNotDecide(before, call, now); !refused.empty())
        return fail(ErrorKind::Forbidden, "approval.role", refused, "Ask somebody with that role.");
    EPHOR_TRY_VOID(record(services, transaction, call,
        {after, DecideApproval::operation.name, request.approve ? "approved" : "denied", request.reason}, note));
    DecideApproval::Response response{std::move(after), {}};
    response.whyNot = whyNotDecide(response.request, call, now);
    return response;
}

Result<ConfirmCall::Response> confirmRequest(const Services& services, store::Transaction& transaction,
    const Call& call, const ConfirmCall::Request& request, Note& note)
{
    EPHOR_TRY(const ApprovalRequest before, get(transaction, request.id));
    const Instant now = services.clock.now();
    if (before.stepUp.empty() || before.confirmer != call.principal().id)
        return fail(ErrorKind::Forbidden, "approval.not-yours", "The request does not wait for your sign-in.",
            "Whoever the call is done for confirms it.");
    if (const std::string refused = whyNotConfirm(before, call, now);
        !refused.empty() && before.state == ApprovalState::Waiting && before.expiresAt > now)
        return fail(ErrorKind::Forbidden, before.confirmed ? "approval.twice" : "approval.sign-in-first", refused,
            "Sign out, sign in, and open the request again.");
    const ApprovalDecision decision{call.principal().id, call.principal().name, request.confirm, request.reason, now};
    EPHOR_TRY(ApprovalRequest after, decide(transaction, request.id, request.digest, decision, now));
    EPHOR_TRY_VOID(record(services, transaction, call,
        {after, ConfirmCall::operation.name, request.confirm ? "confirmed" : "denied", request.reason}, note));
    return ConfirmCall::Response{std::move(after)};
}

}

void addHandlers(HandlerTable& table, const Services& services)
{
    table.read<ListApprovals>([](const store::Snapshot& snapshot, const Call&, const ListApprovals::Request& request) {
        return listRequests(snapshot, request);
    });
    table.read<GetApproval>(
        [services](const store::Snapshot& snapshot, const Call& call, const GetApproval::Request& request) {
            return show(services, snapshot, call, request);
        });
    table.write<DecideApproval>(
        [services](store::Transaction& transaction, const Call& call, const DecideApproval::Request& request,
            Note& note) { return decideRequest(services, transaction, call, request, note); });
    table.write<ConfirmCall>(
        [services](store::Transaction& transaction, const Call& call, const ConfirmCall::Request& request, Note& note) {
            return confirmRequest(services, transaction, call, request, note);
        });
}

}
