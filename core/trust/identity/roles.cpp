#include "core/trust/identity/roles.h"

#include <algorithm>

namespace ephor::identity {

namespace {

bool memberReaches(const std::string& granted, const std::string& wanted)
{
    return wanted.empty() || granted == "*" || granted == wanted;
}

}

bool reaches(const RoleGrant& grant, const Scope& scope)
{
    return memberReaches(grant.team, scope.team) && memberReaches(grant.environment, scope.environment);
}

bool holds(const std::vector<RoleGrant>& roles, Permission permission, const Scope& scope)
{
    return std::ranges::any_of(
        roles, [&](const RoleGrant& grant) { return holds(grant.role, permission) && reaches(grant, scope); });
}

bool holds(const Principal& principal, Permission permission, const Scope& scope)
{
    if (permission == Permission::None)
        return true;
    switch (principal.kind) {
    case PrincipalKind::Anonymous:
        return false;
    case PrincipalKind::Person:
        return holds(principal.roles, permission, scope);
    case PrincipalKind::Service:
        return (bitOf(permission) & reservedForPeople) == 0
            && std::ranges::find(principal.permissions, permission) != principal.permissions.end()
            && std::ranges::any_of(principal.roles, [&](const RoleGrant& grant) { return reaches(grant, scope); });
    case PrincipalKind::System:
        return ((bitOf(permission) & (reservedForPeople | bitOf(Permission::OpenSealed))) == 0);
    }
    return false;
}

std::vector<Permission> permissionsOf(const Principal& principal)
{
    std::vector<Permission> held;
    for (unsigned i = unsigned(Permission::None) + 1; i <= unsigned(Permission::InvokeAgents); ++i) {
        if (holds(principal, Permission(i), Scope{}))
            held.push_back(Permission(i));
    }
    return held;
}

bool mayInvoke(const Principal& principal, const std::string& agent, const Scope& scope)
{
    return holds(principal, Permission::InvokeAgents, scope)
        && (principal.agents.empty() || std::ranges::find(principal.agents, agent) != principal.agents.end());
}

}
