#include "core/change/lifecycle/rollout_steps.h"

#include "core/domain/reflect.h"

#include <algorithm>

namespace ephor::lifecycle {

namespace {

Rollout moved(Rollout rollout, const RolloutMove& move, std::string act)
{
    rollout.stepAt = move.at;
    rollout.history.push_back({move.at, move.by, std::move(act), rollout.share, move.reason});
    return rollout;
}

Result<void> requireOpen(const Rollout& rollout)
{
    if (isOpen(rollout))
        return {};
    return fail(Error(ErrorKind::Conflict, "rollout.closed",
        rollout.state == RolloutState::Completed ? "The rollout has taken all traffic already."
                                                 : "The rollout was rolled back.",
        rollout.state == RolloutState::Completed ? "Roll it back, or start another." : "Draft a new change.")
            .with("state", wordOf(rollout.state)));
}

Result<void> requireRunning(const Rollout& rollout)
{
    EPHOR_TRY_VOID(requireOpen(rollout));
    if (rollout.state == RolloutState::Running)
        return {};
    return fail(Error(ErrorKind::Conflict, "rollout.paused", "The rollout is paused.", "Resume it first.")
            .with("by", rollout.history.empty() ? std::string() : rollout.history.back().by));
}

}

bool isOpen(const Rollout& rollout)
{
    return rollout.state == RolloutState::Running || rollout.state == RolloutState::Paused;
}

Rollout startedRollout(Rollout rollout, const RolloutMove& move)
{
    rollout.steps.assign(rolloutShares.begin(), rolloutShares.end());
    rollout.share = rolloutShares.front();
    rollout.state = RolloutState::Running;
    rollout.startedAt = move.at;
    return moved(std::move(rollout), move, "start");
}

Rollout startedWhole(Rollout rollout, const RolloutMove& move)
{
    rollout.steps = {1.0};
    rollout.share = 1;
    rollout.state = RolloutState::Completed;
    rollout.startedAt = move.at;
    return moved(std::move(rollout), move, "start");
}

Result<Rollout> promotedRollout(Rollout rollout, const RolloutMove& move)
{
    EPHOR_TRY_VOID(requireRunning(rollout));
    const auto next = std::ranges::find_if(rollout.steps, [&](double step) { return step > rollout.share; });
    rollout.share = next == rollout.steps.end() ? 1 : *next;
    if (rollout.share >= 1)
        rollout.state = RolloutState::Completed;
    return moved(std::move(rollout), move, "promote");
}

Result<Rollout> pausedRollout(Rollout rollout, const RolloutMove& move)
{
    EPHOR_TRY_VOID(requireRunning(rollout));
    rollout.state = RolloutState::Paused;
    return moved(std::move(rollout), move, "pause");
}

Result<Rollout> resumedRollout(Rollout rollout, const RolloutMove& move)
{
    EPHOR_TRY_VOID(requireOpen(rollout));
    if (rollout.state == RolloutState::Running)
        return fail(ErrorKind::Conflict, "rollout.running", "The rollout is not paused.", "Nothing needs to be done.");
    rollout.state = RolloutState::Running;
    return moved(std::move(rollout), move, "resume");
}

Result<Rollout> rolledBackRollout(Rollout rollout, const RolloutMove& move)
{
    if (rollout.state == RolloutState::RolledBack)
        return fail(Error(ErrorKind::Conflict, "rollout.rolled-back", "The rollout was rolled back already.",
            "See its history for by whom.")
                .with("by", rollout.history.empty() ? std::string() : rollout.history.back().by));
    rollout.share = 0;
    rollout.state = RolloutState::RolledBack;
    return moved(std::move(rollout), move, "roll-back");
}

}
