#pragma once

#include "core/trust/cedar/value.h"

#include <span>
#include <string>

namespace ephor::temporal {

/// Actions as an event names them: `Action::"a"`, `[Action::"a", Action::"b"]`, or `any` for none.
std::string actionsText(std::span<const cedar::EntityUid* const> actions);

}
