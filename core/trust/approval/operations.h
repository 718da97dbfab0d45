#pragma once

#include "core/domain/run.h"

#include <functional>

namespace ephor {
class Clock;
class HandlerTable;
}
namespace ephor::ledger {
class Ledger;
}

namespace ephor::approval {

/// approvals.*. `decided` hears of every decision once it is durable, on the writer's thread; it must only post on.
struct Services {
    ledger::Ledger& ledger;
    const Clock& clock;
    std::function<void(const ApprovalRequest&)> decided;
};
void addHandlers(HandlerTable& table, const Services& services);

}
