#pragma once

#include "core/change/lifecycle/operation_parts.h"

#include <string_view>

namespace ephor::lifecycle {

/// What the entry of a move says besides the rollout itself.
struct MoveRecord {
    std::string_view operation; ///< "rollouts.promote"
    std::string reason;
    double before = 0; ///< share
    std::vector<VariantNumbers> numbers; ///< that the move rested on
    TimeRange window; ///< of the numbers
    std::vector<std::string> stays; ///< of a rollback
};

/// Writes the entry of a move (kind Rollout) and tells the dispatcher so.
Result<void> recordMove(store::Transaction& transaction, const Services& services, const Call& call,
    const Rollout& rollout, const MoveRecord& move, Note& note);

/// The numbers of both sides now, from the services or from the run headers.
Result<std::vector<VariantNumbers>> numbersNow(
    const Services& services, const store::Snapshot& snapshot, const Rollout& rollout, const TimeRange& window);

}
