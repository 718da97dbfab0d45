#include "core/change/lifecycle/basis.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/change/lifecycle/operation_parts.h"
#include "core/domain/reflect.h"
#include "core/trust/identity/people.h"
#include "core/trust/policy/tightenings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::lifecycle {

namespace {

// What the half off the writer found, and on which state.
struct CheckedDraft {
    StoredChange stored; ///< with checks, grants as edits of what is in force, and people needed
    std::string production;
    std::optional<Release> candidate;
    /// Why it cannot be submitted: answered in the transaction, where a repeated call has got its first answer by then.
    std::optional<Error> fault;
};

Result<CheckedDraft> checkDraft(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const std::string& id)
{
    CheckedDraft draft;
    EPHOR_TRY(draft.stored, openChange(snapshot, call, id));
    Change& change = draft.stored.change;
    EPHOR_TRY_VOID(nextState(change.summary.state, ChangeAct::Submit));
    EPHOR_TRY(const Basis basis, readBasis(snapshot, change.summary.agent, change.summary.environment, change.items));
    draft.production = basis.production();
    EPHOR_TRY(const auto items, completedItems(change.items, basis.parts));
    if (items != change.items)
        return movedOn(id);
    std::vector<GrantRule> wanted;
    for (const GrantEdit& edit : change.grants)
        wanted.push_back(edit.after);
    EPHOR_TRY(const auto tightenings, readTightenings(snapshot));
    const std::vector<GrantRule> none;
    EPHOR_TRY(const auto edits,
        editsFor(wanted, basis.parts.base ? basis.parts.base->grants : none, tightenings, change.summary.agent,
            basis.parts.tools, services.clock.now()));
    // An edit that has come true by itself would leave the digest: what was drafted is no longer what is asked.
    if (edits.size() != change.grants.size())
        return movedOn(id);
    change.grants = edits;
    EPHOR_TRY(const Release candidate, candidateRelease(basis.parts, change.items, change.grants));
    EPHOR_TRY(const ChangeRisk risk, readRisk(snapshot, basis, change.items, change.grants));
    change.summary.approvalsNeeded = approvalsNeeded(risk);
    const PolicyGround ground{
        services.ledger, services.tightenings.table(), services.environment, services.clock.now()};
    EPHOR_TRY(change.checks,
        runChecks(
            snapshot, {basis, candidate, change.items, change.grants}, services.compiles, ground, services.clock));
    draft.candidate = candidate;
    return draft;
}

Result<void> addBacktest(const Services& services, const Call& call, CheckedDraft& draft)
{
    Change& change = draft.stored.change;
    const PolicyGround ground{
        services.ledger, services.tightenings.table(), services.environment, services.clock.now()};
    const auto isWanted = [&](const store::Snapshot& snapshot) {
        const auto standing = openChange(snapshot, call, change.summary.id);
        return standing && standing->change.summary.state == change.summary.state
            && standing->change.digest == change.digest;
    };
    const Duration begun = services.clock.steady();
    EPHOR_TRY(CheckResult check,
        checkBacktest(
            services.database, {*draft.candidate, change.items, change.grants, isWanted}, ground, services.clock));
    check.tookMicros = std::uint64_t((services.clock.steady() - begun).count());
    change.checks.push_back(std::move(check));
    return {};
}

Json checksData(const Change& change)
{
    Json checks = Json::array();
    for (const CheckResult& check : change.checks)
        checks.push_back(toJson(check));
    return Json{{"checks", checks}, {"approvalsNeeded", change.summary.approvalsNeeded}};
}

// The failed checks stay to be read, although the submission itself is refused: state and entry of their own.
Result<void> keepFailedChecks(const Services& services, const Call& call, const CheckedDraft& draft)
{
    return services.database.write([&](store::Transaction& transaction) -> Result<void> {
        const std::string& id = draft.stored.change.summary.id;
        EPHOR_TRY(StoredChange stored, openChange(transaction, call, id));
        EPHOR_TRY_VOID(nextState(stored.change.summary.state, ChangeAct::Submit));
        stored.change.checks = draft.stored.change.checks;
        EPHOR_TRY_VOID(keepChange(transaction, stored));
        Note note;
        noteChange(note, stored, "The change does not pass its checks.");
        ledger::NewEntry entry;
        entry.actor = call.principal().id;
        entry.operation = SubmitChange::operation.name;
        entry.subject = note.subject;
        entry.outcome = "failed";
        entry.reason = note.reason;
        entry.refs = note.refs;
        entry.data = documentOf(checksData(stored.change));
        EPHOR_TRY_VOID(services.ledger.append(transaction, entry));
        return {};
    });
}

Result<CheckedDraft> prepareSubmit(const Services& services, const Call& call, const SubmitChange::Request& request)
{
    CheckedDraft draft;
    const auto checked = services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(draft, checkDraft(services, snapshot, call, request.id));
        return {};
    });
    if (!checked) {
        draft.fault = checked.error();
        return draft;
    }
    if (auto added = addBacktest(services, call, draft); !added) {
        draft.fault = added.error();
        return draft;
    }
    if (auto passed = refuseFailedChecks(draft.stored.change.checks); !passed) {
        EPHOR_TRY_VOID(keepFailedChecks(services, call, draft));
        return std::unexpected<Error>(std::move(passed).error());
    }
    return draft;
}

