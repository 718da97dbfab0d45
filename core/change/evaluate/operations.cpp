#include "core/change/evaluate/operations.h"

#include "core/api/handlers.h"
#include "core/base/clock.h"
#include "core/change/evaluate/backtest_operation.h"
#include "core/change/evaluate/rule_checks.h"
#include "core/change/evaluate/rule_list.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "core/trust/cedar/completion.h"
#include "core/trust/identity/known_principal.h"
#include "core/trust/policy/rule_info.h"
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

Result<CheckPolicy::Response> checkPolicy(
    const Services& services, const store::Snapshot& snapshot, const CheckPolicy::Request& request)
{
    EPHOR_TRY(const auto tools, everyTool(snapshot));
    EPHOR_TRY(const auto schema, policy::schemaOf(tools));
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
    const cedar::Completions found = cedar::complete(
        request.text, std::size_t(std::min<std::uint64_t>(request.offset, request.text.size())), sources);
    CompletePolicy::Response response;
    response.from = found.from;
    for (const cedar::Completion& choice : found.choices)
        response.completions.push_back({std::string(cedar::nameOf(choice.kind)), choice.insert, choice.about});
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
