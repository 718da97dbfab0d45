#include "core/definition/definitions.h"

#include "core/base/clock.h"
#include "core/domain/reflect.h"
#include "core/trust/identity/moment.h"
#include "core/trust/identity/people.h"
#include "core/trust/identity/teams.h"

namespace ephor::definition {

using identity::storedMoment;

namespace {

// Action::"any" of rules (docs/formats/policies.md).
constexpr std::string_view everyToolWord = "any";

Result<void> checkExpected(
    const store::Snapshot& snapshot, const std::optional<DefinitionSummary>& found, const NewVersion& version)
{
    if (!found) {
        if (version.expectedVersion == 0)
            return {};
        return fail(Error(ErrorKind::NotFound, "definition.unknown", "There is no such definition to change.",
            "Expect version 0 to make a new one.")
                .with("kind", wordOf(version.body.kind))
                .with("name", version.name));
    }
    if (found->retired)
        return fail(Error(ErrorKind::Conflict, "definition.retired", "The definition is retired.",
            "Choose another name for a new one.")
                .with("name", version.name));
    if (version.expectedVersion == 0)
        return fail(Error(ErrorKind::Conflict, "definition.exists", "A definition of this name is there already.",
            "Choose another name, or save it as the version behind " + std::to_string(found->newest)
                + " (expectedVersion).")
                .with("name", version.name)
                .with("newest", std::to_string(found->newest)));
    if (version.expectedVersion != found->newest)
        return fail(Error(ErrorKind::Conflict, "definition.moved-on", "Somebody saved a newer version in the meantime.",
            "Look at what changed, then save on top of it.")
                .with("name", version.name)
                .with("expected", std::to_string(version.expectedVersion))
                .with("newest", std::to_string(found->newest))
                .with("by", found->changedBy)
                .with("at", formatInstant(found->changedAt)));
    if (!version.team.empty() && version.team != found->team)
        return fail(Error(ErrorKind::Invalid, "definition.other-team", "The definition belongs to another team.",
            "Leave the team out, or make a new definition.")
                .with("team", found->team));
    EPHOR_TRY(const VersionBytes newest, bodyBytes(snapshot, version.body.kind, version.name, 0));
    if (newest.digest == version.body.digest)
        return fail(Error(ErrorKind::Conflict, "definition.unchanged", "Nothing differs from the newest version.",
            "Change something before saving.")
                .with("version", std::to_string(newest.number)));
    return {};
}

Result<void> checkReferences(const store::Snapshot& snapshot, const StoredBody& body)
{
    for (const DefinitionRef& reference : body.uses) {
        EPHOR_TRY(const auto alive,
            snapshot.integer("SELECT 1 FROM definition WHERE kind = ? AND name = ? AND retired_at = 0",
                {wordOf(reference.kind), reference.name}));
        if (!alive)
            return fail(Error(ErrorKind::Invalid, "definition.unknown-reference",
                "The agent names a definition that does not exist or is retired.", "Save that one first.")
                    .with("kind", wordOf(reference.kind))
                    .with("name", reference.name));
    }
    return {};
}

Result<void> writeUses(store::Transaction& transaction, const NewVersion& version, std::uint64_t number)
{
    for (const DefinitionRef& reference : version.body.uses) {
        EPHOR_TRY_VOID(transaction.run("INSERT INTO definition_use (agent, version, kind, name) VALUES (?, ?, ?, ?)",
            {version.name, std::int64_t(number), wordOf(reference.kind), reference.name}));
    }
    return {};
}

}

Result<DefinitionRef> save(store::Transaction& transaction, const NewVersion& version)
{
    const StoredBody& body = version.body;
    EPHOR_TRY_VOID(checkName(version.name));
    if (body.kind == DefinitionKind::Tool && version.name == everyToolWord)
        return fail(Error(ErrorKind::Invalid, "definition.name-format",
            "A tool cannot have this name: rules mean every tool by it.", "Choose another name.")
                .with("name", version.name));
    EPHOR_TRY(const auto found, find(transaction, body.kind, version.name));
    EPHOR_TRY_VOID(checkExpected(transaction, found, version));
    EPHOR_TRY_VOID(checkReferences(transaction, body));
    const std::uint64_t number = found ? found->newest + 1 : 1;
    if (found) {
        EPHOR_TRY_VOID(
            transaction.run("UPDATE definition SET newest = ?, title = ?, detail = ? WHERE kind = ? AND name = ?",
                {std::int64_t(number), body.title, body.detail, wordOf(body.kind), version.name}));
    } else {
        EPHOR_TRY_VOID(identity::requireTeam(transaction, version.team));
        EPHOR_TRY_VOID(transaction.run("INSERT INTO definition (kind, name, team, owner, title, detail, newest, "
                                       "created_at, retired_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            {wordOf(body.kind), version.name, version.team, version.author, body.title, body.detail,
                std::int64_t(number), storedMoment(version.at)}));
    }
    EPHOR_TRY_VOID(transaction.run("INSERT INTO definition_version (kind, name, number, digest, body, author, at, "
                                   "message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        {wordOf(body.kind), version.name, std::int64_t(number), body.digest, bytesOf(body.canonical), version.author,
            storedMoment(version.at), version.message}));
    EPHOR_TRY_VOID(writeUses(transaction, version, number));
    return DefinitionRef{body.kind, version.name, number};
}

Result<void> retire(store::Transaction& transaction, DefinitionKind kind, const std::string& name, Instant at)
{
    EPHOR_TRY(const DefinitionSummary found, get(transaction, kind, name));
    EPHOR_TRY(const auto users, uses(transaction, kind, name));
    std::string by;
    for (const Use& use : users)
        by += (by.empty() ? "" : ", ") + use.by.name;
    EPHOR_TRY(const auto tagged,
        transaction.integer("SELECT 1 FROM definition_tag WHERE kind = ? AND name = ? AND cleared_at = 0 LIMIT 1",
            {wordOf(kind), name}));
    if (!users.empty() || tagged)
        return fail(Error(ErrorKind::Conflict, "definition.in-use", "The definition is still in use.",
            "Take it out of what uses it, and release that, first.")
                .with("name", name)
                .with("by", by.empty() ? std::string("a release") : by));
    EPHOR_TRY_VOID(
        transaction.run("UPDATE definition SET retired_at = ? WHERE kind = ? AND name = ? AND retired_at = 0",
            {storedMoment(at), wordOf(kind), name}));
    return {};
}

}
