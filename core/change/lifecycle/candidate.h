#pragma once

#include "core/base/result.h"
#include "core/domain/change.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ephor::lifecycle {

/// What a candidate release is built from.
struct CandidateParts {
    std::string agent;
    std::optional<Release> base; ///< in production; nothing: this will be the first
    std::vector<DefinitionRef> needs; ///< the agent itself and all it names, each at its newest version
    std::vector<std::string> tools; ///< that the agent names
};

/// The items as the change will carry them: `from` is what production pins, version 0 is the newest, what moves nothing
/// is left out, and everything the agent needs that production does not pin yet is added, so that whoever approves sees
/// every version that will run. Ordered by kind and name. Pure.
/// Codes: change.foreign-item, change.item-twice, change.moved-on.
Result<std::vector<ChangeItem>> completedItems(std::span<const ChangeItem> items, const CandidateParts& parts);

/// The release that the change makes: each need at the item's version, else at the base's; the base's grants with the
/// edits in their place, as policies too, and the rules it kept. Without id, number and moment, which the store gives.
/// Pure. Codes: release.incomplete when nothing pins a need; those of policy::policiesOf.
Result<Release> candidateRelease(
    const CandidateParts& parts, std::span<const ChangeItem> items, std::span<const GrantEdit> edits);

/// The pin of that definition, or null.
const DefinitionRef* findPin(std::span<const DefinitionRef> pins, DefinitionKind kind, std::string_view name);

/// Everything the agent names, itself first, at version 0.
std::vector<DefinitionRef> needsOf(const std::string& agent, const AgentBody& body);

/// The id under which a rule of a policy definition outlasts the release that pinned it: "kept:limits/0".
std::string keptId(std::string_view definition, std::string_view rule);

/// What a release holds besides grants and must not lose: rules that outlasted a rollback, until a change moves the
/// policy they came from. Pure.
std::vector<PolicyText> keptRules(std::span<const PolicyText> policies, std::span<const ChangeItem> items);

/// The versions that the items bring.
std::vector<DefinitionRef> versionsOf(std::span<const ChangeItem> items);

}
