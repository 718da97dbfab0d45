#pragma once

#include "core/api/erasure.h"
#include "core/domain/run.h"
#include "core/store/database.h"

#include <string>
#include <vector>

namespace ephor::guard {
class Protection;
}

namespace ephor::runtime {

/// A person by all that the workspace knows of one: the name as callers give it, and its hash where a rule hid it.
struct KnownPerson {
    std::string hidden; ///< the hash of the name
    std::vector<std::string> names; ///< how the person may stand in the list of runs
    std::vector<std::string> subjects; ///< whose keys seal what was said (sealing_subject.h)
};
/// By the name or its hash. A hash is told apart from other names by the names in the list of runs, so that either
/// leads to all of the person's runs as long as one has the name.
Result<KnownPerson> knownPerson(
    const store::Snapshot& snapshot, const guard::Protection& protection, const std::string& person);

/// What stands under any of the names.
Result<ErasureReach> reachOf(const store::Snapshot& snapshot, const KnownPerson& person);

/// Takes the names out of the list of runs. Returns the runs as they were. The runs have ended.
Result<std::vector<RunSummary>> takeNamesOut(store::Transaction& transaction, const KnownPerson& person);

/// The wish of somebody that waits for a second person; `person` is the hash of the name. Nothing: there is none, or it
/// is too old.
Result<std::optional<ErasureWish>> wishFor(const store::Snapshot& snapshot, const std::string& person, Instant now);
Result<void> keepWish(store::Transaction& transaction, const std::string& person, const ErasureWish& wish);
Result<void> dropWish(store::Transaction& transaction, const std::string& person);

}
