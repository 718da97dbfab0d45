#pragma once

#include "core/base/json.h"
#include "core/domain/definition.h"

#include <atomic>
#include <string>

namespace ephor::connector {

struct SqlOutcome {
    std::string text; ///< {"rows":[…],"truncated":false} or {"changed":n}
    bool failed = false; ///< a constraint refused it; nothing changed
    std::string detail; ///< "3 rows"
};

/// Runs a SQL tool once against a SQLite file, blocking. One statement; arguments are always bound, a missing one as
/// null. The authorizer lets a tool that reads only read, and keeps every tool from attaching files, changing the
/// schema, pragmas and loading code. The calling thread keeps a file that was read open for the next call, unless the
/// path names another one by then. `cancelled` ends it at the next step. Codes: tool.sql-open, tool.sql-statement,
/// tool.sql-forbidden, tool.timeout, tool.cancelled.
Result<SqlOutcome> runSql(
    const ToolBody& tool, const std::string& folder, const Json& arguments, const std::atomic<bool>& cancelled);

/// The file a SQL tool works on: inside `folder`, whatever the definition says. Code tool.sql-path.
Result<std::string> databasePath(const std::string& folder, const std::string& relative);

}
