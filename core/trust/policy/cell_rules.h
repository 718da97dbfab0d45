#pragma once

#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/policy.h"
#include "core/trust/policy/vocabulary.h"

#include <string_view>

namespace ephor::policy {

/// Whether the scope of a policy leaves room for a call of this tool by this agent, whomever it works for: one about
/// people, services, roles or teams may bind whoever that is. Conditions are not looked at. `entities` hold the agent
/// and the tool.
bool couldBind(
    const cedar::Policy& policy, const cedar::Entities& entities, std::string_view agent, const ToolWords& tool);

}
