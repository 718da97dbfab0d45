#include "core/trust/cedar/batch_item.h"
#include "core/trust/cedar/explain.h"

#include <nlohmann/json.hpp>

namespace ephor::cedar {

namespace {

std::string_view nameOfStanding(Standing standing)
{
    switch (standing) {
    case Standing::Satisfied:
        return "satisfied";
    case Standing::ScopeMissed:
        return "scope";
    case Standing::ConditionFailed:
        return "condition";
    case Standing::Erred:
        return "error";
    }
    return "error";
}

std::string_view nameOfChange(ProposedChange::Kind kind)
{
    switch (kind) {
    case ProposedChange::Kind::Set:
        return "set";
    case ProposedChange::Kind::Remove:
        return "remove";
    case ProposedChange::Kind::Join:
        return "join";
    case ProposedChange::Kind::Leave:
        return "leave";
    case ProposedChange::Kind::Replace:
        return "replace";
    }
    return "set";
}

std::string_view nameOfDecision(Decision decision)
{
    return decision == Decision::Allow ? "allow" : "deny";
}

Json valuesJson(const std::vector<NamedValue>& values)
{
    Json list = Json::array();
    for (const NamedValue& named : values) {
        Json one = {{"text", named.text}};
        one[named.problem.empty() ? "value" : "problem"] = named.problem.empty() ? named.value : named.problem;
        list.push_back(std::move(one));
    }
    return list;
}

Json scopeJson(const ScopeFinding& part)
{
    Json json = {{"part", part.part}, {"wanted", part.wanted}, {"entity", part.entity}, {"holds", part.holds}};
    if (!part.path.empty())
        json["path"] = part.path;
    if (!part.memberOf.empty())
        json["memberOf"] = part.memberOf;
    return json;
}

Json conditionJson(const ConditionFinding& condition)
{
    Json json = {{"text", condition.text}, {"atom", condition.atom}, {"values", valuesJson(condition.values)},
        {"line", condition.line}, {"column", condition.column}};
    if (condition.error.empty())
        json["held"] = condition.held;
    else
        json["error"] = condition.error;
    return json;
}

Json policyFindingJson(const PolicyFinding& policy)
{
    Json scope = Json::array();
    for (const ScopeFinding& part : policy.scope)
        scope.push_back(scopeJson(part));
    Json json = {{"id", policy.id}, {"effect", policy.effect == Effect::Permit ? "permit" : "forbid"},
        {"standing", nameOfStanding(policy.standing)}, {"text", policy.text}, {"line", policy.line},
        {"scope", std::move(scope)}};
    if (!policy.reason.empty())
        json["reason"] = policy.reason;
    if (policy.condition)
        json["condition"] = conditionJson(*policy.condition);
    if (!policy.values.empty())
        json["values"] = valuesJson(policy.values);
    return json;
}

Json changeJson(const ProposedChange& change)
{
    Json json = {{"change", nameOfChange(change.kind)}, {"subject", change.subject}};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            json[name] = value;
    };
    add("from", change.from);
    add("to", change.to);
    add("wanted", change.wanted);
    return json;
}

Json policyFindingsJson(const std::vector<PolicyFinding>& policies)
{
    Json list = Json::array();
    for (const PolicyFinding& policy : policies)
        list.push_back(policyFindingJson(policy));
    return list;
}

Result<Json> explainItem(const Json& item, const SessionDialect* dialect)
{
    EPHOR_TRY(const std::shared_ptr<const PolicySet> policies,
        batch::policiesOf(item, "policies", batch::grammarOf(dialect)));
    EPHOR_TRY(const std::shared_ptr<const Schema> schema, batch::schemaOf(item));
    EPHOR_TRY(const Mode mode, batch::modeOf(item));
    EPHOR_TRY(const std::shared_ptr<const Entities> entities, batch::entitiesOf(item, schema.get()));
    EPHOR_TRY(const Request request, batch::requestOf(item, schema.get()));
    EPHOR_TRY(const batch::RulesAndEvents rules, batch::withEvents(policies, entities, mode, item, dialect));
    EPHOR_TRY(const std::unique_ptr<const History> history, rules.historyFor(item["request"]));
    Json answer = toJson(explain(*rules.policies, *entities, request, mode, history.get()));
    batch::tellWanting(answer, rules);
    return answer;
}

}

Json toJson(const Explanation& explanation)
{
    Json errors = Json::array();
    for (const ErrorFinding& error : explanation.errors)
        errors.push_back(
            {{"policy", error.policy}, {"message", error.message}, {"line", error.line}, {"column", error.column}});
    Json json = {{"decision", nameOfDecision(explanation.decision)}, {"sentence", explanation.sentence},
        {"determining", policyFindingsJson(explanation.determining)}, {"near", policyFindingsJson(explanation.near)},
        {"errors", std::move(errors)}, {"flip", nullptr}};
    if (explanation.flip) {
        Json changes = Json::array();
        for (const ProposedChange& change : explanation.flip->changes)
            changes.push_back(changeJson(change));
        json["flip"] = {{"decision", nameOfDecision(explanation.flip->decision)}, {"changes", std::move(changes)},
            {"sentence", explanation.flip->sentence}};
    }
    return json;
}

Json explainPolicyItem(const Json& item, const SessionDialect* dialect)
{
    return batch::answered([dialect](const Json& each) { return explainItem(each, dialect); }, item);
}

}
