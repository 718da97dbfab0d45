#include "core/definition/definitions.h"

#include "core/domain/reflect.h"
#include "core/trust/identity/moment.h"

namespace ephor::definition {

using identity::momentOf;

namespace {

// A definition with its newest version, who wrote that, and where it stands.
#define EPHOR_SUMMARY_COLUMNS                                                                                          \
    "SELECT d.kind, d.name, d.title, d.team, d.owner, COALESCE((SELECT name FROM person WHERE id = d.owner), "         \
    "d.owner), d.newest, (SELECT MAX(t.version) FROM definition_tag t WHERE t.kind = d.kind AND t.name = d.name AND "  \
    "t.tag = 'production' AND t.cleared_at = 0), v.at, COALESCE((SELECT name FROM person WHERE id = v.author), "       \
    "v.author), (SELECT COUNT(DISTINCT u.agent) FROM definition_use u JOIN definition a ON a.kind = 'agent' AND "      \
    "a.name = u.agent AND a.retired_at = 0 WHERE u.kind = d.kind AND u.name = d.name AND (u.version = a.newest OR "    \
    "EXISTS (SELECT 1 FROM definition_tag t WHERE t.kind = 'agent' AND t.name = u.agent AND t.version = u.version "    \
    "AND t.cleared_at = 0))), d.detail, d.retired_at FROM definition d JOIN definition_version v ON v.kind = d.kind "  \
    "AND v.name = d.name AND v.number = d.newest "

Result<DefinitionSummary> summaryFrom(const store::Row& row)
{
    DefinitionSummary summary;
    EPHOR_TRY(summary.kind, enumeratorFrom<DefinitionKind>(row.text(0)));
    summary.name = row.string(1);
    summary.title = row.string(2);
    summary.team = row.string(3);
    summary.owner = row.string(4);
    summary.ownerName = row.string(5);
    summary.newest = std::uint64_t(row.integer(6));
    if (const auto production = row.maybeInteger(7))
        summary.production = std::uint64_t(*production);
    summary.changedAt = momentOf(row.integer(8));
    summary.changedBy = row.string(9);
    summary.usedBy = std::uint64_t(row.integer(10));
    summary.detail = row.string(11);
    summary.retired = row.integer(12) != 0;
    return summary;
}

std::unexpected<Error> unknownDefinition(DefinitionKind kind, const std::string& name)
{
    return fail(Error(ErrorKind::NotFound, "definition.unknown",
        "There is no " + wordOf(kind) + " named \u201C" + name + "\u201D.",
        "Look in the library for how it is written.")
            .with("kind", wordOf(kind))
            .with("name", name));
}

// The word that people know; where tags and changes disagree, what runs counts.
std::string stateOf(bool production, bool canary, bool inReview, bool previous)
{
    if (production)
        return "production";
    if (canary)
        return "canary";
    if (inReview)
        return "in-review";
    return previous ? "previous" : "draft";
}

}

Result<void> checkName(const std::string& name)
{
    constexpr std::string_view first = "abcdefghijklmnopqrstuvwxyz0123456789";
    constexpr std::string_view rest = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    constexpr std::size_t longest = 128;
    if (!name.empty() && name.size() <= longest && first.find(name.front()) != std::string_view::npos
        && name.find_first_not_of(rest) == std::string::npos)
        return {};
    return fail(Error(ErrorKind::Invalid, "definition.name-format", "This cannot be the name of a definition.",
        "Use up to 128 of a to z, digits and . _ - beginning with a letter or digit.")
            .with("name", name.substr(0, longest)));
}

Result<VersionBytes> bodyBytes(
    const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name, std::uint64_t version)
{
    std::optional<VersionBytes> found;
    EPHOR_TRY_VOID(snapshot.query("SELECT v.number, v.digest, v.body FROM definition d JOIN definition_version v ON "
                                  "v.kind = d.kind AND v.name = d.name AND v.number = CASE WHEN ?3 = 0 THEN d.newest "
                                  "ELSE ?3 END WHERE d.kind = ?1 AND d.name = ?2",
        {wordOf(kind), name, std::int64_t(version)}, [&](const store::Row& row) -> Result<void> {
            found = VersionBytes{std::uint64_t(row.integer(0)), row.string(1), std::string(textOf(row.blob(2)))};
            return {};
        }));
    if (found)
        return std::move(*found);
    EPHOR_TRY_VOID(get(snapshot, kind, name));
    return fail(Error(
        ErrorKind::NotFound, "definition.unknown-version", "The definition has no such version.", "List its versions.")
            .with("name", name)
            .with("version", std::to_string(version)));
}

Result<VersionBytes> verifiedBytes(
    const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name, std::uint64_t version)
{
    EPHOR_TRY(VersionBytes bytes, bodyBytes(snapshot, kind, name, version));
    if (digestOf(bytes.body) != bytes.digest)
        return fail(Error(ErrorKind::CheckFailed, "definition.digest",
            "A stored version does not match its own digest.", "Restore the workspace from a backup.")
                .with("name", name)
                .with("version", std::to_string(bytes.number)));
    return bytes;
}

Result<std::optional<DefinitionSummary>> find(
    const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name)
{
    std::optional<DefinitionSummary> found;
    EPHOR_TRY_VOID(snapshot.query(EPHOR_SUMMARY_COLUMNS "WHERE d.kind = ? AND d.name = ?", {wordOf(kind), name},
        [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(found, summaryFrom(row));
            return {};
        }));
    return found;
}

Result<DefinitionSummary> get(const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name)
{
    EPHOR_TRY(auto found, find(snapshot, kind, name));
    if (!found)
        return unknownDefinition(kind, name);
    return std::move(*found);
}

Result<std::vector<DefinitionSummary>> list(const store::Snapshot& snapshot, DefinitionKind kind, Retired retired)
{
    std::vector<DefinitionSummary> definitions;
    EPHOR_TRY_VOID(
        snapshot.query(EPHOR_SUMMARY_COLUMNS "WHERE d.kind = ? AND (? = 1 OR d.retired_at = 0) ORDER BY d.name",
            {wordOf(kind), std::int64_t(retired == Retired::Show)}, [&](const store::Row& row) -> Result<void> {
                EPHOR_TRY(DefinitionSummary summary, summaryFrom(row));
                definitions.push_back(std::move(summary));
                return {};
            }));
    return definitions;
}

Result<std::vector<VersionInfo>> versions(const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name)
{
    std::vector<VersionInfo> infos;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT v.number, v.digest, v.author, COALESCE((SELECT name FROM person WHERE id = v.author), v.author), v.at, "
        "v.message, "
        "EXISTS (SELECT 1 FROM definition_tag t WHERE t.kind = v.kind AND t.name = v.name AND t.version = v.number AND "
        "t.tag = 'production' AND t.cleared_at = 0), "
        "EXISTS (SELECT 1 FROM definition_tag t WHERE t.kind = v.kind AND t.name = v.name AND t.version = v.number AND "
        "t.tag = 'canary' AND t.cleared_at = 0), "
        "EXISTS (SELECT 1 FROM definition_change c WHERE c.kind = v.kind AND c.name = v.name AND c.version = v.number "
        "AND c.state IN ('checks', 'approval', 'approved')), "
        "EXISTS (SELECT 1 FROM definition_tag t WHERE t.kind = v.kind AND t.name = v.name AND t.version = v.number AND "
        "t.tag = 'production'), "
        "(SELECT c.change FROM definition_change c WHERE c.kind = v.kind AND c.name = v.name AND c.version = v.number "
        "ORDER BY c.moved_at DESC, c.change DESC LIMIT 1) "
        "FROM definition_version v WHERE v.kind = ? AND v.name = ? ORDER BY v.number DESC",
        {wordOf(kind), name}, [&](const store::Row& row) -> Result<void> {
            VersionInfo info;
            info.number = std::uint64_t(row.integer(0));
            info.digest = row.string(1);
            info.author = row.string(2);
            info.authorName = row.string(3);
            info.at = momentOf(row.integer(4));
            info.message = row.string(5);
            info.state = stateOf(row.integer(6) != 0, row.integer(7) != 0, row.integer(8) != 0, row.integer(9) != 0);
            info.change = row.maybeString(10).value_or(std::string());
            infos.push_back(std::move(info));
            return {};
        }));
    if (infos.empty())
        return unknownDefinition(kind, name);
    return infos;
}

