#include "core/trust/access/authority.h"

#include "core/domain/reflect.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/access/role_reach.h"
#include "core/trust/access/role_rules.h"
#include "core/trust/cedar/explain.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ephor::access {

namespace {

constexpr std::array<std::string_view, 6> alwaysOpen{"policies.rules", "policies.propose-retirement",
    "policies.decide-retirement", "people.access", "stops.list", "stops.set"};

/// An act in the words of the rules.
struct Case {
    std::shared_ptr<const cedar::Entities> entities;
    cedar::Request request;
};

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

Result<Case> caseOf(const Act& act, Instant now)
{
    cedar::EntityDesk desk;
    EPHOR_TRY(const cedar::EntityUid* const place, placeOf(desk, act.scope));
    EPHOR_TRY(auto groups, groupsOf(desk, act.principal, act.scope));
    const cedar::EntityUid* const principal = uidOf(desk, act.principal);
    EPHOR_TRY_VOID(desk.add(principal, fieldsOf(desk, act.principal), std::move(groups)));
    EPHOR_TRY(const cedar::EntityUid* const action, addAction(desk, act.operation, act.permission, act.effect));
    const cedar::RecordValue* const context = contextOf(desk, act, now);
    EPHOR_TRY(auto entities, desk.build());
    return Case{std::move(entities), cedar::Request::of(nullptr, principal, action, place, context)};
}

std::string errorOf(const cedar::Satisfied& heard, const cedar::Policy* policy)
{
    const auto found = std::ranges::find(heard.errors, policy, &cedar::PolicyError::policy);
    return found == heard.errors.end() ? std::string() : found->message;
}

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

std::string mayNot(const Act& act)
{
    if (!act.scope.agent.empty())
        return act.principal.name + " may not call the agent " + act.scope.agent;
    std::string sentence = act.principal.name + " may not do this";
    if (!act.scope.team.empty())
        sentence += " for the team \"" + act.scope.team + "\"";
    return sentence;
}

}

AccessVerdict judge(const Act& act, const OperationRules& rules, Instant now)
{
    AccessVerdict verdict;
    if (act.permission == Permission::None) {
        verdict.permitted = true;
        return verdict;
    }
    const auto asked = caseOf(act, now);
    if (!asked) {
        verdict.reason = asked.error().message;
        return verdict;
    }
    const cedar::Satisfied heard = cedar::satisfied(rules.policies(), *asked->entities, asked->request);
    const cedar::Policy* forbid = nullptr;
    for (const cedar::Policy* const policy : heard.forbids) {
        if (rules.mode(*policy) == RuleMode::Observe)
            verdict.observed.emplace_back(policy->id);
        else if (forbid == nullptr)
            forbid = policy;
    }
    if (forbid != nullptr) {
        verdict.rule = forbid->id;
        const std::string problem = errorOf(heard, forbid);
        verdict.reason
            = problem.empty() ? std::string(explanationOf(*forbid)) : "It could not be evaluated: " + problem;
        return verdict;
    }
    if (heard.permits.empty())
        return verdict;
    verdict.permitted = true;
    verdict.rule = heard.permits.front()->id;
    return verdict;
}

bool isAlwaysOpen(std::string_view operation)
{
    return std::ranges::find(alwaysOpen, operation) != alwaysOpen.end();
}

Error refusalOf(const Act& act, const AccessVerdict& verdict)
{
    if (act.principal.kind == PrincipalKind::Anonymous)
        return Error(
            ErrorKind::Unauthenticated, "identity.sign-in", "Nobody is signed in.", "Sign in, or send a service key.");
    if (!verdict.rule.empty())
        return Error(ErrorKind::Forbidden, "identity.forbidden-by-rule",
            mayNot(act) + ": the rule " + verdict.rule + " forbids it." + (verdict.reason.empty() ? "" : " ")
                + verdict.reason,
            "Read the rule with policies.rules; whoever set it can tell more.")
            .with("rule", verdict.rule);
    return Error(ErrorKind::Forbidden, "identity.forbidden",
        mayNot(act) + ": it needs the permission to " + wordOf(act.permission) + ".",
        "Ask " + std::string(holderOf(act.permission)) + " to do it or to give you the role.")
        .with("permission", wordOf(act.permission));
}

Document explain(const Act& act, const OperationRules& rules, Instant now)
{
    const auto asked = caseOf(act, now);
    if (!asked)
        return documentOf(Json{{"sentence", asked.error().message}});
    return documentOf(toJson(cedar::explain(rules.enforced(), *asked->entities, asked->request)));
}

Authority::Authority(const Clock& clock, std::string environment, RulesNow rules)
    : m_clock(clock)
    , m_environment(std::move(environment))
    , m_rules(std::move(rules))
{
}

std::shared_ptr<const OperationRules> Authority::rulesFor(std::string_view operation) const
{
    std::shared_ptr<const OperationRules> rules;
    if (m_rules != nullptr && !isAlwaysOpen(operation))
        rules = m_rules();
    return rules ? rules : builtInRules();
}

Act Authority::completed(Act act) const
{
    if (act.environment.empty())
        act.environment = m_environment;
    return act;
}

AccessVerdict Authority::judge(const Act& act) const
{
    return access::judge(completed(act), *rulesFor(act.operation), m_clock.now());
}

Document Authority::explain(const Act& act) const
{
    return access::explain(completed(act), *rulesFor(act.operation), m_clock.now());
}

bool Authority::permits(const Principal& principal, Permission permission, const Scope& scope) const
{
    return judge({.principal = principal, .permission = permission, .scope = scope}).permitted;
}

std::vector<Permission> Authority::permissionsOf(const Principal& principal) const
{
    std::vector<Permission> held;
    for (unsigned i = unsigned(Permission::None) + 1; i < typeOf<Permission>().words.size(); ++i) {
        if (permits(principal, Permission(i), Scope{}))
            held.push_back(Permission(i));
    }
    return held;
}

}
