#include "core/trust/cedar/batch.h"

#include "core/base/text.h"
#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/schema.h"
#include "core/trust/cedar/validator.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace ephor::cedar {

namespace {

using SchemaPointer = std::shared_ptr<const Schema>;

std::unexpected<Error> itemFault(std::string message)
{
    return fail(ErrorKind::Invalid, "batch.item", std::move(message), "See docs/formats for the shape of an item.");
}

// Places are numbers to a program that reads them.
Json fieldJson(const std::string& name, const std::string& value)
{
    std::uint64_t number = 0;
    const char* const end = value.data() + value.size();
    const bool place = name == "line" || name == "column" || name == "entities";
    const auto read = std::from_chars(value.data(), end, number);
    return place && read.ec == std::errc() && read.ptr == end ? Json(number) : Json(value);
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

Result<std::shared_ptr<const PolicySet>> policiesOf(const Json& item)
{
    const auto given = item.find("policies");
    if (given == item.end())
        return itemFault("The item has no member \"policies\".");
    std::shared_ptr<const PolicySet> set;
    if (given->is_string()) {
        EPHOR_TRY(set, PolicySet::fromText(given->get_ref<const std::string&>()));
    } else if (given->is_object()) {
        std::vector<PolicySource> sources;
        for (const auto& [id, text] : given->get_ref<const Json::object_t&>()) {
            if (!text.is_string())
                return itemFault("The member \"policies\" is a text, or an object of texts.");
            sources.push_back({id, text.get<std::string>()});
        }
        EPHOR_TRY(set, PolicySet::fromPolicies(sources));
    } else {
        return itemFault("The member \"policies\" is a text, or an object of texts.");
    }
    if (!set->templates().empty())
        return fail(Error(ErrorKind::Invalid, "cedar.template", "A template decides nothing until it is linked.")
                .with("policy", std::string(set->templates().front().id)));
    return set;
}

Result<SchemaPointer> schemaOf(const Json& item)
{
    const auto given = item.find("schema");
    if (given == item.end() || given->is_null())
        return SchemaPointer();
    return given->is_string() ? Schema::fromText(given->get_ref<const std::string&>()) : Schema::fromJson(*given);
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

Json errorJson(const PolicyError& error)
{
    const TextPosition position = positionAt(error.policy->source, error.offset);
    return {
        {"policy", error.policy->id}, {"message", error.message}, {"line", position.line}, {"column", position.column}};
}

Json verdictJson(const Verdict& verdict)
{
    Json reasons = Json::array();
    for (const Policy* policy : verdict.reasons)
        reasons.push_back(policy->id);
    Json errors = Json::array();
    for (const PolicyError& error : verdict.errors)
        errors.push_back(errorJson(error));
    return {{"decision", verdict.decision == Decision::Allow ? "allow" : "deny"}, {"reasons", std::move(reasons)},
        {"errors", std::move(errors)}};
}

Json findingsJson(const std::vector<Finding>& findings)
{
    Json list = Json::array();
    for (const Finding& finding : findings) {
        const TextPosition position = positionAt(finding.policy->source, finding.offset);
        list.push_back({{"policy", finding.policy->id}, {"code", finding.code}, {"message", finding.message},
            {"line", position.line}, {"column", position.column}});
    }
    return list;
}

Result<bool> wantsValidation(const Json& item)
{
    const auto given = item.find("validate");
    if (given == item.end())
        return false;
    if (!given->is_boolean())
        return itemFault("The member \"validate\" is true or false.");
    return given->get<bool>();
}

Result<Json> checkItem(const Json& item)
{
    if (!item.is_object())
        return itemFault("An item is a JSON object.");
    EPHOR_TRY(const std::shared_ptr<const PolicySet> policies, policiesOf(item));
    EPHOR_TRY(const SchemaPointer schema, schemaOf(item));
    EPHOR_TRY(const Mode mode, modeOf(item));
    EPHOR_TRY(const bool validates, wantsValidation(item));
    if (validates && schema == nullptr)
        return itemFault("Validation wants the member \"schema\".");
    const auto list = item.find("entities");
    EPHOR_TRY(const std::shared_ptr<const Entities> entities,
        Entities::fromJson(list == item.end() ? Json::array() : *list, schema.get()));
    const auto asked = item.find("request");
    if (asked == item.end())
        return itemFault("The item has no member \"request\".");
    EPHOR_TRY(const Request request, Request::fromJson(*asked, schema.get()));
    Json answer = verdictJson(decide(*policies, *entities, request, mode));
    if (validates) {
        const Validation validation = validate(*policies, *schema);
        answer["valid"] = validation.valid();
        answer["findings"] = findingsJson(validation.errors);
        answer["warnings"] = findingsJson(validation.warnings);
    }
    return answer;
}

}

Json checkPolicyItem(const Json& item)
{
    try {
        auto answer = checkItem(item);
        return answer ? std::move(*answer) : errorAnswer(answer.error());
    } catch (const std::exception& fault) {
        return errorAnswer(Error(ErrorKind::Internal, "batch.internal", fault.what()));
    }
}

}