Result<std::vector<Use>> uses(const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name)
{
    std::vector<Use> found;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT agent, version, title, production FROM (SELECT u.agent AS agent, u.version AS version, a.title AS "
        "title, a.newest AS newest, "
        "EXISTS (SELECT 1 FROM definition_tag t WHERE t.kind = 'agent' AND t.name = u.agent AND t.version = u.version "
        "AND t.tag = 'production' AND t.cleared_at = 0) AS production, "
        "EXISTS (SELECT 1 FROM definition_tag t WHERE t.kind = 'agent' AND t.name = u.agent AND t.version = u.version "
        "AND t.cleared_at = 0) AS tagged "
        "FROM definition_use u JOIN definition a ON a.kind = 'agent' AND a.name = u.agent AND a.retired_at = 0 "
        "WHERE u.kind = ? AND u.name = ?) WHERE version = newest OR tagged ORDER BY agent, version DESC",
        {wordOf(kind), name}, [&](const store::Row& row) -> Result<void> {
            Use use;
            use.by = DefinitionRef{DefinitionKind::Agent, row.string(0), std::uint64_t(row.integer(1))};
            use.title = row.string(2);
            use.production = row.integer(3) != 0;
            found.push_back(std::move(use));
            return {};
        }));
    return found;
}

Result<std::map<std::string, std::uint64_t>> agentsByTeam(const store::Snapshot& snapshot)
{
    std::map<std::string, std::uint64_t> counts;
    EPHOR_TRY_VOID(
        snapshot.query("SELECT team, COUNT(*) FROM definition WHERE kind = 'agent' AND retired_at = 0 GROUP BY team",
            {}, [&](const store::Row& row) -> Result<void> {
                counts[row.string(0)] = std::uint64_t(row.integer(1));
                return {};
            }));
    return counts;
}

}
