#include "core/trust/policy/argument_shape.h"

#include "core/base/json.h"
#include "core/trust/cedar/decimal.h"
#include "core/trust/cedar/value_builder.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace ephor::policy {

namespace {

// Deeper arguments exist, but nobody writes a rule about them.
constexpr int deepestArgument = 8;
constexpr std::size_t mostMembers = 256;
// A set of more values than this costs a verdict more than its budget.
constexpr std::size_t largestSet = 1'000;

bool decimalOf(const Json& json, cedar::Value& value)
{
    if (!json.is_number())
        return false;
    std::string text = json.is_number_float() ? ecmaNumber(json.get<double>()) : json.dump();
    if (text.find('.') == std::string::npos)
        text += ".0";
    const auto read = cedar::readDecimal(text);
    if (!read)
        return false;
    value = cedar::Value(*read, cedar::Kind::Decimal);
    return true;
}

bool longOf(const Json& json, cedar::Value& value)
{
    // 3.0 is an integer to JSON Schema; beyond 2^53 a double is not exact any more.
    constexpr double exact = 9'007'199'254'740'992.0;
    if (json.is_number_float()) {
        const double number = json.get<double>();
        if (std::trunc(number) != number || std::abs(number) > exact)
            return false;
        value = cedar::Value(std::int64_t(number));
        return true;
    }
    if (!json.is_number_integer()
        || (json.is_number_unsigned() && json.get<std::uint64_t>() > std::uint64_t(INT64_MAX)))
        return false;
    value = cedar::Value(json.get<std::int64_t>());
    return true;
}

}

ArgumentShape::ArgumentShape()
    : m_root(std::make_shared<const Node>(Node{Kind::Record, nullptr, {}}))
{
}

ArgumentShape::Node ArgumentShape::nodeOf(const Json& schema, int depth)
{
    Node node;
    if (!schema.is_object() || depth > deepestArgument)
        return node;
    const auto type = schema.find("type");
    const std::string word = type != schema.end() && type->is_string() ? type->get<std::string>() : std::string();
    if (word == "integer")
        node.kind = Kind::Long;
    else if (word == "number")
        node.kind = Kind::Decimal;
    else if (word == "string")
        node.kind = Kind::String;
    else if (word == "boolean")
        node.kind = Kind::Boolean;
    if (word == "array" && schema.contains("items")) {
        const Node element = nodeOf(schema["items"], depth + 1);
        if (element.kind != Kind::Open) {
            node.kind = Kind::Set;
            node.element = std::make_shared<const Node>(element);
        }
    }
    if (word != "object")
        return node;
    node.kind = Kind::Record;
    const auto properties = schema.find("properties");
    if (properties == schema.end() || !properties->is_object())
        return node;
    const Json required = schema.value("required", Json::array());
    for (const auto& [name, property] : properties->get_ref<const Json::object_t&>()) {
        const Node inner = nodeOf(property, depth + 1);
        if (inner.kind == Kind::Open || node.members.size() == mostMembers)
            continue;
        const bool needed = required.is_array() && std::ranges::find(required, Json(name)) != required.end();
        node.members.push_back({name, cedar::hashOf(name), needed, std::make_shared<const Node>(inner)});
    }
    return node;
}

ArgumentShape ArgumentShape::of(const Json& inputSchema)
{
    ArgumentShape shape;
    Node root = nodeOf(inputSchema, 1);
    if (root.kind == Kind::Record)
        shape.m_root = std::make_shared<const Node>(std::move(root));
    return shape;
}

Json ArgumentShape::typeOf(const Node& node)
{
    switch (node.kind) {
    case Kind::Long:
        return {{"type", "Long"}};
    case Kind::Decimal:
        return {{"type", "Extension"}, {"name", "decimal"}};
    case Kind::String:
        return {{"type", "String"}};
    case Kind::Boolean:
        return {{"type", "Boolean"}};
    case Kind::Set:
        return {{"type", "Set"}, {"element", typeOf(*node.element)}};
    case Kind::Record:
    case Kind::Open:
        break;
    }
    Json attributes = Json::object();
    for (const Member& member : node.members) {
        Json type = typeOf(*member.node);
        // A value that cannot be said exactly is left out, and only texts and truths always can.
        const bool always = member.node->kind == Kind::String || member.node->kind == Kind::Boolean;
        type["required"] = member.required && always;
        attributes[member.name] = std::move(type);
    }
    return {{"type", "Record"}, {"attributes", std::move(attributes)}};
}

Json ArgumentShape::type() const
{
    return typeOf(*m_root);
}

cedar::Value ArgumentShape::recordOf(const Node& node, const Json& json, cedar::Arena& arena)
{
    std::vector<cedar::Field> fields;
    fields.reserve(node.members.size());
    // Both are in order of their names.
    const Json::object_t& given = json.get_ref<const Json::object_t&>();
    auto found = given.begin();
    for (const Member& member : node.members) {
        while (found != given.end() && found->first < member.name)
            ++found;
        if (found == given.end())
            break;
        cedar::Value value;
        if (found->first == member.name && valueOf(*member.node, found->second, arena, value))
            fields.push_back({cedar::Text(arena.copy(std::string_view(member.name)), member.hash), value});
    }
    return cedar::makeRecord(arena, fields);
}

bool ArgumentShape::valueOf(const Node& node, const Json& json, cedar::Arena& arena, cedar::Value& value)
{
    switch (node.kind) {
    case Kind::Open:
        return false;
    case Kind::Long:
        return longOf(json, value);
    case Kind::Decimal:
        return decimalOf(json, value);
    case Kind::Boolean:
        if (json.is_boolean())
            value = cedar::Value(json.get<bool>());
        return json.is_boolean();
    case Kind::String:
        if (json.is_string())
            value = cedar::makeString(arena, json.get_ref<const std::string&>());
        return json.is_string();
    case Kind::Record:
        if (json.is_object())
            value = recordOf(node, json, arena);
        return json.is_object();
    case Kind::Set:
        break;
    }
    if (!json.is_array() || json.size() > largestSet)
        return false;
    std::vector<cedar::Value> members(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (!valueOf(*node.element, json[i], arena, members[i]))
            return false;
    }
    value = cedar::makeSet(arena, members);
    return true;
}

const cedar::RecordValue* ArgumentShape::read(const Json& arguments, cedar::Arena& arena) const
{
    static const Json nothing = Json::object();
    return recordOf(*m_root, arguments.is_object() ? arguments : nothing, arena).record;
}

}
