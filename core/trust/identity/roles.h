#pragma once

#include "core/domain/principal.h"

#include <cstdint>

namespace ephor::identity {

/// Permissions as one bit each, in the order of their declaration.
using PermissionSet = std::uint32_t;

constexpr PermissionSet bitOf(Permission permission)
{
    return PermissionSet(1) << unsigned(permission);
}

/// What a role lets its holder do. Whoever configures (Admin) never approves, decides or opens sealed content; whoever
/// approves (Officer) never edits: no single role carries a change from draft to production alone.
constexpr PermissionSet permissionsOf(Role role)
{
    using enum Permission;
    switch (role) {
    case Role::Viewer:
        return bitOf(View);
    case Role::Admin:
        return bitOf(View) | bitOf(EditDefinitions) | bitOf(OperateRollouts) | bitOf(Tighten) | bitOf(Stop)
            | bitOf(ManagePeople) | bitOf(ManageKeys) | bitOf(ReadRecord) | bitOf(InvokeAgents);
    case Role::Officer:
        return bitOf(View) | bitOf(ApproveChanges) | bitOf(OperateRollouts) | bitOf(Tighten) | bitOf(Stop)
            | bitOf(DecideActions) | bitOf(ReadRecord) | bitOf(OpenSealed);
    case Role::Auditor:
        return bitOf(View) | bitOf(ReadRecord) | bitOf(OpenSealed);
    case Role::Owner:
        return bitOf(View) | bitOf(EditDefinitions) | bitOf(Stop) | bitOf(Tighten) | bitOf(DecideActions)
            | bitOf(InvokeAgents);
    }
    return 0;
}

constexpr bool holds(Role role, Permission permission)
{
    return (permissionsOf(role) & bitOf(permission)) != 0;
}

/// What only a person may do: never the system itself, and never a service key.
constexpr PermissionSet reservedForPeople
    = bitOf(Permission::ApproveChanges) | bitOf(Permission::DecideActions) | bitOf(Permission::ManagePeople);

/// True when the grant reaches the scope. "*" in a grant reaches everything; an empty member of the scope means
/// anywhere; "*" in a scope means everywhere at once, so that only "*" reaches it.
bool reaches(const RoleGrant& grant, const Scope& scope);

/// True when `principal` may do it in `scope`. `None` is everybody's.
bool holds(const Principal& principal, Permission permission, const Scope& scope);

/// The same for roles not yet given to anybody.
bool holds(const std::vector<RoleGrant>& roles, Permission permission, const Scope& scope);

/// Everything that `principal` may do somewhere, in the order of the declaration.
std::vector<Permission> permissionsOf(const Principal& principal);

/// True when `principal` may start runs of `agent`, which belongs to `scope`; a key's list of agents counts too.
bool mayInvoke(const Principal& principal, const std::string& agent, const Scope& scope);

}
