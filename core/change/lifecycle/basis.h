#pragma once

#include "core/change/lifecycle/approval_rule.h"
#include "core/change/lifecycle/candidate.h"
#include "core/change/lifecycle/rollback_rule.h"
#include "core/run/route/releases.h"
#include "core/store/database.h"

#include <map>
#include <optional>
#include <set>

namespace ephor::lifecycle {

/// What a change stands on: the agent, what serves it now, and what it will need.
struct Basis {
    DefinitionSummary agent;
    std::optional<route::Serving> serving;
    CandidateParts parts;
    AgentBody body; ///< of the agent as the candidate will have it
    std::optional<AgentBody> before; ///< of the agent in production

    std::string production() const { return parts.base ? parts.base->id : std::string(); }
};

/// Codes: definition.unknown, definition.unknown-version, definition.retired.
Result<Basis> readBasis(const store::Snapshot& snapshot, const std::string& agent, const std::string& environment,
    std::span<const ChangeItem> items);

/// The effects that decide how many people a change needs; `items` are complete.
Result<ChangeRisk> readRisk(const store::Snapshot& snapshot, const Basis& basis, std::span<const ChangeItem> items,
    std::span<const GrantEdit> grants);

/// Whose word never counts for a change: whoever drafted it, wrote one of the versions that it brings or one between
/// those and production, and the owners of the keys among them, since a key is its owner's hand.
/// Code: definition.unknown-version.
Result<std::set<std::string>> authorsOf(
    const store::Snapshot& snapshot, std::span<const ChangeItem> items, const std::string& drafter);

/// What both releases of a rollout let their agent do, for a rollback to compare.
struct RollbackTerms {
    ReleaseTerms baseline;
    ReleaseTerms candidate;
};
Result<RollbackTerms> readTerms(const store::Snapshot& snapshot, const Rollout& rollout);

}
