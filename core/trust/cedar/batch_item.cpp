#include "core/trust/cedar/batch_item.h"

#include "core/trust/cedar/position_reader.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace ephor::cedar::batch {

namespace {

// Places are numbers to a program that reads them.
Json fieldJson(const std::string& name, const std::string& value)
{
    std::uint64_t number = 0;
    const char* const end = value.data() + value.size();
    const bool place
        = name == "line" || name == "column" || name == "entities" || name == "requests" || name == "event";
    const auto read = std::from_chars(value.data(), end, number);
    return place && read.ec == std::errc() && read.ptr == end ? Json(number) : Json(value);
}

Json errorJson(const PolicyError& error, PositionReader& positions)
{
    const TextPosition position = positions.at(error.policy->source, error.offset);
    return {
        {"policy", error.policy->id}, {"message", error.message}, {"line", position.line}, {"column", position.column}};
}

}

std::unexpected<Error> itemFault(std::string message)
{
    return fail(ErrorKind::Invalid, "batch.item", std::move(message), "See docs/formats for the shape of an item.");
}

Json errorAnswer(const Error& error)
{
    Json body = {{"code", error.code}, {"message", error.message}};
    if (!error.hint.empty())
        body["hint"] = error.hint;
    for (const auto& [name, value] : error.fields)
        body[name] = fieldJson(name, value);
    return {{"error", std::move(body)}};
}

Json answered(const std::function<Result<Json>(const Json& item)>& verb, const Json& item)
{
    try {
        if (!item.is_object())
            return errorAnswer(itemFault("An item is a JSON object.").error());
        auto answer = verb(item);
        return answer ? std::move(*answer) : errorAnswer(answer.error());
    } catch (const std::exception& fault) {
        return errorAnswer(Error(ErrorKind::Internal, "batch.internal", fault.what()));
    }
}

Result<std::shared_ptr<const PolicySet>> policiesOf(const Json& item, const char* member, Grammar grammar)
{
    const std::string name = "\"" + std::string(member) + "\"";
    const auto given = item.find(member);
    if (given == item.end())
        return itemFault("The item has no member " + name + ".");
    std::shared_ptr<const PolicySet> set;
    if (given->is_string()) {
        EPHOR_TRY(set, PolicySet::fromText(given->get_ref<const std::string&>(), {}, grammar));
    } else if (given->is_object()) {
        std::vector<PolicySource> sources;
        for (const auto& [id, text] : given->get_ref<const Json::object_t&>()) {
            if (!text.is_string())
                return itemFault("The member " + name + " is a text, or an object of texts.");
            sources.push_back({id, text.get<std::string>()});
        }
        EPHOR_TRY(set, PolicySet::fromPolicies(sources, {}, grammar));
    } else {
        return itemFault("The member " + name + " is a text, or an object of texts.");
    }
    if (!set->templates().empty())
        return fail(Error(ErrorKind::Invalid, "cedar.template", "A template decides nothing until it is linked.")
                .with("policy", std::string(set->templates().front().id)));
    return set;
}

Grammar grammarOf(const SessionDialect* dialect)
{
    return dialect == nullptr ? Grammar::Cedar : Grammar::Temporal;
}

Result<std::unique_ptr<const History>> RulesAndEvents::historyFor(const Json& request) const
{
    return events == nullptr ? Result<std::unique_ptr<const History>>(nullptr) : events->before(request);
}

Result<RulesAndEvents> withEvents(std::shared_ptr<const PolicySet> policies, std::shared_ptr<const Entities> entities,
    Mode mode, const Json& item, const SessionDialect* dialect)
{
    RulesAndEvents rules;
    rules.policies = std::move(policies);
    if (dialect == nullptr)
        return rules;
    const auto given = item.find("events");
    if (given != item.end()) {
        if (!given->is_array())
            return itemFault("The member \"events\" is a list.");
        EPHOR_TRY(rules.policies, dialect->complete(std::move(rules.policies)));
        EPHOR_TRY(rules.events, dialect->read(rules.policies, std::move(entities), mode, *given));
        return rules;
    }
    for (const Policy& policy : rules.policies->policies()) {
        if (std::ranges::any_of(policy.conditions, &Condition::temporal) || policy.annotation("limit") != nullptr)
            rules.wanting.emplace_back(policy.id);
    }
    return rules;
}

void tellWanting(Json& answer, const RulesAndEvents& rules)
{
    if (!rules.wanting.empty())
        answer["needsEvents"] = rules.wanting;
}

Result<std::shared_ptr<const Schema>> schemaOf(const Json& item)
{
    const auto given = item.find("schema");
    if (given == item.end() || given->is_null())
        return std::shared_ptr<const Schema>();
    return given->is_string() ? Schema::fromText(given->get_ref<const std::string&>()) : Schema::fromJson(*given);
}

Result<std::shared_ptr<const Entities>> entitiesOf(const Json& item, const Schema* schema)
{
    const auto list = item.find("entities");
    return Entities::fromJson(list == item.end() ? Json::array() : *list, schema);
}

Result<Request> requestOf(const Json& item, const Schema* schema)
{
    const auto asked = item.find("request");
    if (asked == item.end())
        return itemFault("The item has no member \"request\".");
    return Request::fromJson(*asked, schema);
}

Result<Mode> modeOf(const Json& item)
{
    const auto given = item.find("mode");
    if (given == item.end() || *given == "ephor")
        return Mode::Ephor;
    if (*given == "cedar")
        return Mode::Cedar;
    return itemFault("The member \"mode\" is \"cedar\" or \"ephor\".");
}

Json verdictJson(const Verdict& verdict)
{
    Json reasons = Json::array();
    for (const Policy* policy : verdict.reasons)
        reasons.push_back(policy->id);
    Json errors = Json::array();
    PositionReader positions;
    for (const PolicyError& error : verdict.errors)
        errors.push_back(errorJson(error, positions));
    return {{"decision", verdict.decision == Decision::Allow ? "allow" : "deny"}, {"reasons", std::move(reasons)},
        {"errors", std::move(errors)}};
}

}
