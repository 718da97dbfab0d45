#pragma once

#include "core/domain/change.h"
#include "core/store/database.h"

#include <functional>
#include <optional>
#include <string>

namespace ephor::insight {

/// What this room reads of a stored change (core/change/lifecycle writes it).
struct ChangeRecord {
    Change change;
    std::vector<std::string> authors; ///< principals who drafted it or wrote a version in it
};
BOOST_DESCRIBE_STRUCT(ChangeRecord, (), (change, authors))

/// Nothing when there is no such change.
Result<std::optional<ChangeRecord>> findChangeRecord(const store::Snapshot& snapshot, const std::string& id);

/// Changes that wait for approval, and those approved by their own author that nobody ratified yet; oldest first.
Result<std::vector<ChangeRecord>> changesForApproval(const store::Snapshot& snapshot);
Result<std::vector<ChangeRecord>> changesToRatify(const store::Snapshot& snapshot);

}
