#include "core/change/evaluate/operations.h"

#include "core/api/handlers.h"
#include "core/base/clock.h"
#include "core/change/evaluate/backtest_operation.h"
#include "core/change/evaluate/rule_checks.h"
#include "core/change/evaluate/rule_list.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/cedar/completion.h"
#include "core/trust/identity/known_principal.h"
#include "core/trust/identity/teams.h"
#include "core/trust/policy/rule_info.h"
#include "core/trust/policy/tightening_table.h"
#include "core/trust/policy/tightenings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::evaluate {

namespace {

constexpr cedar::AnnotationHint annotations[] = {
    {"id", "a name of its own in the policy"},
    {"explain", "the sentence people read when it decides"},
    {"reason", "why the rule is there"},
    {"approve", "who must say yes: \"officer\", \"owner\", \"2-of-officers\""},
    {"redact", "what to hide before the call leaves: \"EMAIL, IBAN\""},
    {"stepup", "a fresh sign-in is wanted, and why"},
    {"limit", "at most so many calls: \"5 per 1h\""},
};
/// The first of them, which do not oblige: all that a rule over operations may carry.
constexpr std::size_t operationAnnotations = 3;

Result<CheckPolicy::Response> checkHouseRule(
    const Services& services, const CheckPolicy::Request& request, const cedar::Schema& schema)
{
    const policy::HouseRule rule{request.name, request.body.text, request.body.mode, {}, {}, services.clock.now()};
    CheckPolicy::Response response;
    response.problems = problemsOf(rule, schema);
    const auto parts = policy::houseRulesIn(rule);
    if (!parts)
        return response;
    EPHOR_TRY(response.rules, policy::infosOf(*parts));
    for (RuleInfo& info : response.rules) {
        info.origin = "house";
        info.definition = request.name;
    }
    return response;
}

// The one agent that a draft's rule is for, by the name that people know it by, as the list of rules has it.
Result<void> addAgent(const store::Snapshot& snapshot, const cedar::Policy& policy, RuleInfo& info)
{
    const cedar::ScopeConstraint& who = policy.principal;
    if (who.form != cedar::ScopeConstraint::Form::Equal || who.entity == nullptr
        || who.entity->type.view != policy::agentType)
        return {};
    info.agent = std::string(who.entity->id.view);
    EPHOR_TRY(const auto agent, definition::find(snapshot, DefinitionKind::Agent, info.agent));
    if (agent)
        info.agentTitle = agent->title;
    return {};
}

Result<CheckPolicy::Response> checkPolicy(
    const Services& services, const store::Snapshot& snapshot, const CheckPolicy::Request& request)
{
    EPHOR_TRY(const auto tools, everyTool(snapshot));
    EPHOR_TRY(const auto schema, policy::schemaOf(tools));
    if (request.home == RuleHome::House)
        return checkHouseRule(services, request, *schema);
    CheckPolicy::Response response;
    response.problems = problemsOf(request.body, *schema);
    auto sources = policy::rulesIn(request.body.text, request.name, request.body.mode);
    if (!sources)
        return response;
    EPHOR_TRY(const auto rules, policy::RuleSet::compile(*sources));
    for (const cedar::Policy& policy : rules->policies().policies()) {
        RuleInfo& info = response.rules.emplace_back(policy::infoOf(*rules, policy));
        info.origin = "policy";
        info.definition = request.name;
        EPHOR_TRY_VOID(addAgent(snapshot, policy, info));
    }
    // A case says what the rules do; whether they are only observed yet is another matter.
    CandidateRules candidate;
    candidate.policies.push_back({request.name, request.body});
    candidate.policies.front().body.mode = RuleMode::Enforce;
    const Instant now = services.clock.now();
    response.cases = runCases(
        request.body.cases,
        [&](const std::string& agent) -> Result<AgentRules> {
            EPHOR_TRY(const AgentRules inForce,
                AgentRules::inForce(snapshot, agent, services.environment, services.tightenings.table()));
            return inForce.with(candidate, now);
        },
        now);
    return response;
}

void addCompletions(
    const CompletePolicy::Request& request, const cedar::CompletionSources& sources, CompletePolicy::Response& response)
{
    const cedar::Completions found = cedar::complete(
        request.text, std::size_t(std::min<std::uint64_t>(request.offset, request.text.size())), sources);
    response.from = found.from;
    for (const cedar::Completion& choice : found.choices) {
        PolicyCompletion offered{std::string(cedar::nameOf(choice.kind)), choice.insert, choice.about};
        if (std::ranges::find(response.completions, offered.text, &PolicyCompletion::text)
            == response.completions.end())
            response.completions.push_back(std::move(offered));
    }
}

// A house rule is over calls or over operations, which have words of their own.
Result<void> addOperationCompletions(
    const store::Snapshot& snapshot, const CompletePolicy::Request& request, CompletePolicy::Response& response)
{
    EPHOR_TRY(const auto teams, identity::listTeams(snapshot));
    std::vector<std::string> names;
    for (const Team& team : teams)
        names.push_back(team.name);
    EPHOR_TRY(const auto schema, access::operationSchema());
    EPHOR_TRY(const auto entities, access::operationEntities(names));
    cedar::CompletionSources sources;
    sources.schema = schema.get();
    sources.entities = entities.get();
    sources.annotations = std::span(annotations).first(operationAnnotations);
    addCompletions(request, sources, response);
    return {};
}

Result<CompletePolicy::Response> completePolicy(
    const Services& services, const store::Snapshot& snapshot, const CompletePolicy::Request& request)
{
    EPHOR_TRY(const auto tools, everyTool(snapshot));
    EPHOR_TRY(const auto schema, policy::schemaOf(tools));
    EPHOR_TRY(const auto entities, knownEntities(snapshot, services.environment, tools));
    cedar::CompletionSources sources;
    sources.schema = schema.get();
    sources.entities = entities.get();
    sources.annotations = annotations;
    sources.grammar = cedar::Grammar::Temporal;
    CompletePolicy::Response response;
    addCompletions(request, sources, response);
    if (request.home == RuleHome::House)
        EPHOR_TRY_VOID(addOperationCompletions(snapshot, request, response));
    return response;
}

Verdict shown(const std::optional<policy::PermissionVerdict>& verdict, const std::string& tool)
{
    if (!verdict)
        return {{}, "permission", VerdictWord::Deny, "The agent has no tool \"" + tool + "\".", "default-deny",
            "an administrator, by a change"};
    Verdict shown{{}, "permission", verdict->word, verdict->reason, verdict->rule, verdict->askWhom};
    if (verdict->waits() && verdict->stepUp) {
        shown.word = VerdictWord::Ask;
        shown.reason += " " + policy::stepUpSentence(*verdict->stepUp);
    }
    std::string classes;
    for (const std::string& each : verdict->redact)
        classes += (classes.empty() ? "" : ", ") + each;
    if (verdict->word != VerdictWord::Deny && !classes.empty())
        shown.reason += " It leaves with " + classes + " hidden, or not at all.";
    return shown;
}

Result<TryRules::Response> tryRules(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const TryRules::Request& request)
{
    const Instant now = services.clock.now();
    EPHOR_TRY(AgentRules inForce,
        AgentRules::inForce(snapshot, request.agent, services.environment, services.tightenings.table()));
    EPHOR_TRY_VOID(call.allow({inForce.team(), services.environment}));
    EPHOR_TRY(AgentRules candidate, inForce.with(request.candidate, now));
    Principal requester = somebody(request.person, request.roles, inForce.team(), services.environment);
    if (!request.person.empty() && request.roles.empty()) {
        EPHOR_TRY(requester, identity::knownPrincipal(snapshot, request.person, now));
    }
    AgentRules::Question question;
    question.tool = request.tool;
    const Json arguments = jsonOf(request.input);
    question.arguments = std::make_shared<const Json>(arguments.is_object() ? arguments : Json::object());
    question.at = request.at.value_or(now);
    question.person = request.claimedPerson;
    const auto verdict = candidate.judge(question, requester);
    TryRules::Response response;
    response.verdict = shown(verdict, request.tool);
    response.inForce = shown(inForce.judge(question, requester), request.tool);
    EPHOR_TRY(auto why, candidate.explain(question, requester));
    response.explanation = std::move(why.agent);
    response.requesterExplanation = std::move(why.requester);
    if (verdict) {
        for (const policy::Observed& observed : verdict->observed)
            response.observed.push_back(observed.reason);
    }
    return response;
}

}

void addHandlers(HandlerTable& table, const Services& services)
{
    table.read<ListRules>([services](const store::Snapshot& snapshot, const Call& call, const ListRules::Request&) {
        return listRules(*services.tightenings.table(), services.environment, snapshot, call);
    });
    table.read<CheckPolicy>(
        [services](const store::Snapshot& snapshot, const Call&, const CheckPolicy::Request& request) {
            return checkPolicy(services, snapshot, request);
        });
    table.read<CompletePolicy>(
        [services](const store::Snapshot& snapshot, const Call&, const CompletePolicy::Request& request) {
            return completePolicy(services, snapshot, request);
        });
    table.read<TryRules>([services](const store::Snapshot& snapshot, const Call& call,
                             const TryRules::Request& request) { return tryRules(services, snapshot, call, request); });
    table.disclose<Backtest>(
        [services](const store::Snapshot& snapshot, const Call& call, const Backtest::Request& request, Note& note) {
            return backtest(services, snapshot, call, request, note);
        });
}

}
