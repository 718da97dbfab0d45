#pragma once

#include "core/base/result.h"
#include "core/domain/run.h"

#include <functional>
#include <string>
#include <vector>

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
class Database;
}

namespace ephor::runtime {

class Routing;
class Runtime;

/// runs.list, runs.get, runs.open, runs.cancel, models.test, prompts.try, and those of erasure_operations.h.
struct OperationServices {
    Runtime& runtime;
    Routing& routing;
    store::Database& database;
    ledger::Ledger& ledger;
    const policy::Tightenings& tightenings;
    const Clock& clock;
    std::function<Result<std::vector<Span>>(const std::string& run)>
        spans; ///< from telemetry; may be gone by retention
};
void addHandlers(HandlerTable& table, const OperationServices& services);

}
