#pragma once

#include "core/api/audit.h"
#include "core/base/result.h"

#include <functional>
#include <string>

namespace ephor {
class HandlerTable;
}
namespace ephor::store {
class Database;
class Snapshot;
}

namespace ephor::ledger {

class Ledger;
struct LedgerStatus;

/// The status as surfaces show it.
RecordStatus recordStatusOf(const LedgerStatus& status);

/// audit.*. `nameOf` gives an actor's name for people ("person:…" → "Ines Marchetti"), or the actor itself.
/// `releaseName` gives what people call a release ("v4"), empty for an unknown one; `wholeIds` the ids that a short one
/// (core/domain/short_id.h) can stand for. Both may be missing.
struct Services {
    Ledger& ledger;
    store::Database& database;
    std::function<std::string(const store::Snapshot&, const std::string& actor)> nameOf;
    std::function<std::string(const store::Snapshot&, const std::string& release)> releaseName = {};
    std::function<Result<std::vector<std::string>>(const store::Snapshot&, const std::string& shortId)> wholeIds = {};
    /// False ends a verification under way (Cancelled): the workspace closes. Thread-safe; empty: always true.
    std::function<bool()> goesOn = {};
};
void addHandlers(HandlerTable& table, const Services& services);

}
