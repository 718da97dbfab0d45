#pragma once

#include "core/api/definitions.h"
#include "core/definition/body.h"
#include "core/store/database.h"

#include <map>

namespace ephor::definition {

/// A version to be written.
struct NewVersion {
    std::string name;
    std::string team; ///< of a new definition; empty or the same for one that exists
    StoredBody body;
    std::string author; ///< principal id; owner of a new definition
    std::string message;
    std::uint64_t expectedVersion = 0; ///< 0: there must be none of that name
    Instant at;
};

/// Writes a version, which nothing changes afterwards. What an agent names must exist.
/// Codes: definition.name-format, definition.exists, definition.moved-on (who moved it and when in the fields),
/// definition.unchanged, definition.retired, definition.unknown, definition.other-team, definition.unknown-reference,
/// teams.unknown.
Result<DefinitionRef> save(store::Transaction& transaction, const NewVersion& version);

/// Bytes and digest of one version, as stored.
struct VersionBytes {
    std::uint64_t number = 0;
    std::string digest;
    std::string body;
};
/// Version 0: the newest. Codes: definition.unknown, definition.unknown-version.
Result<VersionBytes> bodyBytes(
    const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name, std::uint64_t version);
/// The same, checked against its digest. Code: definition.digest (CheckFailed).
Result<VersionBytes> verifiedBytes(
    const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name, std::uint64_t version);

/// Nothing when there is no such definition.
Result<std::optional<DefinitionSummary>> find(
    const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name);
/// Code: definition.unknown.
Result<DefinitionSummary> get(const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name);
enum class Retired { Hide, Show };
/// By name.
Result<std::vector<DefinitionSummary>> list(const store::Snapshot& snapshot, DefinitionKind kind, Retired retired);
/// Newest first. Code: definition.unknown.
Result<std::vector<VersionInfo>> versions(
    const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name);
/// Agents whose newest, production or canary version names it, by name and version.
Result<std::vector<Use>> uses(const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name);
/// Agents that are not retired, counted by team: for the list of teams.
Result<std::map<std::string, std::uint64_t>> agentsByTeam(const store::Snapshot& snapshot);

/// Refused while an agent names it or a release runs it. Codes: definition.unknown, definition.in-use.
Result<void> retire(store::Transaction& transaction, DefinitionKind kind, const std::string& name, Instant at);

/// "payments.send": 1 to 128 of a-z 0-9 . _ - beginning with a letter or digit. Code: definition.name-format.
Result<void> checkName(const std::string& name);

}
