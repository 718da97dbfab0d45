#include "ui/screens/policies/argument_fields.h"

#include "core/base/json.h"
#include "core/domain/reflect.h"
#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::ui::policies {

namespace {

struct ArgumentWords {
    Q_DECLARE_TR_FUNCTIONS(ArgumentWords)
};

QString textMember(const Json& schema, const char* name)
{
    return schema.contains(name) && schema[name].is_string() ? text(schema[name].get<std::string>()) : QString();
}

ArgumentField::Kind kindOfSchema(const Json& schema)
{
    using Kind = ArgumentField::Kind;
    const QString type = textMember(schema, "type");
    if (type == QStringLiteral("integer"))
        return Kind::integer;
    if (type == QStringLiteral("number"))
        return Kind::number;
    if (type == QStringLiteral("boolean"))
        return Kind::truth;
    return type == QStringLiteral("string") ? Kind::text : Kind::json;
}

ArgumentField fieldOf(const std::string& name, const Json& schema)
{
    ArgumentField field;
    field.name = text(name);
    field.kind = kindOfSchema(schema);
    field.about = textMember(schema, "description");
    const auto choices = schema.find("enum");
    if (choices == schema.end() || !choices->is_array() || field.kind != ArgumentField::Kind::text)
        return field;
    for (const Json& choice : *choices) {
        if (choice.is_string())
            field.choices << text(choice.get<std::string>());
    }
    field.kind = ArgumentField::Kind::choice;
    return field;
}

// Nothing where the words are no value of the kind.
std::optional<Json> valueOf(const ArgumentField& field, const QString& words)
{
    bool isNumber = false;
    switch (field.kind) {
    case ArgumentField::Kind::text:
    case ArgumentField::Kind::choice:
        return Json(utf8(words));
    case ArgumentField::Kind::integer: {
        const qlonglong whole = words.trimmed().toLongLong(&isNumber);
        return isNumber ? std::optional(Json(whole)) : std::nullopt;
    }
    case ArgumentField::Kind::number: {
        // By the JSON reader, so that 0.10 and 1e3 mean what they mean on the wire.
        words.trimmed().toDouble(&isNumber);
        const auto read = parseJson(utf8(words.trimmed()));
        return isNumber && read && read->is_number() ? std::optional(*read) : std::nullopt;
    }
    case ArgumentField::Kind::truth:
        return Json(words == QStringLiteral("true"));
    case ArgumentField::Kind::json:
        break;
    }
    const auto read = parseJson(utf8(words));
    return read ? std::optional(*read) : std::nullopt;
}

}

std::vector<ArgumentField> argumentFields(const Document& schema)
{
    std::vector<ArgumentField> fields;
    const auto json = parseJson(schema.text);
    if (!json || !json->is_object() || !json->contains("properties") || !(*json)["properties"].is_object())
        return fields;
    std::vector<std::string> required;
    if (json->contains("required") && (*json)["required"].is_array()) {
        for (const Json& name : (*json)["required"]) {
            if (name.is_string())
                required.push_back(name.get<std::string>());
        }
    }
    for (const auto& [name, member] : (*json)["properties"].items()) {
        fields.push_back(fieldOf(name, member));
        fields.back().required = std::ranges::find(required, name) != required.end();
    }
    std::ranges::stable_partition(fields, &ArgumentField::required);
    return fields;
}

std::optional<Document> argumentsFrom(
    const std::vector<ArgumentField>& fields, const ArgumentTexts& texts, QString& problem)
{
    Json json = Json::object();
    for (const ArgumentField& field : fields) {
        const auto found = texts.find(field.name);
        if (found == texts.end() || found->second.isEmpty())
            continue;
        auto value = valueOf(field, found->second);
        if (!value) {
            problem = field.kind == ArgumentField::Kind::json
                ? ArgumentWords::tr("%1 is no JSON.").arg(field.name)
                : ArgumentWords::tr("%1 is no number of its kind.").arg(field.name);
            return std::nullopt;
        }
        json[utf8(field.name)] = std::move(*value);
    }
    return documentOf(json);
}

ArgumentTexts argumentTexts(const std::vector<ArgumentField>& fields, const Document& input)
{
    ArgumentTexts texts;
    const auto json = parseJson(input.text.empty() ? "{}" : input.text);
    if (!json || !json->is_object())
        return texts;
    for (const ArgumentField& field : fields) {
        const auto found = json->find(utf8(field.name));
        if (found != json->end())
            texts[field.name] = found->is_string() && field.kind != ArgumentField::Kind::json
                ? text(found->get<std::string>())
                : text(compactJson(*found));
    }
    return texts;
}

bool fieldsHold(const std::vector<ArgumentField>& fields, const Document& input)
{
    const auto json = parseJson(input.text.empty() ? "{}" : input.text);
    if (!json || !json->is_object())
        return false;
    for (const auto& [name, value] : json->items()) {
        if (std::ranges::find(fields, text(name), &ArgumentField::name) == fields.end())
            return false;
    }
    return true;
}

}
