#pragma once

#include "core/base/result.h"

struct sqlite3;

namespace ephor::store {

/// Registers json_extract(text, path) so that columns computed by it work with trusted_schema=OFF: SQLite 3.40 does not
/// mark its own as innocuous. The results are those of the built-in function, which answers all but the plainest paths;
/// the text of the last row is read once for all its columns.
Result<void> registerJsonExtract(sqlite3* connection);

}
