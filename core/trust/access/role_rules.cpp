#include "core/trust/access/role_rules.h"

#include "core/trust/access/authority.h"
#include "core/trust/access/role_reach.h"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <algorithm>
#include <array>
#include <exception>

namespace ephor::access {

namespace {

constexpr std::string_view viewer = R"(permit (
    principal is User in Role::"viewer",
    action in Ephor::Action::"view",
    resource
);)";

constexpr std::string_view admin = R"(permit (
    principal is User in Role::"admin",
    action in [
        Ephor::Action::"view", Ephor::Action::"edit-definitions", Ephor::Action::"operate-rollouts",
        Ephor::Action::"tighten", Ephor::Action::"stop", Ephor::Action::"manage-people", Ephor::Action::"manage-keys",
        Ephor::Action::"read-record", Ephor::Action::"invoke-agents"
    ],
    resource
);)";

constexpr std::string_view officer = R"(permit (
    principal is User in Role::"officer",
    action in [
        Ephor::Action::"view", Ephor::Action::"approve-changes", Ephor::Action::"operate-rollouts",
        Ephor::Action::"tighten", Ephor::Action::"stop", Ephor::Action::"decide-actions",
        Ephor::Action::"read-record", Ephor::Action::"open-sealed"
    ],
    resource
);)";

constexpr std::string_view auditor = R"(permit (
    principal is User in Role::"auditor",
    action in [Ephor::Action::"view", Ephor::Action::"read-record", Ephor::Action::"open-sealed"],
    resource
);)";

constexpr std::string_view owner = R"(permit (
    principal is User in Role::"owner",
    action in [
        Ephor::Action::"view", Ephor::Action::"edit-definitions", Ephor::Action::"stop", Ephor::Action::"tighten",
        Ephor::Action::"decide-actions", Ephor::Action::"invoke-agents"
    ],
    resource
);)";

// Approving, deciding and managing people are for people; sealed content and other keys are out of a key's reach.
constexpr std::string_view key = R"(permit (
    principal is Service in Role::"key",
    action in [
        Ephor::Action::"view", Ephor::Action::"edit-definitions", Ephor::Action::"operate-rollouts",
        Ephor::Action::"tighten", Ephor::Action::"stop", Ephor::Action::"read-record", Ephor::Action::"invoke-agents"
    ],
    resource
) when {
    principal has permissions && principal.permissions.contains(context.permission)
} when {
    if context has agent
    then principal has agents && (principal.agents.isEmpty() || principal.agents.contains(context.agent))
    else true
};)";

constexpr std::string_view system = R"(permit (
    principal is Service in Role::"system",
    action in [
        Ephor::Action::"view", Ephor::Action::"edit-definitions", Ephor::Action::"operate-rollouts",
        Ephor::Action::"tighten", Ephor::Action::"stop", Ephor::Action::"read-record", Ephor::Action::"manage-keys",
        Ephor::Action::"invoke-agents"
    ],
    resource
);)";

const Scope everywhere{"*", "*"};

bool builtInPermits(const Principal& principal, Permission permission)
{
    return judge({.principal = principal, .permission = permission, .scope = everywhere}, *builtInRules(), {})
        .permitted;
}

template <class E> using Enumerators = boost::describe::describe_enumerators<E>;

using PermissionsOfRole = std::array<bool, boost::mp11::mp_size<Enumerators<Permission>>::value>;

std::array<PermissionsOfRole, boost::mp11::mp_size<Enumerators<Role>>::value> permissionsOfRoles()
{
    std::array<PermissionsOfRole, boost::mp11::mp_size<Enumerators<Role>>::value> table{};
    boost::mp11::mp_for_each<Enumerators<Role>>([&](auto role) {
        Principal holder;
        holder.kind = PrincipalKind::Person;
        holder.id = "person:holder";
        holder.roles = {{"*", "*", role.value}};
        boost::mp11::mp_for_each<Enumerators<Permission>>([&](auto permission) {
            table[std::size_t(role.value)][std::size_t(permission.value)] = builtInPermits(holder, permission.value);
        });
    });
    return table;
}

}

std::span<const OperationRule> roleRules()
{
    static const std::array<OperationRule, 7> rules{
        {{"role:viewer", std::string(viewer)}, {"role:admin", std::string(admin)},
            {"role:officer", std::string(officer)}, {"role:auditor", std::string(auditor)},
            {"role:owner", std::string(owner)}, {"key", std::string(key)}, {"system", std::string(system)}}};
    return rules;
}

const std::shared_ptr<const OperationRules>& builtInRules()
{
    static const std::shared_ptr<const OperationRules> rules = [] {
        auto compiled = OperationRules::compile(roleRules());
        // A fault of the program that no caller can mend; the first start of any test shows it.
        if (!compiled)
            std::terminate();
        return *std::move(compiled);
    }();
    return rules;
}

bool gives(Role role, Permission permission)
{
    static const auto table = permissionsOfRoles();
    return table[std::size_t(role)][std::size_t(permission)];
}

bool couldHold(const std::vector<RoleGrant>& roles, Permission permission, const Scope& scope)
{
    return std::ranges::any_of(
        roles, [&](const RoleGrant& grant) { return gives(grant.role, permission) && reaches(grant, scope); });
}

bool keyMayHold(Permission permission)
{
    if (permission == Permission::None)
        return false;
    Principal holder;
    holder.kind = PrincipalKind::Service;
    holder.id = "key:holder";
    holder.roles = {{"*", "*", Role::Viewer}};
    holder.permissions = {permission};
    return builtInPermits(holder, permission);
}

}
