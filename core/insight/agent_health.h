#pragma once

#include "core/domain/change.h"
#include "core/domain/metrics.h"

#include <optional>
#include <string>

namespace ephor::insight {

/// What an agent's health is told from. `totals` is over a range, `before` over the same length just before it.
struct HealthFacts {
    Totals totals;
    Totals before;
    std::uint64_t waiting = 0; ///< for people, now
    std::optional<StopOrder> stop; ///< in force, for this agent or all, whatever the tool
    std::optional<Rollout> rollout; ///< under way
};

struct Health {
    AgentHealth state = AgentHealth::Quiet;
    std::string detail; ///< one short phrase
    bool operator==(const Health&) const = default;
};

// Fewer runs than this say nothing about a share or a tail.
inline constexpr std::uint64_t runsToJudgeBy = 20;
inline constexpr double failingShare = 0.10; ///< of runs failed or denied: above it an agent fails
inline constexpr double slowRatio = 1.5; ///< of its p95 to the p95 before: above it an agent is slow

/// True when failed and denied runs are more than their share.
bool isFailing(const Totals& totals);
/// True when the p95 grew beyond the ratio; both ranges must have runs enough.
bool isSlower(const Totals& totals, const Totals& before);
/// "p95 7.4 s, was 4.1 s"; of totals that isSlower holds for.
std::string slowerWords(const Totals& totals, const Totals& before);
/// "12 % of 1,204 runs failed or were denied" without digit grouping.
std::string failingWords(const Totals& totals);

/// The first that holds: stopped, failing, slow, rolling out, waiting, quiet (no runs), healthy. Pure.
Health healthOf(const HealthFacts& facts);

/// Where agents stand in a list that shows trouble first: smaller comes earlier.
int troubleRank(AgentHealth state);

}
