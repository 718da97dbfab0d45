#pragma once

#include "core/base/error.h"

struct sqlite3;

namespace ephor::store {

/// The connection's last failure as an Error. `code` is SQLite's (extended) result code.
Error sqliteError(sqlite3* connection, int code);

/// True for failures of the disk or the file rather than of the statement: after one of these nothing more may be
/// promised.
bool isEnvironmental(int code);

}
