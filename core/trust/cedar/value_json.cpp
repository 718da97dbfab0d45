#include "core/trust/cedar/value_json.h"

#include "core/trust/cedar/expression_reader.h"
#include "core/trust/cedar/extension.h"
#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/value_builder.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace ephor::cedar {

namespace {

std::unexpected<Error> valueFault(std::string message, std::string hint = {})
{
    return fail(ErrorKind::Invalid, "cedar.value", std::move(message), std::move(hint));
}

template <class T> Result<T> at(Result<T> result, std::string_view step)
{
    if (result)
        return result;
    Error error = std::move(result.error());
    if (!error.fields.empty() && error.fields.back().first == "at")
        error.fields.back().second.insert(0, "/" + std::string(step));
    else
        error.fields.emplace_back("at", "/" + std::string(step));
    return fail(std::move(error));
}

const Json* memberOf(const Json& json, const char* name)
{
    if (!json.is_object())
        return nullptr;
    const auto found = json.find(name);
    return found == json.end() ? nullptr : &*found;
}

bool isTypeAndId(const Json& json)
{
    const Json* const type = memberOf(json, "type");
    const Json* const id = memberOf(json, "id");
    return type != nullptr && id != nullptr && type->is_string() && id->is_string();
}

bool isFunctionCall(const Json& json)
{
    const Json* const name = memberOf(json, "fn");
    const Json* const arguments = memberOf(json, "args");
    return name != nullptr && name->is_string()
        && (memberOf(json, "arg") != nullptr || (arguments != nullptr && arguments->is_array()));
}

Result<const EntityUid*> uidOf(const Json& json, Arena& arena)
{
    const std::string& type = json["type"].get_ref<const std::string&>();
    if (!isName(type))
        return fail(Error(ErrorKind::Invalid, "cedar.entity", "An entity's type is no name.",
            "A name is letters, digits and underscores, with :: between namespaces and no reserved word.")
                .with("type", type));
    return makeUid(arena, type, json["id"].get_ref<const std::string&>());
}

bool isExtensionType(const Type& type)
{
    return type.kind >= TypeKind::Decimal;
}

std::string_view constructorOf(TypeKind kind)
{
    return kind == TypeKind::Ip ? "ip" : nameOf(kindOf(kind));
}

/// One value and what is in it.
class ValueReader {
public:
    explicit ValueReader(Arena& arena)
        : m_arena(arena)
    {
    }
    Result<Value> read(const Json& json, const Type* expected, std::size_t depth)
    {
        if (depth > maximumDepth)
            return fail(ErrorKind::Invalid, "cedar.too-deep", "The value nests more than 200 deep.");
        if (expected != nullptr && expected->kind == TypeKind::Entity && isTypeAndId(json))
            return reference(json);
        if (expected != nullptr && isExtensionType(*expected) && json.is_string())
            return call(constructorOf(expected->kind), {makeString(m_arena, json.get_ref<const std::string&>())});
        if (expected != nullptr && isExtensionType(*expected) && isFunctionCall(json))
            return readCall(json, depth);
        if (json.is_array())
            return readSet(json, expected, depth);
        if (json.is_object())
            return readObject(json, expected, depth);
        return readScalar(json);
    }

private:
    Result<Value> reference(const Json& json)
    {
        EPHOR_TRY(const EntityUid* uid, uidOf(json, m_arena));
        return Value(uid);
    }

    Result<Value> readScalar(const Json& json)
    {
        if (json.is_boolean())
            return Value(json.get<bool>());
        if (json.is_string())
            return makeString(m_arena, json.get_ref<const std::string&>());
        if (json.is_number_unsigned() && json.get<std::uint64_t>() > std::uint64_t(INT64_MAX))
            return valueFault("The number does not fit 64 bits.");
        if (json.is_number_integer())
            return Value(json.get<std::int64_t>());
        if (json.is_null())
            return valueFault("The language has no null.", "Leave the attribute out.");
        return valueFault(
            "The language has no numbers with a fraction.", R"(Write {"__extn": {"fn": "decimal", "arg": "1.5"}}.)");
    }

