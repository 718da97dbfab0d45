#pragma once

#include "core/domain/change.h"
#include "core/store/database.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ephor::route {

std::span<const store::Migration> migrations();

/// The release's id: "sha256:…" over the canonical JSON of {agent, pins, policies}, the policies being those
/// of its grants and what it holds besides. What pins the same things is the same
/// release, whoever made it and when.
Result<std::string> releaseId(const Release& release);

/// The policies of a release that is not stored yet: those of its grants, and what it holds besides. Codes: those of
/// policy::policiesOf.
Result<std::vector<PolicyText>> policiesOf(const Release& release);

/// `grants` are what counts: policies of grants are made of them, others are kept.
/// Adds a release with the agent's next number, or gives back the one that has this content already.
Result<Release> addRelease(store::Transaction& transaction, Release release);
/// Code release.unknown.
Result<Release> release(const store::Snapshot& snapshot, const std::string& id);
/// Newest first.
Result<std::vector<Release>> releases(const store::Snapshot& snapshot, const std::string& agent);

/// What serves an agent in one environment now.
struct Serving {
    std::string agent;
    std::string environment;
    std::string production; ///< release id; empty: nothing yet
    std::optional<Rollout> rollout; ///< running or held; its candidate takes `share` of the units
};
Result<std::vector<Serving>> serving(const store::Snapshot& snapshot);
Result<std::optional<Serving>> servingOf(
    const store::Snapshot& snapshot, const std::string& agent, const std::string& environment);
/// Makes `releaseId` what serves everything that no rollout takes.
Result<void> setProduction(store::Transaction& transaction, const std::string& agent, const std::string& environment,
    const std::string& releaseId);

Result<void> saveRollout(store::Transaction& transaction, const Rollout& rollout);
/// Code rollout.unknown.
Result<Rollout> rollout(const store::Snapshot& snapshot, const std::string& id);
Result<std::optional<Rollout>> rolloutOfChange(const store::Snapshot& snapshot, const std::string& change);

}
