#pragma once

#include "core/base/result.h"
#include "core/domain/change.h"

#include <functional>
#include <string>

namespace ephor {
class Clock;
class HandlerTable;
}
namespace ephor::ledger {
class Ledger;
}
namespace ephor::policy {
class Tightenings;
}
namespace ephor::store {
class Snapshot;
}

namespace ephor::evaluate {

/// policies.rules, policies.check, policies.complete, policies.try, policies.backtest. What is borrowed lives as long
/// as the table.
struct Services {
    const ledger::Ledger& ledger;
    const policy::Tightenings& tightenings;
    const Clock& clock;
    std::string environment;
    /// What a change would release.
    std::function<Result<Release>(const store::Snapshot& snapshot, const std::string& change)> candidateOf;
};
void addHandlers(HandlerTable& table, const Services& services);

}
