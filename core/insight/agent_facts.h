#pragma once

#include "core/domain/change.h"
#include "core/domain/run.h"
#include "core/store/database.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ephor::insight {

/// What the governed state says about one agent now, for lists.
struct AgentFacts {
    std::string name;
    std::string title; ///< the name when it has none
    std::string description;
    std::string team;
    std::string teamTitle;
    std::string ownerName;
    std::uint64_t release = 0; ///< number of what is in production; 0: nothing yet
    std::optional<Rollout> rollout; ///< under way
    std::uint64_t tools = 0; ///< pinned by that release, else named by the newest version
    std::uint64_t waiting = 0; ///< requests that wait for people
    std::optional<Instant> oldestWaiting;
    std::optional<StopOrder> stop; ///< for the whole agent, the strictest first
    bool hasRun = false; ///< at least one run of it went through this runtime
};

/// Agents that serve, in production or by a rollout, by name.
Result<std::vector<AgentFacts>> servingAgents(
    const store::Snapshot& snapshot, const std::string& environment, Instant now);

/// One agent, also when it serves nothing yet. Code: definition.unknown.
Result<AgentFacts> agentFacts(
    const store::Snapshot& snapshot, const std::string& environment, const std::string& name, Instant now);

/// Team and title of every agent that was ever defined, retired ones too.
struct AgentName {
    std::string team;
    std::string title;
};
using AgentNames = std::map<std::string, AgentName, std::less<>>;
Result<AgentNames> agentNames(const store::Snapshot& snapshot);

/// Every rollout of the environment, with its history.
Result<std::vector<Rollout>> rollouts(const store::Snapshot& snapshot, const std::string& environment);

}
