#pragma once

#include "core/store/database.h"

namespace ephor::ledger {

/// The tables, columns, indexes and triggers must be the ones the migrations make: a column that is no longer computed
/// from the body, or a trigger that swallows inserts, would hide entries. Code: ledger.schema.
Result<void> checkSchema(const store::Snapshot& snapshot);

/// Every index must agree with the rows. Code: ledger.index. Reads the whole database.
Result<void> checkIndexes(const store::Snapshot& snapshot);

}