Result<bool> somebodyElseMayApprove(const store::Snapshot& snapshot, const StoredChange& stored)
{
    EPHOR_TRY(const auto approvers,
        identity::peopleWho(snapshot, Permission::ApproveChanges, scopeOf(stored.change.summary)));
    return std::ranges::any_of(approvers,
        [&](const Person& person) { return std::ranges::find(stored.authors, person.id) == stored.authors.end(); });
}

void approveForSetup(StoredChange& stored, const Principal& author, Instant now)
{
    ChangeApproval approval;
    approval.person = author.id;
    approval.name = author.name;
    approval.approved = true;
    approval.reason = "Self-approved (setup): nobody else can approve yet.";
    approval.at = now;
    approval.digest = stored.change.digest;
    approval.setup = true;
    stored.change.approvals.push_back(std::move(approval));
    stored.change.summary.selfApproved = true;
}

Result<SubmitChange::Response> commitSubmit(const Services& services, store::Transaction& transaction, const Call& call,
    const SubmitChange::Request& request, CheckedDraft& draft, Note& note)
{
    if (draft.fault)
        return fail(*draft.fault);
    EPHOR_TRY(const StoredChange standing, openChange(transaction, call, request.id));
    StoredChange& stored = draft.stored;
    EPHOR_TRY(const auto serving,
        route::servingOf(transaction, stored.change.summary.agent, stored.change.summary.environment));
    if (standing.change.digest != stored.change.digest || standing.change.summary.state != stored.change.summary.state
        || draft.production != (serving ? serving->production : std::string()))
        return movedOn(request.id);
    const Instant now = services.clock.now();
    stored.basis = draft.production;
    stored.submittedAt = now;
    EPHOR_TRY(const bool fourEyes, somebodyElseMayApprove(transaction, stored));
    if (!fourEyes)
        approveForSetup(stored, call.principal(), now);
    EPHOR_TRY_VOID(moveChange(transaction, stored, fourEyes ? ChangeAct::Submit : ChangeAct::SelfApprove, now));
    noteChange(note, stored, fourEyes ? std::string() : stored.change.approvals.back().reason);
    Json data = checksData(stored.change);
    data["selfApproved"] = !fourEyes;
    note.data = documentOf(data);
    return SubmitChange::Response{stored.change.summary};
}

}

void addSubmitHandler(HandlerTable& table, const ServicesPointer& services)
{
    table.write<SubmitChange, CheckedDraft>(
        [services](
            const Call& call, const SubmitChange::Request& request) { return prepareSubmit(*services, call, request); },
        [services](store::Transaction& transaction, const Call& call, const SubmitChange::Request& request,
            CheckedDraft& draft,
            Note& note) { return commitSubmit(*services, transaction, call, request, draft, note); });
}

}
