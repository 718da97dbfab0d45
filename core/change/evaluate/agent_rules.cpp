#include "core/change/evaluate/agent_rules.h"

#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "core/trust/policy/call_explanation.h"
#include "core/trust/policy/grant_policy.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::evaluate {

namespace {

constexpr std::string_view draftName = "draft";
constexpr std::size_t mostSessions = 4'096;

Error about(Error error, std::string_view what, const std::string& name)
{
    error.fields.emplace_back(std::string(what), name);
    return error;
}

const Json& noArguments()
{
    static const Json none = Json::object();
    return none;
}

// Whom the rules judge is more than an id: roles may differ between two questions.
std::string keyOf(const Principal& requester)
{
    std::string key = requester.id;
    for (const RoleGrant& grant : requester.roles)
        key += "|" + grant.team + "/" + grant.environment + "/" + wordOf(grant.role);
    return key;
}

void replaceGrants(Release& release, const CandidateRules& candidate)
{
    for (const GrantRule& grant : candidate.grants) {
        if (grant.agent != release.agent)
            continue;
        std::erase_if(release.grants, [&](const GrantRule& rule) { return rule.tool == grant.tool; });
        if (grant.access != Access::None)
            release.grants.push_back(grant);
    }
}

void replacePolicies(runtime::PlanSources& sources, const CandidateRules& candidate)
{
    for (const DraftPolicy& draft : candidate.policies) {
        const auto known = std::ranges::find(
            sources.policies, std::string(draft.name), [](const auto& named) { return named.first; });
        if (known != sources.policies.end())
            known->second = draft.body;
        else
            sources.policies.emplace_back(draft.name, draft.body);
    }
}

}

Result<AgentRules> AgentRules::inForce(const store::Snapshot& snapshot, const std::string& agent,
    const std::string& environment, std::shared_ptr<const policy::TighteningTable> standing)
{
    EPHOR_TRY(const auto serving, route::servingOf(snapshot, agent, environment));
    if (!serving || serving->production.empty())
        return fail(Error(ErrorKind::NotFound, "agent.unreleased", "The agent has no release in production.",
            "Release it by a change.")
                .with("agent", agent));
    EPHOR_TRY(const Release release, route::release(snapshot, serving->production));
    return ofRelease(snapshot, release, environment, std::move(standing));
}

Result<AgentRules> AgentRules::ofRelease(const store::Snapshot& snapshot, const Release& release,
    const std::string& environment, std::shared_ptr<const policy::TighteningTable> standing)
{
    EPHOR_TRY(auto sources, runtime::readSources(snapshot, release));
    return of(std::move(sources), environment, std::move(standing));
}

Result<AgentRules> AgentRules::of(
    runtime::PlanSources sources, std::string environment, std::shared_ptr<const policy::TighteningTable> standing)
{
    AgentRules rules;
    EPHOR_TRY(rules.m_released, runtime::releasedRules(sources.release, sources.policies));
    for (std::size_t i = 0; i < sources.tools.size(); ++i) {
        const auto& [name, body] = sources.tools[i];
        rules.m_words.push_back(policy::toolWords(name, sources.toolTeams[i], body));
        rules.m_shapes.push_back(policy::ArgumentShape::of(jsonOf(body.input)));
        rules.m_outputShapes.push_back(policy::ArgumentShape::of(jsonOf(body.output)));
    }
    rules.m_sources = std::make_shared<const runtime::PlanSources>(std::move(sources));
    rules.m_environment = std::move(environment);
    rules.m_standing = std::move(standing);
    return rules;
}

Result<AgentRules> AgentRules::with(const CandidateRules& candidate, Instant now) const
{
    runtime::PlanSources sources = *m_sources;
    replaceGrants(sources.release, candidate);
    auto grants = policy::policiesOf(sources.release.grants);
    if (!grants)
        return fail(about(std::move(grants).error(), "grant", sources.release.agent));
    for (const PolicyText& other : sources.release.policies) {
        if (!policy::isGrant(other.id))
            grants->push_back(other);
    }
    sources.release.policies = std::move(*grants);
    replacePolicies(sources, candidate);
    std::shared_ptr<const policy::TighteningTable> standing = m_standing;
    if (!candidate.houseRule.empty()) {
        policy::HouseRule rule{std::string(draftName), candidate.houseRule, RuleMode::Enforce, {}, {}, now};
        auto read = policy::houseRulesIn(rule);
        if (!read)
            return fail(about(std::move(read).error(), "policy", rule.name));
        std::vector<policy::HouseRule> house(m_standing->houseRules().begin(), m_standing->houseRules().end());
        std::erase_if(house, [](const policy::HouseRule& each) { return each.name == draftName; });
        house.push_back(std::move(rule));
        standing = std::make_shared<const policy::TighteningTable>(m_standing->tightenings(), house);
    }
    return of(std::move(sources), m_environment, std::move(standing));
}

