#pragma once

#include "core/domain/principal.h"
#include "core/trust/access/operation_rules.h"

#include <memory>
#include <span>
#include <vector>

namespace ephor::access {

/// What each role, a service key and the system itself may do: the only place that says so, as Cedar policies under
/// "role:admin", "key", "system". Whoever configures (admin) never approves, decides or opens sealed content; whoever
/// approves (officer) never edits: no single role carries a change from draft to production alone.
std::span<const OperationRule> roleRules();
/// The same, compiled: what holds where nobody added a rule.
const std::shared_ptr<const OperationRules>& builtInRules();

/// Whether the built-in rules give the role this permission, asked of them once.
bool gives(Role role, Permission permission);
/// Whether people with these roles could do it in `scope`, house rules left aside: for finding whom to ask. What
/// somebody does is judged by Authority.
bool couldHold(const std::vector<RoleGrant>& roles, Permission permission, const Scope& scope);
/// Whether the built-in rules let a service key be given the permission at all.
bool keyMayHold(Permission permission);

}
