#include "core/trust/policy/tightening_table.h"

#include "core/trust/access/role_rules.h"
#include "core/trust/cedar/escape.h"
#include "core/trust/policy/grant_order.h"
#include "core/trust/policy/grant_policy.h"

#include <algorithm>
#include <iterator>

namespace ephor::policy {

namespace {

constexpr std::string_view housePrefix = "house:";

// Whom an agent works for is bound by forbids alone: a permit for people would only repeat who may call the agent,
// which identity decides before a run begins.
constexpr std::string_view peopleRule = "permit (principal is User, action, resource);";
constexpr std::string_view servicesRule = "permit (principal is Service, action, resource);";

bool covers(std::string_view pattern, std::string_view name)
{
    return pattern == "*" || pattern == name;
}

RuleSource unreadable(const std::string& name, const Error& error)
{
    return {std::string(housePrefix) + name,
        "@explain(" + cedar::quoted("The rule " + name + " cannot be read: " + error.message)
            + ") forbid (principal, action, resource);",
        RuleMode::Enforce};
}

access::OperationRule unreadableOperations(const std::string& name, const Error& error)
{
    return {std::string(housePrefix) + name,
        "@explain(" + cedar::quoted("The rule " + name + " cannot be read: " + error.message)
            + ") forbid (principal, action in [Ephor::Action::\"effect:write\", Ephor::Action::\"effect:disclose\"], "
              "resource);",
        RuleMode::Enforce};
}

// Each was read alone; that they cannot be read together denies until somebody has looked.
template <class Rules, class Closed> Rules compiledOr(Result<Rules> compiled, const Closed& closed)
{
    return compiled ? *std::move(compiled) : closed(compiled.error()).value();
}

}

std::string tighteningId(std::string_view agent, std::string_view tool)
{
    return "tightened:" + std::string(agent) + "/" + std::string(tool);
}

std::string policyTextOf(const Tightening& tightening)
{
    const std::string explain
        = tightening.reason + (tightening.reason.empty() ? "" : " ") + "Tightened by " + tightening.by + ".";
    return "@explain(" + cedar::quoted(explain) + ")\n"
        + (tightening.access == Access::Ask ? "@approve(\"officer\")\n" : "")
        + scopeText("forbid", tightening.agent, tightening.tool) + ";";
}

TighteningTable::TighteningTable(std::span<const Tightening> tightenings, std::span<const HouseRule> houseRules)
    : m_tightenings(tightenings.begin(), tightenings.end())
    , m_houseRules(houseRules.begin(), houseRules.end())
{
    std::vector<RuleSource> calls{{"people", std::string(peopleRule), RuleMode::Enforce},
        {"services", std::string(servicesRule), RuleMode::Enforce}};
    for (const Tightening& each : m_tightenings)
        calls.push_back({tighteningId(each.agent, each.tool), policyTextOf(each), RuleMode::Enforce});
    std::vector<access::OperationRule> operations(access::roleRules().begin(), access::roleRules().end());
    for (const HouseRule& each : m_houseRules) {
        auto parts = houseRulesIn(each);
        if (!parts) {
            calls.push_back(unreadable(each.name, parts.error()));
            operations.push_back(unreadableOperations(each.name, parts.error()));
            continue;
        }
        std::ranges::move(parts->calls, std::back_inserter(calls));
        std::ranges::move(parts->operations, std::back_inserter(operations));
    }
    m_rules = compiledOr(RuleSet::compile(calls),
        [](const Error& error) { return RuleSet::compile(std::vector{unreadable("all", error)}); });
    m_operationRules = compiledOr(access::OperationRules::compile(operations), [](const Error& error) {
        std::vector<access::OperationRule> closed(access::roleRules().begin(), access::roleRules().end());
        closed.push_back(unreadableOperations("all", error));
        return access::OperationRules::compile(closed);
    });
}

const Tightening* TighteningTable::find(std::string_view agent, std::string_view tool) const
{
    const Tightening* strictest = nullptr;
    for (const Tightening& candidate : m_tightenings) {
        if (!covers(candidate.agent, agent) || !covers(candidate.tool, tool))
            continue;
        if (strictest == nullptr || strictness(candidate.access) > strictness(strictest->access))
            strictest = &candidate;
    }
    return strictest;
}

}
