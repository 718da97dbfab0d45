#pragma once

#include "core/demo/plan.h"

namespace ephor::demo {

/// Puts teams, personas and the service key in place, and writes the key to DIR/demo.key (0600). Returns the key.
Result<std::string> setUpPeople(
    workspace::Workspace& workspace, const DemoPlan& plan, const Clock& clock, Duration keyLasts);

/// Saves every definition and releases each agent for the first time, by the people whose work it is.
Result<void> setUpAgents(Cast& cast, const DemoPlan& plan);

}
