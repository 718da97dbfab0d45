#include "core/trust/access/act_case.h"

#include "core/domain/reflect.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/access/role_reach.h"

namespace ephor::access {

namespace {

const cedar::EntityUid* uidOf(cedar::EntityDesk& desk, const Principal& principal)
{
    const bool isPerson = principal.kind == PrincipalKind::Person || principal.kind == PrincipalKind::Anonymous;
    return desk.uid(isPerson ? userType : serviceType, principal.id.empty() ? "nobody" : principal.id);
}

cedar::Value setOf(cedar::EntityDesk& desk, const std::vector<std::string>& words)
{
    std::vector<cedar::Value> values;
    for (const std::string& word : words)
        values.push_back(desk.text(word));
    return cedar::makeSet(desk.arena(), values);
}

// What a key may do is its own list; roles give a key nothing but its reach.
std::vector<cedar::Field> fieldsOf(cedar::EntityDesk& desk, const Principal& principal)
{
    std::vector<cedar::Field> fields{desk.field("name", principal.name)};
    if (principal.kind != PrincipalKind::Service)
        return fields;
    std::vector<std::string> permissions;
    for (const Permission permission : principal.permissions)
        permissions.push_back(wordOf(permission));
    fields.push_back(desk.field("permissions", setOf(desk, permissions)));
    fields.push_back(desk.field("agents", setOf(desk, principal.agents)));
    return fields;
}

std::string_view roleIn(const Principal& principal, const RoleGrant& grant)
{
    return principal.kind == PrincipalKind::Service ? keyRole : std::string_view(wordOf(grant.role));
}

Result<const cedar::EntityUid*> wholeOf(cedar::EntityDesk& desk)
{
    const cedar::EntityUid* const whole = desk.uid(workspaceType, wholeWorkspace);
    EPHOR_TRY_VOID(desk.add(whole));
    return whole;
}

Result<const cedar::EntityUid*> teamOf(cedar::EntityDesk& desk, std::string_view name)
{
    EPHOR_TRY(const cedar::EntityUid* const whole, wholeOf(desk));
    const cedar::EntityUid* const team = desk.uid(teamType, name);
    EPHOR_TRY_VOID(desk.add(team, {}, {whole}));
    return team;
}

// The roles that reach where the act happens, and every team that somebody belongs to.
Result<std::vector<const cedar::EntityUid*>> groupsOf(
    cedar::EntityDesk& desk, const Principal& principal, const Scope& scope)
{
    std::vector<const cedar::EntityUid*> groups;
    const auto joinRole = [&](std::string_view role) {
        groups.push_back(desk.uid(roleType, role));
        return desk.add(groups.back());
    };
    if (principal.kind == PrincipalKind::System)
        EPHOR_TRY_VOID(joinRole(systemRole));
    if (principal.kind != PrincipalKind::Person && principal.kind != PrincipalKind::Service)
        return groups;
    for (const RoleGrant& grant : principal.roles) {
        if (reaches(grant, scope))
            EPHOR_TRY_VOID(joinRole(roleIn(principal, grant)));
        if (grant.team == "*")
            continue;
        EPHOR_TRY(const cedar::EntityUid* const team, teamOf(desk, grant.team));
        groups.push_back(team);
    }
    return groups;
}

Result<const cedar::EntityUid*> placeOf(cedar::EntityDesk& desk, const Scope& scope)
{
    return scope.team.empty() || scope.team == "*" ? wholeOf(desk) : teamOf(desk, scope.team);
}

cedar::Value momentOf(Instant instant)
{
    const auto at = std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
    return cedar::Value(std::int64_t(at), cedar::Kind::Datetime);
}

const cedar::RecordValue* contextOf(cedar::EntityDesk& desk, const Act& act, Instant now)
{
    const bool isNamed = !act.scope.environment.empty() && act.scope.environment != "*";
    std::vector<cedar::Field> fields{desk.field("permission", wordOf(act.permission)),
        desk.field("environment", isNamed ? std::string_view(act.scope.environment) : act.environment),
        desk.field("surface", wordOf(act.surface)), desk.field("now", momentOf(now))};
    if (act.principal.kind == PrincipalKind::Person && act.principal.signedInAt != Instant())
        fields.push_back(desk.field("signedIn", momentOf(act.principal.signedInAt)));
    if (!act.scope.agent.empty())
        fields.push_back(desk.field("agent", act.scope.agent));
    return cedar::makeRecord(desk.arena(), fields).record;
}

}

Result<ActCase> ActCase::of(const Act& act, Instant now)
{
    cedar::EntityDesk desk;
    EPHOR_TRY(const cedar::EntityUid* const place, placeOf(desk, act.scope));
    EPHOR_TRY(auto groups, groupsOf(desk, act.principal, act.scope));
    const cedar::EntityUid* const principal = uidOf(desk, act.principal);
    EPHOR_TRY_VOID(desk.add(principal, fieldsOf(desk, act.principal), std::move(groups)));
    EPHOR_TRY(const cedar::EntityUid* const action, addAction(desk, act.operation, act.permission, act.effect));
    const cedar::RecordValue* const context = contextOf(desk, act, now);
    EPHOR_TRY(auto entities, desk.build());
    return ActCase{std::move(entities), cedar::Request::of(nullptr, principal, action, place, context)};
}

}
