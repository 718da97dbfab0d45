#include "core/change/evaluate/rule_list.h"

#include "core/api/handlers.h"
#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/run/route/releases.h"
#include "core/run/runtime/plan.h"
#include "core/trust/policy/cell_rules.h"
#include "core/trust/policy/grant_policy.h"
#include "core/trust/policy/retirements.h"
#include "core/trust/policy/rule_info.h"

#include <algorithm>
#include <functional>

namespace ephor::evaluate {

namespace {

constexpr std::string_view keptPrefix = "kept:";

std::string originOf(const std::string& id)
{
    return policy::isGrant(id) ? "grant" : id.starts_with(keptPrefix) ? "kept" : "policy";
}

Result<std::vector<std::pair<std::string, PolicyBody>>> pinnedPolicies(
    const store::Snapshot& snapshot, const Release& release)
{
    std::vector<std::pair<std::string, PolicyBody>> policies;
    for (const DefinitionRef& pin : release.pins) {
        if (pin.kind != DefinitionKind::Policy)
            continue;
        EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, pin.kind, pin.name, pin.version));
        EPHOR_TRY(PolicyBody body, definition::policyFrom(bytes.body));
        policies.emplace_back(pin.name, std::move(body));
    }
    return policies;
}

/// Whether a rule is wanted.
using Wanted = std::function<bool(const cedar::Policy& policy)>;

Result<void> addReleased(const store::Snapshot& snapshot, const std::string& production, const DefinitionSummary& agent,
    const Wanted& wanted, std::vector<RuleInfo>& list)
{
    EPHOR_TRY(const Release release, route::release(snapshot, production));
    EPHOR_TRY(const auto policies, pinnedPolicies(snapshot, release));
    EPHOR_TRY(const auto rules, runtime::releasedRules(release, policies));
    for (const cedar::Policy& policy : rules->policies().policies()) {
        if (wanted != nullptr && !wanted(policy))
            continue;
        RuleInfo info = policy::infoOf(*rules, policy);
        info.origin = originOf(info.id);
        if (info.origin == "policy")
            info.definition = info.id.substr(0, info.id.find('/'));
        info.agent = agent.name;
        info.agentTitle = agent.title;
        info.team = agent.team;
        info.release = release.number;
        list.push_back(std::move(info));
    }
    return {};
}

Result<void> addRetirements(const store::Snapshot& snapshot, std::vector<RuleInfo>& list)
{
    EPHOR_TRY(const auto retirements, policy::listRetirements(snapshot));
    for (RuleInfo& rule : list) {
        const auto proposed = std::ranges::find(retirements, rule.definition, &policy::Retirement::rule);
        if (rule.origin != "house" || proposed == retirements.end())
            continue;
        rule.retiring = proposed->byName;
        rule.retiringReason = proposed->reason;
    }
    return {};
}

}

Result<ListRules::Response> listRules(const policy::TighteningTable& standing, const std::string& environment,
    const store::Snapshot& snapshot, const Call& call)
{
    ListRules::Response response;
    response.rules = policy::standingRules(standing, standing.tightenings());
    EPHOR_TRY_VOID(addRetirements(snapshot, response.rules));
    EPHOR_TRY(const auto serving, route::serving(snapshot));
    for (const route::Serving& each : serving) {
        if (each.environment != environment || each.production.empty())
            continue;
        EPHOR_TRY(const auto agent, definition::get(snapshot, DefinitionKind::Agent, each.agent));
        if (call.holds(Permission::View, {agent.team, environment}))
            EPHOR_TRY_VOID(addReleased(snapshot, each.production, agent, nullptr, response.rules));
    }
    return response;
}

Result<std::vector<RuleInfo>> textRulesOver(const policy::TighteningTable& standing, const std::string& environment,
    const store::Snapshot& snapshot, const DefinitionSummary& agent, const std::string& tool)
{
    EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Tool, tool, 0));
    EPHOR_TRY(const ToolBody body, definition::toolFrom(bytes.body));
    EPHOR_TRY(const DefinitionSummary summary, definition::get(snapshot, DefinitionKind::Tool, tool));
    const policy::ToolWords words = policy::toolWords(tool, summary.team, body);
    const policy::AgentWords who{agent.name, agent.team, environment};
    EPHOR_TRY(const auto entities, policy::entitiesOf(std::span(&who, 1), std::span(&words, 1)));
    std::vector<RuleInfo> bearing;
    std::vector<RuleInfo> above = policy::standingRules(standing, standing.tightenings());
    for (RuleInfo& rule : above) {
        const cedar::Policy* const policy = standing.rules().find(rule.id);
        if (rule.origin == "house" && policy != nullptr && policy::couldBind(*policy, *entities, agent.name, words))
            bearing.push_back(std::move(rule));
    }
    EPHOR_TRY_VOID(addRetirements(snapshot, bearing));
    EPHOR_TRY(const auto serving, route::servingOf(snapshot, agent.name, environment));
    if (!serving || serving->production.empty())
        return bearing;
    EPHOR_TRY_VOID(addReleased(
        snapshot, serving->production, agent,
        [&](const cedar::Policy& policy) {
            return !policy::isGrant(policy.id) && policy::couldBind(policy, *entities, agent.name, words);
        },
        bearing));
    return bearing;
}

Result<std::shared_ptr<const cedar::Entities>> knownEntities(
    const store::Snapshot& snapshot, const std::string& environment, std::span<const policy::ToolWords> tools)
{
    EPHOR_TRY(const auto agents, definition::list(snapshot, DefinitionKind::Agent, definition::Retired::Hide));
    std::vector<policy::AgentWords> words;
    for (const DefinitionSummary& agent : agents)
        words.push_back({agent.name, agent.team, environment});
    return policy::entitiesOf(words, tools);
}

}
