#pragma once

#include "core/change/lifecycle/operation_parts.h"
#include "core/change/lifecycle/rollback_rule.h"

namespace ephor::lifecycle {

/// The tightenings that the change's loosening edits undo when it goes live: those that stand over the very agent and
/// tool, or over every tool of the agent, are stricter than what was approved, and stood there when the change was
/// submitted.
Result<std::vector<LiftedTightening>> liftedBy(const store::Snapshot& snapshot, const StoredChange& stored);

/// Makes the rollout's candidate what serves everything: production, tags, tightenings, and the change is Live. Where a
/// tightening of every tool goes, it stays for each tool that the change does not loosen.
Result<void> goLive(store::Transaction& transaction, const ServicesPointer& services, StoredChange& stored,
    const Release& release, Instant at);

/// Puts traffic back to the baseline, keeping what a rollback keeps. `rollout` is as it was before.
/// Codes: rollout.superseded, rollout.another.
Result<Staying> goBack(store::Transaction& transaction, const ServicesPointer& services, StoredChange& stored,
    const Rollout& rollout, const std::string& by, Instant at);

}
