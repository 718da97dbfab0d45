#include "core/change/evaluate/rule_list.h"

#include "core/api/handlers.h"
#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/run/route/releases.h"
#include "core/run/runtime/plan.h"
#include "core/trust/policy/grant_policy.h"
#include "core/trust/policy/retirements.h"
#include "core/trust/policy/rule_info.h"

#include <algorithm>

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

Result<void> addReleased(const store::Snapshot& snapshot, const route::Serving& serving, const DefinitionSummary& agent,
    std::vector<RuleInfo>& list)
{
    EPHOR_TRY(const Release release, route::release(snapshot, serving.production));
    EPHOR_TRY(const auto policies, pinnedPolicies(snapshot, release));
    EPHOR_TRY(const auto rules, runtime::releasedRules(release, policies));
    for (const cedar::Policy& policy : rules->policies().policies()) {
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

}

Result<ListRules::Response> listRules(const policy::TighteningTable& standing, const std::string& environment,
    const store::Snapshot& snapshot, const Call& call)
{
    ListRules::Response response;
    response.rules = policy::standingRules(standing, standing.tightenings());
    EPHOR_TRY(const auto retirements, policy::listRetirements(snapshot));
    for (RuleInfo& rule : response.rules) {
        const auto proposed = std::ranges::find(retirements, rule.definition, &policy::Retirement::rule);
        if (rule.origin != "house" || proposed == retirements.end())
            continue;
        rule.retiring = proposed->byName;
        rule.retiringReason = proposed->reason;
    }
    EPHOR_TRY(const auto serving, route::serving(snapshot));
    for (const route::Serving& each : serving) {
        if (each.environment != environment || each.production.empty())
            continue;
        EPHOR_TRY(const auto agent, definition::get(snapshot, DefinitionKind::Agent, each.agent));
        if (call.holds(Permission::View, {agent.team, environment}))
            EPHOR_TRY_VOID(addReleased(snapshot, each, agent, response.rules));
    }
    return response;
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
