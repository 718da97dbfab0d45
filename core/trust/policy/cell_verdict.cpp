#include "core/trust/policy/cell_verdict.h"

#include "core/trust/policy/grant_conditions.h"
#include "core/trust/policy/grant_policy.h"

#include <nlohmann/json.hpp>

namespace ephor::policy {

namespace {

PermissionVerdict unread(const Error& error)
{
    PermissionVerdict verdict;
    verdict.rule = "policy-error";
    verdict.reason = "The rules of this cell cannot be read: " + error.message;
    verdict.askWhom = "an administrator, by a change";
    return verdict;
}

}

PermissionVerdict cellVerdict(std::span<const GrantRule> released, const TighteningTable& tightenings,
    const std::string& agent, const std::string& tool, Instant now)
{
    std::vector<RuleSource> sources;
    std::string conditions;
    for (const GrantRule& rule : released) {
        if (rule.tool != tool || rule.agent != agent)
            continue;
        GrantRule open = rule;
        open.conditions.clear();
        for (const GrantCondition& condition : rule.conditions)
            conditions += (conditions.empty() ? " Only: " : "; ") + inWords(condition);
        const auto policies = policiesOf(open);
        if (!policies)
            return unread(policies.error());
        for (const PolicyText& policy : *policies)
            sources.push_back({policy.id, policy.text, RuleMode::Enforce});
    }
    const auto rules = RuleSet::compile(sources);
    if (!rules)
        return unread(rules.error());
    std::vector<Tightening> over;
    if (const Tightening* const tightening = tightenings.find(agent, tool))
        over.push_back(*tightening);
    const TighteningTable standing(over);
    const ToolWords words{tool, SideEffect::Read, tool, {}, {}, {}};
    Cast cast;
    cast.agent = agent;
    cast.tools = std::span(&words, 1);
    const auto entities = entitiesOf(cast);
    if (!entities)
        return unread(entities.error());
    const ArgumentShape shape;
    const Json none = Json::object();
    PermissionVerdict verdict = judge(
        {**rules, standing.rules()}, {**entities, agent, cast.requester, words, shape, none, now, {}, {}, {}, {}, 0});
    if (verdict.word != VerdictWord::Deny && !conditions.empty())
        verdict.reason += conditions + ".";
    return verdict;
}

}
