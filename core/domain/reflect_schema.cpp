#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor {

namespace {

Json orNull(Json schema)
{
    if (schema.contains("type") && schema["type"].is_string()) {
        schema["type"] = Json::array({schema["type"], "null"});
        if (schema.contains("enum"))
            schema["enum"].push_back(nullptr);
        return schema;
    }
    return schema.empty() ? schema : Json{{"anyOf", Json::array({schema, {{"type", "null"}}})}};
}

Json objectSchema(const Type& type)
{
    Json properties = Json::object();
    Json required = Json::array();
    const void* const fresh = type.fresh();
    for (const Member& member : type.members) {
        const Type& inner = member.type();
        const bool needed = inner.kind == TypeKind::Text && inner.readText(member.read(fresh)).size() < inner.minimum;
        properties[std::string(member.name)] = needed ? schemaOf(inner) : orNull(schemaOf(inner));
        if (needed)
            required.push_back(member.name);
    }
    Json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty())
        schema["required"] = std::move(required);
    return schema;
}

Json textSchema(const Type& type)
{
    // JSON Schema counts code points and Ephor bytes: every text within the byte limit is within this one too.
    Json schema{{"type", "string"}, {"maxLength", type.maximum}};
    if (type.minimum > 0)
        schema["minLength"] = 1;
    if (type.secret)
        schema["writeOnly"] = true;
    return schema;
}

}

Json schemaOf(const Type& type)
{
    switch (type.kind) {
    case TypeKind::Boolean:
        return {{"type", "boolean"}};
    case TypeKind::Integer:
        return {{"type", "integer"}};
    case TypeKind::Unsigned:
        return {{"type", "integer"}, {"minimum", 0}};
    case TypeKind::Number:
        return {{"type", "number"}};
    case TypeKind::Text:
        return textSchema(type);
    case TypeKind::Enumeration:
        return {{"type", "string"}, {"enum", Json(std::vector<std::string>(type.words.begin(), type.words.end()))}};
    case TypeKind::Instant:
        return {{"type", "string"}, {"format", "date-time"}};
    case TypeKind::Money:
        return {{"type", "string"}, {"pattern", "^-?[0-9]{1,10}(\\.[0-9]{1,9})?$"}};
    case TypeKind::Document:
        return Json::object();
    case TypeKind::Optional:
        return orNull(schemaOf(type.element()));
    case TypeKind::List:
        return {{"type", "array"}, {"items", schemaOf(type.element())}, {"maxItems", type.maximum}};
    case TypeKind::Map:
        return {
            {"type", "object"}, {"additionalProperties", schemaOf(type.element())}, {"maxProperties", type.maximum}};
    case TypeKind::Object:
        return objectSchema(type);
    }
    return {};
}

}
