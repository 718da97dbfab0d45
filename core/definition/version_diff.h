#pragma once

#include "core/api/definitions.h"
#include "core/store/database.h"

namespace ephor::definition {

/// The text of a body as people compare it: a prompt's own text, anything else indented JSON.
/// Code: definition.damaged.
Result<std::string> readableBody(DefinitionKind kind, std::string_view canonical);

/// Two bodies compared. A prompt's title, variables and partials follow its text where they differ, so that no change
/// of a prompt stays unseen.
Result<DiffVersions::Response> diffBodies(DefinitionKind kind, std::string_view before, std::string_view after);

/// Two stored versions. `from` 0: nothing, so that everything is new; `to` 0: the newest.
Result<DiffVersions::Response> diffVersions(const store::Snapshot& snapshot, DefinitionKind kind,
    const std::string& name, std::uint64_t from, std::uint64_t to);

}
