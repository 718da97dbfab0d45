#pragma once

#include "core/api/insight.h"
#include "core/insight/agent_facts.h"

namespace ephor::insight {

/// Acts of people since a moment, from the record, in plain words: changes, stops, tightened grants, decided requests,
/// people. Acts on agents that are not in `names` are left out. Newest first, at most `limit`.
Result<std::vector<ChangedItem>> recordedActs(
    const store::Snapshot& snapshot, const AgentNames& names, Instant since, std::size_t limit);

}
