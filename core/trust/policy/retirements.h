#pragma once

#include "core/base/clock.h"
#include "core/store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace ephor::policy {

/// Somebody's proposal to take a house rule back; it binds until somebody else confirms.
struct Retirement {
    std::string rule; ///< name
    std::string by; ///< principal id
    std::string byName;
    std::string reason;
    Instant at;
};

Result<std::optional<Retirement>> findRetirement(const store::Snapshot& snapshot, const std::string& rule);
Result<std::vector<Retirement>> listRetirements(const store::Snapshot& snapshot);
/// Replaces an earlier proposal for the same rule.
Result<void> propose(store::Transaction& transaction, const Retirement& retirement);
Result<void> dropRetirement(store::Transaction& transaction, const std::string& rule);

}
