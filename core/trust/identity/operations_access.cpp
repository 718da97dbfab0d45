#include "core/domain/reflect.h"
#include "core/trust/access/authority.h"
#include "core/trust/access/role_reach.h"
#include "core/trust/identity/known_principal.h"
#include "core/trust/identity/operation_parts.h"

#include <algorithm>

namespace ephor::identity {

namespace {

/// What is asked about: an operation, or all that needs a permission.
struct Asked {
    std::string operation;
    Permission permission = Permission::View;
    Effect effect = Effect::Read;
};

Result<std::vector<Asked>> askedBy(const ExplainAccess::Request& request)
{
    std::vector<Asked> asked;
    if (request.operation.empty()) {
        for (unsigned i = unsigned(Permission::None) + 1; i < typeOf<Permission>().words.size(); ++i)
            asked.push_back({{}, Permission(i), Effect::Read});
    } else if (const auto permission = enumeratorFrom<Permission>(request.operation)) {
        asked.push_back({{}, *permission, Effect::Read});
    } else if (const OperationType* const type = findOperation(request.operation)) {
        asked.push_back({request.operation, type->operation->permission, type->operation->effect});
    } else {
        return fail(Error(ErrorKind::NotFound, "operation.unknown", "There is no such operation or permission.",
            "Name one like changes.approve or approve-changes; leave it out for all permissions.")
                .with("operation", request.operation));
    }
    return asked;
}

std::string rolesText(const std::vector<RoleGrant>& roles)
{
    std::string text;
    for (const RoleGrant& grant : roles) {
        text += (text.empty() ? "" : ", ") + wordOf(grant.role)
            + (grant.team == "*" ? std::string(" of every team") : " of " + std::string(grant.team))
            + (grant.environment == "*" ? std::string() : " in " + std::string(grant.environment));
    }
    return text;
}

std::string whatOf(const AccessLine& line)
{
    return line.operation.empty() ? wordOf(line.permission) : "do " + line.operation;
}

std::string reasonOf(const Principal& principal, const AccessLine& line, const access::AccessVerdict& verdict)
{
    const std::string what = principal.name + (verdict.permitted ? " may " : " may not ") + whatOf(line);
    if (!verdict.permitted && !verdict.rule.empty())
        return what + ": the rule " + verdict.rule + " forbids it." + (verdict.reason.empty() ? "" : " ")
            + verdict.reason;
    const std::string roles = rolesText(line.roles);
    if (verdict.permitted && verdict.rule.empty())
        return what + ", as everybody may.";
    if (principal.kind == PrincipalKind::Service)
        return what + (verdict.permitted ? ": the key is for it." : ": the key is not for it.");
    return what + (roles.empty() ? ": no role reaches there." : ", being " + roles + ".");
}

/// Whether the rules and conditions behind a line are wanted.
enum class Depth { Line, Reasons };

AccessLine lineOf(
    const access::Authority& authority, const Principal& principal, const Asked& asked, const Scope& scope, Depth depth)
{
    AccessLine line;
    line.operation = asked.operation;
    line.permission = asked.permission;
    const access::Act act{.principal = principal,
        .operation = asked.operation,
        .permission = asked.permission,
        .effect = asked.effect,
        .scope = scope,
        .surface = Surface::Console};
    const access::AccessVerdict verdict = authority.judge(act);
    std::ranges::copy_if(principal.roles, std::back_inserter(line.roles),
        [&](const RoleGrant& grant) { return access::reaches(grant, scope); });
    line.permitted = verdict.permitted;
    line.rule = verdict.rule;
    line.reason = reasonOf(principal, line, verdict);
    if (depth == Depth::Reasons)
        line.why = authority.explain(act);
    return line;
}

Result<ExplainAccess::Response> explainAccess(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const ExplainAccess::Request& request)
{
    Principal principal = call.principal();
    if (!request.principal.empty() && request.principal != principal.id) {
        EPHOR_TRY(principal, knownPrincipal(snapshot, request.principal, services.clock.now()));
    }
    EPHOR_TRY(const std::vector<Asked> asked, askedBy(request));
    ExplainAccess::Response response{principal.id, principal.name, {}};
    for (const Asked& each : asked)
        response.lines.push_back(lineOf(services.authority, principal, each, {request.team, {}},
            request.operation.empty() ? Depth::Line : Depth::Reasons));
    return response;
}

}

void addAccessHandlers(HandlerTable& table, const SharedServices& shared)
{
    table.read<ExplainAccess>(
        [shared](const store::Snapshot& snapshot, const Call& call, const ExplainAccess::Request& request) {
            return explainAccess(shared->services, snapshot, call, request);
        });
}

}
