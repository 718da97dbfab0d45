#include "core/trust/ledger/schema_check.h"

#include "core/trust/ledger/migrations.h"

#include <map>

namespace ephor::ledger {

namespace {

constexpr std::string_view ledgerObjects
    = "SELECT name, sql FROM sqlite_schema WHERE tbl_name IN "
      "('leaf', 'entry', 'subtree', 'head', 'outside_copy', 'subject_key', 'sealed') AND sql IS NOT NULL";

using Objects = std::map<std::string, std::string>;

Result<Objects> readObjects(const store::Snapshot& snapshot)
{
    Objects objects;
    EPHOR_TRY_VOID(snapshot.query(ledgerObjects, {}, [&](const store::Row& row) -> Result<void> {
        objects[row.string(0)] = row.string(1);
        return {};
    }));
    return objects;
}

// The migrations run in an empty database say what the schema must be, so that it is written down once.
Result<Objects> expectedObjects()
{
    EPHOR_TRY(const auto database, store::Database::open({}, migrations()));
    Objects objects;
    EPHOR_TRY_VOID(database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(objects, readObjects(snapshot));
        return {};
    }));
    return objects;
}

}

Result<void> checkSchema(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const Objects expected, expectedObjects());
    EPHOR_TRY(const Objects found, readObjects(snapshot));
    const auto fault = [](const std::string& name) {
        return fail(Error(ErrorKind::CheckFailed, "ledger.schema",
            "A table, column, index or trigger of the ledger is not the one that was made.",
            "Compare with a backup made before.")
                .with("object", name));
    };
    for (const auto& [name, sql] : expected) {
        if (const auto same = found.find(name); same == found.end() || same->second != sql)
            return fault(name);
    }
    for (const auto& [name, sql] : found) {
        if (!expected.contains(name))
            return fault(name);
    }
    return {};
}

Result<void> checkIndexes(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const auto answer, snapshot.text("PRAGMA integrity_check(1)", {}));
    if (answer == "ok")
        return {};
    return fail(
        Error(ErrorKind::CheckFailed, "ledger.index", "An index or a page of the database disagrees with its rows.",
            "Keep a copy of the file for examination and restore the last backup.")
            .with("detail", answer.value_or("")));
}

}
