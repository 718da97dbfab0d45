#pragma once

#include "core/api/erasure.h"
#include "core/domain/run.h"
#include "core/store/database.h"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace ephor::runtime {

/// How a person may stand in the list of runs: the name as it was given, and the hash of one that is hidden.
using PersonNames = std::array<std::string, 2>;

/// What stands under any of the names.
Result<ErasureReach> reachOf(const store::Snapshot& snapshot, const PersonNames& names);

/// Takes the names out of the list of runs. Returns the runs as they were. The runs have ended.
Result<std::vector<RunSummary>> takeNamesOut(store::Transaction& transaction, const PersonNames& names);

/// The wish of somebody that waits for a second person; `person` is the hash of the name. Nothing: there is none, or it
/// is too old.
Result<std::optional<ErasureWish>> wishFor(const store::Snapshot& snapshot, const std::string& person, Instant now);
Result<void> keepWish(store::Transaction& transaction, const std::string& person, const ErasureWish& wish);
Result<void> dropWish(store::Transaction& transaction, const std::string& person);

}
