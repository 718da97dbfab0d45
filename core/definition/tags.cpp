#include "core/definition/tags.h"

#include "core/domain/reflect.h"
#include "core/trust/identity/moment.h"

namespace ephor::definition {

using identity::storedMoment;

Result<void> setTag(store::Transaction& transaction, const TagPlace& place, Tag tag,
    const std::vector<DefinitionRef>& pins, const std::string& release, Instant at)
{
    EPHOR_TRY_VOID(clearTags(transaction, place, tag, at));
    for (const DefinitionRef& pin : pins) {
        EPHOR_TRY_VOID(transaction.run("INSERT INTO definition_tag (environment, agent, kind, name, version, tag, "
                                       "release, set_at, cleared_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT "
                                       "(environment, agent, kind, name, version, tag) DO UPDATE SET release = "
                                       "excluded.release, set_at = excluded.set_at, cleared_at = 0",
            {place.environment, place.agent, wordOf(pin.kind), pin.name, std::int64_t(pin.version), wordOf(tag),
                release, storedMoment(at)}));
    }
    return {};
}

Result<void> clearTags(store::Transaction& transaction, const TagPlace& place, Tag tag, Instant at)
{
    EPHOR_TRY_VOID(transaction.run("UPDATE definition_tag SET cleared_at = ? WHERE environment = ? AND agent = ? AND "
                                   "tag = ? AND cleared_at = 0",
        {storedMoment(at), place.environment, place.agent, wordOf(tag)}));
    return {};
}

Result<std::vector<DefinitionRef>> tagged(const store::Snapshot& snapshot, const TagPlace& place, Tag tag)
{
    std::vector<DefinitionRef> pins;
    EPHOR_TRY_VOID(snapshot.query("SELECT kind, name, version FROM definition_tag WHERE environment = ? AND agent = ? "
                                  "AND tag = ? AND cleared_at = 0 ORDER BY kind, name",
        {place.environment, place.agent, wordOf(tag)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const auto kind, enumeratorFrom<DefinitionKind>(row.text(0)));
            pins.push_back(DefinitionRef{kind, row.string(1), std::uint64_t(row.integer(2))});
            return {};
        }));
    return pins;
}

Result<std::optional<std::uint64_t>> taggedVersion(
    const store::Snapshot& snapshot, const TagPlace& place, Tag tag, DefinitionKind kind, const std::string& name)
{
    EPHOR_TRY(const auto version,
        snapshot.integer("SELECT version FROM definition_tag WHERE environment = ? AND agent = ? AND tag = ? AND "
                         "cleared_at = 0 AND kind = ? AND name = ?",
            {place.environment, place.agent, wordOf(tag), wordOf(kind), name}));
    return version ? std::optional(std::uint64_t(*version)) : std::nullopt;
}

Result<void> setChange(store::Transaction& transaction, const std::vector<DefinitionRef>& versions,
    const std::string& change, ChangeState state, Instant at)
{
    for (const DefinitionRef& version : versions) {
        EPHOR_TRY_VOID(transaction.run("INSERT INTO definition_change (kind, name, version, change, state, moved_at) "
                                       "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, name, version, change) DO UPDATE "
                                       "SET state = excluded.state, moved_at = excluded.moved_at",
            {wordOf(version.kind), version.name, std::int64_t(version.version), change, wordOf(state),
                storedMoment(at)}));
    }
    return {};
}

}
