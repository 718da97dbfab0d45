#pragma once

#include "core/change/lifecycle/checks.h"
#include "core/change/lifecycle/variant_numbers.h"

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

namespace ephor::lifecycle {

/// What the handlers work with. What is referred to lives as long as the table.
struct Services {
    store::Database& database; ///< for what is prepared off the writer
    ledger::Ledger& ledger;
    policy::Tightenings& tightenings;
    const Clock& clock;
    std::string environment; ///< of this workspace's agents: "production"
    /// Told after a release or rollout moved and is durable, on the writer's thread: it must hand the work to another.
    std::function<void()> routesChanged;
    CompileRelease compiles;
    CompareVariants numbers; ///< empty: variantNumbers
};

/// changes.*, rollouts.*, releases.list, grants.matrix, grants.explain, grants.preview and prompts.resolve.
void addHandlers(HandlerTable& table, const Services& services);

}
