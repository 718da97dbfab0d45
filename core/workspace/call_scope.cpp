#include "core/workspace/call_scope.h"

namespace ephor::workspace {

// A handler that needs more than its operation's own permission asks for that one by itself.
access::Act CallScope::actOf(Permission permission, const Scope& scope) const
{
    access::Act act{.principal = m_principal,
        .permission = permission,
        .effect = m_operation.effect,
        .scope = scope,
        .surface = m_surface};
    if (permission == m_operation.permission)
        act.operation = m_operation.name;
    return act;
}

const access::AccessVerdict& CallScope::verdictOn(Permission permission, const Scope& scope) const
{
    const Question question(permission, scope.team, scope.environment, scope.agent);
    const auto known = m_known.find(question);
    return known != m_known.end()
        ? known->second
        : m_known.emplace(question, m_authority.judge(actOf(permission, scope))).first->second;
}

bool CallScope::holds(Permission permission, const Scope& scope) const
{
    return permission == Permission::None || verdictOn(permission, scope).permitted;
}

Result<void> CallScope::allow(Permission permission, const Scope& scope) const
{
    if (permission == Permission::None)
        return {};
    const access::AccessVerdict& verdict = verdictOn(permission, scope);
    if (!verdict.permitted)
        return fail(
            access::refusalOf(actOf(permission, scope), verdict).with("operation", std::string(m_operation.name)));
    m_permitted = {verdict.rule, verdict.observed};
    return {};
}

}
