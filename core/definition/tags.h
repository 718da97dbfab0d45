#pragma once

#include "core/domain/change.h"
#include "core/domain/definition.h"
#include "core/store/database.h"

namespace ephor::definition {

/// What a release says about the versions it pins.
enum class Tag { Production, Canary };
BOOST_DESCRIBE_ENUM(Tag, Production, Canary)

/// Where a tag stands: each agent has its own, so that two agents may run two versions of one prompt.
struct TagPlace {
    std::string environment;
    std::string agent;
};

/// Puts the tag on exactly these versions for this agent; what carried it before and is not named loses it.
/// `release` is the id of the release that pins them.
Result<void> setTag(store::Transaction& transaction, const TagPlace& place, Tag tag,
    const std::vector<DefinitionRef>& pins, const std::string& release, Instant at);

/// Takes the tag off everything of this agent. A version that was in production stays known as "previous".
Result<void> clearTags(store::Transaction& transaction, const TagPlace& place, Tag tag, Instant at);

/// What carries the tag now, by kind and name.
Result<std::vector<DefinitionRef>> tagged(const store::Snapshot& snapshot, const TagPlace& place, Tag tag);

/// The version of `name` that carries the tag for this agent; nothing when none does.
Result<std::optional<std::uint64_t>> taggedVersion(
    const store::Snapshot& snapshot, const TagPlace& place, Tag tag, DefinitionKind kind, const std::string& name);

/// Tells which change carries which versions, and how far it is: the list of versions shows both.
Result<void> setChange(store::Transaction& transaction, const std::vector<DefinitionRef>& versions,
    const std::string& change, ChangeState state, Instant at);

}
