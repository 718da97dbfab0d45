#include "core/change/lifecycle/go_live.h"
#include "core/change/lifecycle/rollout_record.h"
#include "core/change/lifecycle/rollout_steps.h"
#include "core/run/route/releases.h"

namespace ephor::lifecycle {

namespace {

// The numbers a person saw when deciding to move; read off the writer, since they are counted over many runs.
struct MoveNumbers {
    std::vector<VariantNumbers> sides;
    TimeRange window;
};

Result<MoveNumbers> prepareMove(const Services& services, const std::string& id)
{
    MoveNumbers numbers;
    EPHOR_TRY_VOID(services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const Rollout rollout, route::rollout(snapshot, id));
        numbers.window = windowOf(rollout, services.clock.now());
        EPHOR_TRY(numbers.sides, numbersNow(services, snapshot, rollout, numbers.window));
        return {};
    }));
    return numbers;
}

// What every move has at hand.
struct MoveScene {
    const ServicesPointer& services;
    store::Transaction& transaction;
    const Call& call;
    RolloutMove move;
    StoredChange stored;
    Rollout before;
};

Result<void> promoteIn(MoveScene& scene, Rollout& after, MoveRecord&)
{
    EPHOR_TRY(after, promotedRollout(scene.before, scene.move));
    EPHOR_TRY_VOID(route::saveRollout(scene.transaction, after));
    if (after.state == RolloutState::Completed) {
        EPHOR_TRY(const Release release, route::release(scene.transaction, after.candidate));
        return goLive(scene.transaction, scene.services, scene.stored, release, scene.move.at);
    }
    scene.stored.change.summary.share = after.share;
    announceRoutes(scene.transaction, scene.services);
    return keepChange(scene.transaction, scene.stored);
}

Result<void> pauseIn(MoveScene& scene, Rollout& after, MoveRecord&)
{
    EPHOR_TRY(after, pausedRollout(scene.before, scene.move));
    announceRoutes(scene.transaction, scene.services);
    return route::saveRollout(scene.transaction, after);
}

Result<void> resumeIn(MoveScene& scene, Rollout& after, MoveRecord&)
{
    EPHOR_TRY(after, resumedRollout(scene.before, scene.move));
    announceRoutes(scene.transaction, scene.services);
    return route::saveRollout(scene.transaction, after);
}

Result<void> rollBackIn(MoveScene& scene, Rollout& after, MoveRecord& record)
{
    EPHOR_TRY(after, rolledBackRollout(scene.before, scene.move));
    EPHOR_TRY(Staying staying,
        goBack(scene.transaction, scene.services, scene.stored, scene.before, scene.move.by, scene.move.at));
    record.stays = std::move(staying.words);
    return route::saveRollout(scene.transaction, after);
}

using MoveIn = Result<void> (*)(MoveScene&, Rollout& after, MoveRecord&);

template <class Op> void addMove(HandlerTable& table, const ServicesPointer& services, MoveIn moveIn)
{
    using Request = typename Op::Request;
    table.write<Op, MoveNumbers>(
        [services](const Call&, const Request& request) { return prepareMove(*services, request.id); },
        [services, moveIn](store::Transaction& transaction, const Call& call, const Request& request,
            MoveNumbers& numbers, Note& note) -> Result<typename Op::Response> {
            EPHOR_TRY(Rollout before, route::rollout(transaction, request.id));
            EPHOR_TRY(StoredChange stored, openChange(transaction, call, before.change));
            MoveRecord record{
                Op::operation.name, request.reason, before.share, std::move(numbers.sides), numbers.window, {}};
            MoveScene scene{services, transaction, call, {services->clock.now(), call.principal().name, request.reason},
                std::move(stored), std::move(before)};
            Rollout after;
            EPHOR_TRY_VOID(moveIn(scene, after, record));
            EPHOR_TRY_VOID(recordMove(transaction, *services, call, after, record, note));
            return typename Op::Response{std::move(after)};
        });
}

}

void addMoveHandlers(HandlerTable& table, const ServicesPointer& services)
{
    addMove<PromoteRollout>(table, services, promoteIn);
    addMove<PauseRollout>(table, services, pauseIn);
    addMove<ResumeRollout>(table, services, resumeIn);
    addMove<RollBack>(table, services, rollBackIn);
}

}
