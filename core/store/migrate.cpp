#include "core/store/migrate.h"

#include "core/base/hash.h"

#include <map>
#include <utility>

namespace ephor::store {

namespace {

// "EPHR", in the file's header: what tells a workspace from any other SQLite file.
constexpr std::int64_t applicationId = 0x45504852;

using Step = std::pair<std::string, std::int64_t>;
using Applied = std::map<Step, std::string>;

Error migrationError(const Migration& migration, std::string message, std::string hint)
{
    return Error(ErrorKind::Internal, "store.migration", std::move(message), std::move(hint))
        .with("room", std::string(migration.room))
        .with("number", std::to_string(migration.number))
        .with("name", std::string(migration.name));
}

Result<void> checkNumbers(std::span<const Migration> migrations)
{
    std::map<std::string_view, int> last;
    for (const Migration& migration : migrations) {
        if (migration.room.empty() || migration.number != ++last[migration.room])
            return fail(migrationError(migration, "The steps of a room's schema are not numbered from 1 without gaps.",
                "This is a fault of this build."));
    }
    return {};
}

Result<bool> isFresh(Connection& connection)
{
    EPHOR_TRY(const std::string id, connection.pragma("PRAGMA application_id"));
    if (id == std::to_string(applicationId))
        return false;
    EPHOR_TRY(const std::string tables, connection.pragma("SELECT count(*) FROM sqlite_schema"));
    if (tables != "0")
        return fail(ErrorKind::Invalid, "store.foreign", "The file is a database, but not one of Ephor's.",
            "Choose another folder for the workspace.");
    return true;
}

Result<Applied> readApplied(Connection& connection)
{
    Applied applied;
    EPHOR_TRY_VOID(connection.query(
        "SELECT room, number, sha256 FROM schema_version", {},
        [&](const Row& row) -> Result<void> {
            applied[{row.string(0), row.integer(1)}] = row.string(2);
            return {};
        },
        Connection::Mutation::Refuse));
    return applied;
}

Result<void> refuseNewer(Applied applied, std::span<const Migration> migrations)
{
    for (const Migration& migration : migrations) {
        const auto found = applied.find(Step(migration.room, migration.number));
        if (found == applied.end())
            continue;
        if (found->second != toHex(sha256(migration.sql)))
            return fail(migrationError(migration, "A step of the schema was changed after it had been applied.",
                "Use the version of Ephor that wrote this workspace."));
        applied.erase(found);
    }
    if (applied.empty())
        return {};
    const Step& unknown = applied.begin()->first;
    return fail(Error(ErrorKind::Conflict, "store.newer", "A later version of Ephor wrote this workspace.",
        "Install that version, or restore a backup that was made before the upgrade.")
            .with("room", unknown.first)
            .with("number", std::to_string(unknown.second)));
}

Result<void> inTransaction(Connection& connection, const std::function<Result<void>()>& work)
{
    EPHOR_TRY_VOID(connection.execute("BEGIN IMMEDIATE"));
    Result<void> result = work();
    if (result)
        result = connection.execute("COMMIT");
    if (!result && connection.inTransaction())
        (void)connection.execute("ROLLBACK");
    return result;
}

Result<void> createVersionTable(Connection& connection)
{
    return inTransaction(connection, [&]() -> Result<void> {
        const std::string mark = "PRAGMA application_id=" + std::to_string(applicationId);
        EPHOR_TRY_VOID(connection.execute(mark.c_str()));
        return connection.execute(
            "CREATE TABLE schema_version(room TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, "
            "sha256 TEXT NOT NULL, applied_by TEXT NOT NULL, PRIMARY KEY(room, number)) STRICT");
    });
}

Result<void> apply(Connection& connection, const Migration& migration)
{
    Result<void> applied = inTransaction(connection, [&]() -> Result<void> {
        EPHOR_TRY_VOID(connection.execute(std::string(migration.sql).c_str()));
        const std::string digest = toHex(sha256(migration.sql));
        const Value values[] = {migration.room, std::int64_t(migration.number), migration.name,
            std::string_view(digest), std::string_view(EPHOR_VERSION)};
        EPHOR_TRY_VOID(connection.run(
            "INSERT INTO schema_version(room, number, name, sha256, applied_by) VALUES(?, ?, ?, ?, ?)", values));
        return {};
    });
    if (applied)
        return {};
    Error error = migrationError(migration, "A step of the schema failed and was rolled back.", applied.error().hint);
    for (const auto& field : applied.error().fields)
        error.fields.push_back(field);
    return fail(std::move(error).with("cause", applied.error().code));
}

}

Result<void> migrate(Connection& connection, std::span<const Migration> migrations)
{
    EPHOR_TRY_VOID(checkNumbers(migrations));
    EPHOR_TRY(const bool fresh, isFresh(connection));
    if (fresh)
        EPHOR_TRY_VOID(createVersionTable(connection));
    EPHOR_TRY(const Applied applied, readApplied(connection));
    EPHOR_TRY_VOID(refuseNewer(applied, migrations));
    for (const Migration& migration : migrations) {
        if (!applied.contains(Step(migration.room, migration.number)))
            EPHOR_TRY_VOID(apply(connection, migration));
    }
    return {};
}

Result<void> checkMigrated(Connection& connection, std::span<const Migration> migrations)
{
    EPHOR_TRY_VOID(checkNumbers(migrations));
    EPHOR_TRY(const bool fresh, isFresh(connection));
    if (fresh)
        return fail(ErrorKind::NotFound, "store.open", "The database is empty.");
    EPHOR_TRY(const Applied applied, readApplied(connection));
    EPHOR_TRY_VOID(refuseNewer(applied, migrations));
    for (const Migration& migration : migrations) {
        if (!applied.contains(Step(migration.room, migration.number)))
            return fail(migrationError(migration,
                "The workspace was written by an earlier version and has not been brought up to date.",
                "Open it once with this version before reading it."));
    }
    return {};
}

}
