#include "core/base/id.h"
#include "core/change/lifecycle/basis.h"
#include "core/change/lifecycle/go_live.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/change/lifecycle/rollout_record.h"
#include "core/change/lifecycle/rollout_steps.h"
#include "core/change/lifecycle/unit_rule.h"
#include "core/definition/tags.h"
#include "core/domain/reflect.h"
#include "core/run/runtime/run_store.h"

#include <optional>

namespace ephor::lifecycle {

namespace {

// The candidate as it would be released on the state of one snapshot.
struct PlannedRollout {
    Release candidate;
    std::string baseline;
    std::uint64_t baselineNumber = 0;
    /// Why it cannot start: answered in the transaction, where a repeated call has got its first answer by then.
    std::optional<Error> fault;
};

bool sameRule(const GrantRule* left, const GrantRule* right)
{
    return left == nullptr || right == nullptr ? left == right : *left == *right;
}

// Approvals were given on what was in force then: the rules that the change edits must still be those.
Result<void> requireSameGrants(const store::Snapshot& snapshot, const StoredChange& stored, const Basis& basis)
{
    if (stored.basis == basis.production())
        return {};
    Release before;
    if (!stored.basis.empty()) {
        EPHOR_TRY(before, route::release(snapshot, stored.basis));
    }
    const std::vector<GrantRule> none;
    const auto& now = basis.parts.base ? basis.parts.base->grants : none;
    for (const GrantEdit& edit : stored.change.grants) {
        if (!sameRule(findRule(before.grants, edit.after.tool), findRule(now, edit.after.tool)))
            return movedOn(stored.change.summary.id);
    }
    return {};
}

Result<void> requireApproved(const StoredChange& stored)
{
    const Change& change = stored.change;
    EPHOR_TRY_VOID(nextState(change.summary.state, ChangeAct::Start));
    EPHOR_TRY(const std::string digest, changeDigest(change));
    const bool enough = approvalsGiven(change.approvals, stored.authors, digest) >= change.summary.approvalsNeeded;
    if (enough || isSetupApproved(change.approvals, digest))
        return {};
    return fail(Error(ErrorKind::Conflict, "change.not-approved",
        "The change has not enough approvals of what it holds.", "Ask for them again.")
            .with("change", change.summary.id)
            .with("needed", std::to_string(change.summary.approvalsNeeded)));
}

Result<PlannedRollout> planRollout(const store::Snapshot& snapshot, const StoredChange& stored)
{
    const Change& change = stored.change;
    EPHOR_TRY_VOID(requireApproved(stored));
    EPHOR_TRY(const Basis basis, readBasis(snapshot, change.summary.agent, change.summary.environment, change.items));
    if (basis.serving && basis.serving->rollout)
        return fail(Error(ErrorKind::Conflict, "rollout.another", "Another rollout of this agent is under way.",
            "Promote it to the end or roll it back first.")
                .with("agent", change.summary.agent)
                .with("rollout", basis.serving->rollout->id));
    EPHOR_TRY(const auto items, completedItems(change.items, basis.parts));
    if (items != change.items)
        return movedOn(change.summary.id);
    EPHOR_TRY_VOID(requireSameGrants(snapshot, stored, basis));
    PlannedRollout planned;
    EPHOR_TRY(planned.candidate, candidateRelease(basis.parts, change.items, change.grants));
    EPHOR_TRY(planned.candidate.id, route::releaseId(planned.candidate));
    planned.baseline = basis.production();
    planned.baselineNumber = basis.parts.base ? basis.parts.base->number : 0;
    if (planned.candidate.id == planned.baseline) {
        // What alters no release may still lift a tightening over it.
        EPHOR_TRY(const auto lifted, liftedBy(snapshot, stored));
        if (lifted.empty())
            return fail(Error(ErrorKind::Conflict, "change.no-effect",
                "The change alters nothing that is in production.", "Withdraw it.")
                    .with("release", planned.baseline));
    }
    return planned;
}

Result<PlannedRollout> prepareStart(const Services& services, const Call& call, const StartRollout::Request& request)
{
    PlannedRollout planned;
    const auto read = services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const StoredChange stored, openChange(snapshot, call, request.change));
        EPHOR_TRY(planned, planRollout(snapshot, stored));
        // It compiled when it was submitted, but perhaps not on what is live by now.
        return services.compiles(planned.candidate, snapshot);
    });
    if (!read)
        planned.fault = read.error();
    return planned;
}