std::optional<std::size_t> AgentRules::placeOf(const std::string& tool) const
{
    const auto found = std::ranges::find(m_words, tool, &policy::ToolWords::name);
    return found == m_words.end() ? std::nullopt : std::optional(std::size_t(found - m_words.begin()));
}

Result<std::shared_ptr<const cedar::Entities>> AgentRules::entities(const Principal& requester)
{
    std::shared_ptr<const cedar::Entities>& known = m_entities[keyOf(requester)];
    if (!known) {
        EPHOR_TRY(known, policy::entitiesOf({release().agent, team(), m_environment, requester, m_words}));
    }
    return known;
}

policy::CallFacts AgentRules::factsOf(
    const Question& question, const Principal& requester, std::size_t place, const cedar::Entities& entities) const
{
    return {entities, release().agent, requester, m_words[place], m_shapes[place],
        question.arguments ? *question.arguments : noArguments(), question.at, m_environment, question.conversation,
        question.person, question.run, question.toolCalls};
}

std::optional<policy::PermissionVerdict> AgentRules::judge(const Question& question, const Principal& requester)
{
    const auto place = placeOf(question.tool);
    if (!place)
        return std::nullopt;
    const auto known = entities(requester);
    if (!known) {
        policy::PermissionVerdict closed;
        closed.rule = "policy-error";
        closed.reason = "The rules could not be asked: " + known.error().message;
        return closed;
    }
    const policy::RulesInForce rules{*m_released, m_standing->rules()};
    const policy::CallFacts facts = factsOf(question, requester, *place, **known);
    if (!rules.released.temporal() && !rules.standing.temporal())
        return policy::judge(rules, facts);
    policy::CallHistory& history = historyOf(question);
    const std::string call = question.run + "/" + question.call;
    const auto approved = question.answeredAt ? policy::Approved::Yes : policy::Approved::NotYet;
    auto verdict = history.judge(rules, facts, call, approved, [] { return std::vector<policy::PastEvent>(); });
    if (question.answeredAt && verdict.word != VerdictWord::Deny) {
        policy::CallFacts later = facts;
        later.now = *question.answeredAt;
        const policy::CallAnswer answer{question.answer ? *question.answer : noArguments(), m_outputShapes[*place]};
        history.answered(later, call, question.answer ? &answer : nullptr);
    }
    return verdict;
}

bool AgentRules::asksSessions() const
{
    return m_released->temporal() || m_standing->rules().temporal();
}

policy::CallHistory& AgentRules::historyOf(const Question& question)
{
    // Rules look back a day; what is older than that need not be remembered.
    if (m_sessions.size() >= mostSessions)
        std::erase_if(m_sessions, [&](const auto& each) { return each.second.last < question.at - sessionLookback; });
    Session& session
        = m_sessions[question.conversation.empty() ? "run:" + question.run : "conversation:" + question.conversation];
    if (!session.history)
        session.history = std::make_shared<policy::CallHistory>();
    session.last = question.at;
    return *session.history;
}

Result<AgentRules::Why> AgentRules::explain(const Question& question, const Principal& requester)
{
    Why why;
    const auto place = placeOf(question.tool);
    if (!place)
        return why;
    EPHOR_TRY(const auto known, entities(requester));
    EPHOR_TRY(auto explained,
        policy::explainCall({*m_released, m_standing->rules()}, factsOf(question, requester, *place, *known),
            [] { return std::vector<policy::PastEvent>(); }));
    why.agent = std::move(explained.agent);
    why.requester = std::move(explained.requester);
    return why;
}

}
