#pragma once

#include "core/base/result.h"
#include "core/domain/change.h"

#include <string>

namespace ephor::lifecycle {

/// Who moved a rollout, when and why.
struct RolloutMove {
    Instant at;
    std::string by; ///< name
    std::string reason;
};

// Each gives the rollout as it is after the move, with the move in its history. Pure.

/// `rollout` names its releases and its change; it gets its steps, the first share and Running.
Rollout startedRollout(Rollout rollout, const RolloutMove& move);
/// The same for a release that has nothing to be compared with: all traffic at once, Completed.
Rollout startedWhole(Rollout rollout, const RolloutMove& move);
/// To the next share; Completed at the whole. Codes: rollout.paused, rollout.closed.
Result<Rollout> promotedRollout(Rollout rollout, const RolloutMove& move);
/// Codes: rollout.paused, rollout.closed.
Result<Rollout> pausedRollout(Rollout rollout, const RolloutMove& move);
/// Codes: rollout.running, rollout.closed.
Result<Rollout> resumedRollout(Rollout rollout, const RolloutMove& move);
/// From every state but RolledBack. Code: rollout.rolled-back.
Result<Rollout> rolledBackRollout(Rollout rollout, const RolloutMove& move);

bool isOpen(const Rollout& rollout);

}
