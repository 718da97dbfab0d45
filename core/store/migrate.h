#pragma once

#include "core/store/connection.h"

namespace ephor::store {

/// Brings the schema up to date, each pending step in a transaction of its own.
/// Codes: store.foreign, store.newer, store.migration.
Result<void> migrate(Connection& connection, std::span<const Migration> migrations);

/// The same checks without changing anything: a pending step is store.migration.
Result<void> checkMigrated(Connection& connection, std::span<const Migration> migrations);

}