    Result<Value> readSet(const Json& json, const Type* expected, std::size_t depth)
    {
        const Type* const element
            = expected != nullptr && expected->kind == TypeKind::Set ? expected->element : nullptr;
        std::vector<Value> members;
        members.reserve(json.size());
        for (std::size_t i = 0; i < json.size(); ++i) {
            EPHOR_TRY(Value member, at(read(json[i], element, depth + 1), std::to_string(i)));
            members.push_back(member);
        }
        return makeSet(m_arena, members);
    }

    Result<Value> readObject(const Json& json, const Type* expected, std::size_t depth)
    {
        // Beside something else they are names like any other.
        if (json.size() == 1) {
            const auto& [name, escape] = *json.get_ref<const Json::object_t&>().begin();
            if (name == "__entity" && isTypeAndId(escape))
                return reference(escape);
            if (name == "__extn" && isFunctionCall(escape))
                return readCall(escape, depth);
            if (name == "__expr" && escape.is_string())
                return valueFault("The escape __expr is gone from the language.");
        }
        const Type* const record = expected != nullptr && expected->kind == TypeKind::Record ? expected : nullptr;
        std::vector<Field> fields;
        fields.reserve(json.size());
        for (const auto& [name, member] : json.get_ref<const Json::object_t&>()) {
            const Text text = m_arena.text(name);
            const AttributeType* const attribute = record == nullptr ? nullptr : record->find(text);
            if (record != nullptr && attribute == nullptr)
                return fail(Error(ErrorKind::Invalid, "cedar.nonconforming", "The schema has no such attribute here.")
                        .with("attribute", name));
            EPHOR_TRY(Value value, at(read(member, attribute == nullptr ? nullptr : attribute->type, depth + 1), name));
            fields.push_back({text, value});
        }
        return makeRecord(m_arena, fields);
    }

    Result<Value> readCall(const Json& json, std::size_t depth)
    {
        std::vector<Value> arguments;
        if (const Json* const single = memberOf(json, "arg")) {
            EPHOR_TRY(Value argument, read(*single, nullptr, depth + 1));
            arguments.push_back(argument);
        } else {
            for (const Json& given : json["args"]) {
                EPHOR_TRY(Value argument, read(given, nullptr, depth + 1));
                arguments.push_back(argument);
            }
        }
        return call(json["fn"].get_ref<const std::string&>(), arguments);
    }

    Result<Value> call(std::string_view name, const std::vector<Value>& arguments)
    {
        const ExtensionFunction* const function = findExtension(name);
        if (function == nullptr)
            return valueFault("There is no extension function " + std::string(name) + ".");
        Value result;
        std::string problem;
        if (!callExtension(*function, arguments, m_arena, result, problem))
            return valueFault(std::move(problem));
        return result;
    }

    Arena& m_arena;
};

Result<const EntityUid*> uidOfText(const std::string& text, Arena& arena)
{
    TokenReader reader(text, Dialect::Policies);
    ExpressionReader expressions(reader, arena);
    const EntityUid* const uid = expressions.readEntity();
    if (uid == nullptr || reader.token().kind != TokenKind::End)
        return fail(ErrorKind::Invalid, "cedar.entity", "The text names no entity.", "Write Type::\"id\".");
    return uid;
}

}

Result<Value> readJsonValue(const Json& json, Arena& arena, const Type* expected)
{
    return ValueReader(arena).read(json, expected, 1);
}

Result<const EntityUid*> readJsonUid(const Json& json, Arena& arena)
{
    if (json.is_string())
        return uidOfText(json.get_ref<const std::string&>(), arena);
    const Json* const escape = memberOf(json, "__entity");
    const Json& plain = escape == nullptr ? json : *escape;
    if (!isTypeAndId(plain))
        return fail(
            ErrorKind::Invalid, "cedar.entity", "This is no reference to an entity.", R"(Write {"type": …, "id": …}.)");
    return uidOf(plain, arena);
}

}
