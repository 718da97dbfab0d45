#include "core/trust/policy/tightening_table.h"

#include "core/trust/cedar/escape.h"
#include "core/trust/policy/grant_order.h"
#include "core/trust/policy/grant_policy.h"

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

Result<std::vector<RuleSource>> houseRulesIn(const HouseRule& rule)
{
    EPHOR_TRY(auto rules, rulesIn(rule.text, std::string(housePrefix) + rule.name, rule.mode));
    EPHOR_TRY(const auto set, RuleSet::compile(rules));
    for (const cedar::Policy& policy : set->policies().policies()) {
        if (policy.effect == cedar::Effect::Permit)
            return fail(Error(ErrorKind::Invalid, "policy.permits", "A rule that binds at once can only forbid.",
                "Write forbid, or grant it by a change of the agent.")
                    .with("policy", std::string(policy.id)));
    }
    if (rules.empty())
        return fail(ErrorKind::Invalid, "policy.empty", "There is no rule in the text.", "Write a forbid.");
    return rules;
}

TighteningTable::TighteningTable(std::span<const Tightening> tightenings, std::span<const HouseRule> houseRules)
    : m_tightenings(tightenings.begin(), tightenings.end())
    , m_houseRules(houseRules.begin(), houseRules.end())
{
    std::vector<RuleSource> sources{{"people", std::string(peopleRule), RuleMode::Enforce},
        {"services", std::string(servicesRule), RuleMode::Enforce}};
    for (const Tightening& each : m_tightenings)
        sources.push_back({tighteningId(each.agent, each.tool), policyTextOf(each), RuleMode::Enforce});
    for (const HouseRule& each : m_houseRules) {
        auto rules = houseRulesIn(each);
        if (!rules) {
            sources.push_back(unreadable(each.name, rules.error()));
            continue;
        }
        for (RuleSource& rule : *rules)
            sources.push_back(std::move(rule));
    }
    auto compiled = RuleSet::compile(sources);
    if (!compiled) {
        // Each was read alone; that they cannot be read together denies until somebody has looked.
        const RuleSource closed = unreadable("all", compiled.error());
        compiled = RuleSet::compile(std::span(&closed, 1));
    }
    m_rules = std::move(compiled).value();
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