Result<void> requireUnits(const store::Snapshot& snapshot, const PlannedRollout& planned)
{
    if (planned.baseline.empty() || planned.baseline == planned.candidate.id)
        return {};
    EPHOR_TRY(const auto coverage, runtime::unitCoverage(snapshot, planned.candidate.agent, unitLookback));
    return requireStableUnits(coverage.requests, coverage.withoutUnit);
}

Result<void> beginCanary(store::Transaction& transaction, const ServicesPointer& services, StoredChange& stored,
    const Release& release, Instant at)
{
    ChangeSummary& summary = stored.change.summary;
    summary.share = rolloutShares.front();
    EPHOR_TRY_VOID(definition::setTag(
        transaction, {summary.environment, summary.agent}, definition::Tag::Canary, release.pins, release.id, at));
    EPHOR_TRY_VOID(moveChange(transaction, stored, ChangeAct::Start, at));
    announceRoutes(transaction, services);
    return {};
}

Result<StartRollout::Response> commitStart(const ServicesPointer& services, store::Transaction& transaction,
    const Call& call, const StartRollout::Request& request, const PlannedRollout& prepared, Note& note)
{
    if (prepared.fault)
        return fail(*prepared.fault);
    EPHOR_TRY(StoredChange stored, openChange(transaction, call, request.change));
    EPHOR_TRY(const PlannedRollout planned, planRollout(transaction, stored));
    if (planned.candidate.id != prepared.candidate.id || planned.baseline != prepared.baseline)
        return movedOn(request.change);
    EPHOR_TRY_VOID(requireUnits(transaction, planned));
    const Instant now = services->clock.now();
    ChangeSummary& summary = stored.change.summary;
    Release release = planned.candidate;
    release.at = now;
    release.change = summary.id;
    EPHOR_TRY(release, route::addRelease(transaction, std::move(release)));
    Rollout rollout;
    rollout.id = newId(services->clock);
    rollout.change = summary.id;
    rollout.agent = summary.agent;
    rollout.environment = summary.environment;
    rollout.baseline = planned.baseline;
    rollout.baselineNumber = planned.baselineNumber;
    rollout.candidate = release.id;
    rollout.candidateNumber = release.number;
    rollout.seed = release.id;
    const RolloutMove move{now, call.principal().name, request.reason};
    const bool whole = planned.baseline.empty() || planned.baseline == release.id;
    rollout = whole ? startedWhole(std::move(rollout), move) : startedRollout(std::move(rollout), move);
    stored.change.rollout = rollout.id;
    summary.release = release.id;
    summary.releaseNumber = release.number;
    EPHOR_TRY_VOID(route::saveRollout(transaction, rollout));
    EPHOR_TRY_VOID(whole ? goLive(transaction, services, stored, release, now)
                         : beginCanary(transaction, services, stored, release, now));
    MoveRecord record{StartRollout::operation.name, request.reason, 0, {}, {}, {}};
    EPHOR_TRY_VOID(recordMove(transaction, *services, call, rollout, record, note));
    return StartRollout::Response{std::move(rollout)};
}

}

void addStartHandler(HandlerTable& table, const ServicesPointer& services)
{
    table.write<StartRollout, PlannedRollout>(
        [services](
            const Call& call, const StartRollout::Request& request) { return prepareStart(*services, call, request); },
        [services](store::Transaction& transaction, const Call& call, const StartRollout::Request& request,
            PlannedRollout& planned,
            Note& note) { return commitStart(services, transaction, call, request, planned, note); });
}

}
