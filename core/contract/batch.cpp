#include "core/contract/batch.h"

#include "core/contract/schema.h"
#include "core/contract/template.h"

#include <charconv>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ephor::contract {

namespace {

// Line, column and offset are numbers to a program that reads them.
Json fieldValue(const std::string& name, const std::string& value)
{
    std::uint64_t number = 0;
    const char* const end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, number);
    const bool numeric = name == "line" || name == "column" || name == "offset";
    return numeric && read.ec == std::errc() && read.ptr == end ? Json(number) : Json(value);
}

Json errorAnswer(const Error& error)
{
    Json body = {{"code", error.code}, {"message", error.message}};
    if (!error.hint.empty())
        body["hint"] = error.hint;
    for (const auto& [name, value] : error.fields)
        body[name] = fieldValue(name, value);
    return {{"error", std::move(body)}};
}

std::unexpected<Error> itemFault(std::string message)
{
    return fail(ErrorKind::Invalid, "batch.item", std::move(message), "See docs/formats for the shape of an item.");
}

Result<const Json*> itemMember(const Json& item, const char* name)
{
    if (!item.is_object())
        return itemFault("An item must be a JSON object.");
    const auto found = item.find(name);
    if (found == item.end())
        return itemFault(fmt::format("The item has no member \"{}\".", name));
    return &*found;
}

/// `absent` when the item does not have the member.
Result<bool> itemFlag(const Json& item, const char* name, const bool absent)
{
    const auto found = item.find(name);
    if (found == item.end())
        return absent;
    if (!found->is_boolean())
        return itemFault(fmt::format("The item's member \"{}\" must be true or false.", name));
    return found->get<bool>();
}

Result<Json> checkSchema(const Json& item)
{
    EPHOR_TRY(const Json* document, itemMember(item, "schema"));
    EPHOR_TRY(const Json* instance, itemMember(item, "instance"));
    EPHOR_TRY(const bool assertFormat, itemFlag(item, "format", false));
    SchemaRegistry remotes;
    if (const auto given = item.find("remotes"); given != item.end()) {
        if (!given->is_object())
            return itemFault("The item's member \"remotes\" must be an object of schemas.");
        for (const auto& [uri, remote] : given->get_ref<const Json::object_t&>())
            EPHOR_TRY_VOID(remotes.add(uri, remote));
    }
    SchemaOptions options;
    options.format = assertFormat ? Format::Assert : Format::Annotate;
    options.remotes = &remotes;
    EPHOR_TRY(const Schema schema, Schema::compile(*document, options));
    const Validation validation = schema.validate(*instance);
    if (validation.undecided)
        return fail(*validation.undecided);
    Json errors = Json::array();
    for (const Violation& violation : validation.errors)
        errors.push_back({{"instancePath", violation.instancePath}, {"schemaPath", violation.schemaPath},
            {"keyword", violation.keyword}, {"message", violation.message}});
    return Json{{"valid", validation.valid}, {"errors", std::move(errors)}};
}

Result<Partials> itemPartials(const Json& item)
{
    Partials partials;
    const auto given = item.find("partials");
    if (given == item.end() || given->is_null())
        return partials;
    if (!given->is_object())
        return itemFault("The item's member \"partials\" must be an object of texts.");
    for (const auto& [name, text] : given->get_ref<const Json::object_t&>()) {
        if (!text.is_string())
            return itemFault("The item's member \"partials\" must be an object of texts.");
        auto partial = Template::parse(text.get_ref<const std::string&>());
        if (!partial)
            return fail(std::move(partial.error()).with("partial", name));
        partials.emplace(name, std::move(*partial));
    }
    return partials;
}

Result<Json> renderTemplate(const Json& item)
{
    EPHOR_TRY(const Json* text, itemMember(item, "template"));
    if (!text->is_string())
        return itemFault("The item's member \"template\" must be a text.");
    RenderOptions options;
    EPHOR_TRY(const bool strict, itemFlag(item, "strict", true));
    options.undefined = strict ? Undefined::Refuse : Undefined::Empty;
    if (const auto escape = item.find("escape"); escape != item.end() && !escape->is_null()) {
        if (*escape == "html")
            options.escape = Escape::Html;
        else if (*escape != "none")
            return itemFault("The item's member \"escape\" must be \"html\" or \"none\".");
    }
    EPHOR_TRY(const Template parsed, Template::parse(text->get_ref<const std::string&>()));
    EPHOR_TRY(const Partials partials, itemPartials(item));
    const auto data = item.find("data");
    EPHOR_TRY(std::string rendered, parsed.render(data == item.end() ? Json::object() : *data, partials, options));
    return Json{{"text", std::move(rendered)}};
}

template <class Work> Json answerItem(const Json& item, Work work)
{
    try {
        auto answer = work(item);
        return answer ? std::move(*answer) : errorAnswer(answer.error());
    } catch (const std::exception& fault) {
        return errorAnswer(Error(ErrorKind::Internal, "batch.internal", fault.what()));
    }
}

}

Json checkSchemaItem(const Json& item)
{
    return answerItem(item, checkSchema);
}

Json renderTemplateItem(const Json& item)
{
    return answerItem(item, renderTemplate);
}

}
