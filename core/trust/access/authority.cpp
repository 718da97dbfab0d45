#include "core/trust/access/authority.h"

#include "core/domain/reflect.h"
#include "core/trust/access/act_case.h"
#include "core/trust/access/role_rules.h"
#include "core/trust/cedar/explain.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ephor::access {

namespace {

constexpr std::array<std::string_view, 6> alwaysOpen{"policies.rules", "policies.propose-retirement",
    "policies.decide-retirement", "people.access", "stops.list", "stops.set"};

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
    const auto asked = ActCase::of(act, now);
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
    const auto asked = ActCase::of(act, now);
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
