#include "core/workspace/call_scope.h"

#include "core/domain/reflect.h"
#include "core/trust/identity/roles.h"

namespace ephor::workspace {

namespace {

// Whom to ask, in the words of the console.
std::string_view holderOf(Permission permission)
{
    switch (permission) {
    case Permission::ApproveChanges:
    case Permission::DecideActions:
        return "a governance officer";
    case Permission::ReadRecord:
    case Permission::OpenSealed:
        return "a governance officer or an auditor";
    default:
        return "an administrator";
    }
}

}

bool CallScope::holds(Permission permission, const Scope& scope) const
{
    return identity::holds(m_principal, permission, scope);
}

Result<void> CallScope::allow(Permission permission, const Scope& scope) const
{
    if (permission == Permission::None || holds(permission, scope))
        return {};
    if (m_principal.kind == PrincipalKind::Anonymous)
        return fail(
            ErrorKind::Unauthenticated, "identity.sign-in", "Nobody is signed in.", "Sign in, or send a service key.");
    std::string message = m_principal.name + " may not do this";
    if (!scope.team.empty())
        message += " for the team \"" + scope.team + "\"";
    return fail(Error(ErrorKind::Forbidden, "identity.forbidden",
        message + ": it needs the permission to " + wordOf(permission) + ".",
        "Ask " + std::string(holderOf(permission)) + " to do it or to give you the role.")
            .with("permission", wordOf(permission))
            .with("operation", std::string(m_operation.name)));
}

}
