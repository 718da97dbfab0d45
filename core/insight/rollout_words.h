#pragma once

#include "core/api/insight.h"
#include "core/insight/agent_facts.h"

#include <vector>

namespace ephor::insight {

/// Each move of each rollout in the range as an item ("Customer refunds v42 at 5 %"), of the agents that are in
/// `names`, and releases made in the range that no rollout brought. Newest first, at most `limit`.
Result<std::vector<ChangedItem>> releaseItems(const store::Snapshot& snapshot, const std::string& environment,
    const AgentNames& names, const TimeRange& range, std::size_t limit);

}
