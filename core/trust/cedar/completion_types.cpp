#include "core/trust/cedar/completion_types.h"

#include "core/trust/cedar/escape.h"
#include "core/trust/cedar/extension.h"
#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/value_builder.h"

#include <algorithm>
#include <unordered_set>

namespace ephor::cedar {

namespace {

// Of one part: a wide schema may leave thousands open, and nobody reads what they share.
constexpr std::size_t mostOpenTypes = 64;

void addOpenType(std::vector<const Type*>& types, const Type* type)
{
    const auto known = [type](const Type* other) { return sameType(*other, *type); };
    if (type != nullptr && types.size() < mostOpenTypes && std::ranges::none_of(types, known))
        types.push_back(type);
}

std::string textOf(const Token& token)
{
    const auto text = unescape(token.text.substr(1, token.text.size() - 2));
    return text ? *text : std::string();
}

}

CompletionTypes::CompletionTypes(const Schema* schema, const CompletionPlace& place)
    : m_schema(schema)
    , m_place(place)
{
    const std::vector<Slot> parts = slots();
    if (!parts.empty())
        readType(parts[0], m_principal);
    if (parts.size() > 2)
        readType(parts[2], m_resource);
    readActions(parts.size() > 1 ? parts[1] : Slot{});
}

std::vector<CompletionTypes::Slot> CompletionTypes::slots() const
{
    std::vector<Slot> parts;
    if (m_place.scopeBegin == 0)
        return parts;
    parts.push_back({m_place.scopeBegin, m_place.scopeBegin});
    std::size_t depth = 0;
    for (std::size_t i = m_place.scopeBegin; i < m_place.scopeEnd; ++i) {
        depth += token(i).is("[") ? 1 : 0;
        depth -= token(i).is("]") && depth > 0 ? 1 : 0;
        if (token(i).is(",") && depth == 0)
            parts.push_back({i + 1, i + 1});
        else
            parts.back().end = i + 1;
    }
    return parts;
}

std::string CompletionTypes::nameBefore(std::size_t end, std::size_t& begin) const
{
    std::size_t at = end;
    while (at > 0 && token(at - 1).kind == TokenKind::Identifier) {
        --at;
        if (at < 2 || !token(at - 1).is("::") || token(at - 2).kind != TokenKind::Identifier)
            break;
        --at;
    }
    begin = at;
    std::string name;
    for (std::size_t i = at; i < end; ++i)
        name += token(i).text;
    return name;
}

void CompletionTypes::readType(const Slot& slot, std::string& type) const
{
    for (std::size_t i = slot.begin + 1; i < slot.end; ++i) {
        const bool equal = token(i - 1).is("==");
        if (!equal && !token(i - 1).isWord("is"))
            continue;
        std::size_t end = i;
        while (end < slot.end && (token(end).kind == TokenKind::Identifier || token(end).is("::"))
            && !token(end).isWord("in"))
            ++end;
        // The id's colons belong to no type.
        end -= equal && end > i && token(end - 1).is("::") ? 1 : 0;
        std::size_t begin = 0;
        type = nameBefore(end, begin);
        return;
    }
}

void CompletionTypes::readActions(const Slot& slot)
{
    if (m_schema == nullptr)
        return;
    std::vector<const EntityUid*> named;
    for (std::size_t i = slot.begin + 2; i < slot.end; ++i) {
        std::size_t begin = 0;
        if (token(i).kind == TokenKind::String && token(i - 1).is("::"))
            named.push_back(makeUid(m_arena, nameBefore(i - 1, begin), textOf(token(i))));
    }
    for (const SchemaAction& action : m_schema->actions()) {
        const auto isNamed = [&](const EntityUid* uid) { return action.isIn(*uid); };
        if (std::ranges::any_of(named, isNamed))
            m_actions.push_back(&action);
    }
    if (!m_actions.empty())
        return;
    for (const SchemaAction& action : m_schema->actions())
        m_actions.push_back(&action);
}

std::vector<Text> CompletionTypes::entityTypes(std::size_t slot) const
{
    const std::string& written = slot == 0 ? m_principal : m_resource;
    std::vector<Text> types;
    if (m_schema == nullptr)
        return types;
    std::unordered_set<Text, TextHash> met;
    const auto add = [&](const Text& type) {
        if (met.insert(type).second)
            types.push_back(type);
    };
    if (!written.empty()) {
        if (const SchemaEntityType* const type = m_schema->findType(Text(written)))
            add(type->name);
        return types;
    }
    for (const SchemaAction* action : m_actions)
        std::ranges::for_each(slot == 0 ? action->principals : action->resources, add);
    return types;
}

CompletionTypes::Types CompletionTypes::entityType(std::string_view name)
{
    return {makeEntityType(m_arena, m_arena.text(name))};
}

CompletionTypes::Types CompletionTypes::variable(std::string_view word)
{
    Types types;
    if (word == "context") {
        for (const SchemaAction* action : m_actions)
            addOpenType(types, action->context);
    } else if (word == "principal" || word == "resource") {
        for (const Text& type : entityTypes(word == "principal" ? 0 : 2))
            addOpenType(types, makeEntityType(m_arena, type));
    } else if (word == "action") {
        for (const SchemaAction* action : m_actions)
            addOpenType(types, makeEntityType(m_arena, action->uid->type));
    }
    return types;
}

std::span<const AttributeType> CompletionTypes::attributesOf(const Type& type) const
{
    if (type.kind == TypeKind::Record)
        return type.attributes;
    if (type.kind != TypeKind::Entity || m_schema == nullptr)
        return {};
    const SchemaEntityType* const declared = m_schema->findType(type.entity);
    return declared == nullptr || declared->attributes == nullptr ? std::span<const AttributeType>()
                                                                  : declared->attributes->attributes;
}

const Type* CompletionTypes::tagsOf(const Type& type) const
{
    if (type.kind != TypeKind::Entity || m_schema == nullptr)
        return nullptr;
    const SchemaEntityType* const declared = m_schema->findType(type.entity);
    return declared == nullptr ? nullptr : declared->tags;
}

CompletionTypes::Types CompletionTypes::attribute(const Types& targets, std::string_view name) const
{
    Types types;
    for (const Type* target : targets) {
        for (const AttributeType& found : attributesOf(*target)) {
            if (found.name.view == name)
                addOpenType(types, found.type);
        }
    }
    return types;
}

CompletionTypes::Types CompletionTypes::operand(std::size_t end, std::size_t depth)
{
    if (end == 0 || depth == maximumDepth)
        return {};
    const std::size_t at = end - 1;
    const Token& last = token(at);
    const bool colons = at > 0 && token(at - 1).is("::");
    if (last.kind == TokenKind::Number)
        return {&simpleType(TypeKind::Long)};
    if (last.kind == TokenKind::String) {
        std::size_t begin = 0;
        return colons ? entityType(nameBefore(at - 1, begin)) : Types{&simpleType(TypeKind::String)};
    }
    if (last.kind == TokenKind::Identifier) {
        const bool member = at > 0 && (token(at - 1).is(".") || token(at - 1).isWord("has"));
        return member ? attribute(operand(at - 1, depth + 1), last.text) : variable(last.text);
    }
    const bool indexed = last.is("]") && at >= 2 && token(at - 1).kind == TokenKind::String && token(at - 2).is("[");
    if (indexed)
        return attribute(operand(at - 2, depth + 1), textOf(token(at - 1)));
    return last.is(")") ? call(end, depth) : Types();
}

CompletionTypes::Types CompletionTypes::call(std::size_t end, std::size_t depth)
{
    std::size_t open = end;
    std::size_t brackets = 0;
    do {
        --open;
        brackets += token(open).is(")") ? 1 : 0;
        brackets -= token(open).is("(") ? 1 : 0;
    } while (open > 0 && brackets > 0);
    if (open == 0 || brackets > 0 || token(open - 1).kind != TokenKind::Identifier)
        return {};
    const std::string_view name = token(open - 1).text;
    const bool method = open >= 2 && token(open - 2).is(".");
    if (const ExtensionFunction* const function = findExtension(name))
        return {&simpleType(typeKindOf(function->result))};
    if (!method || name != "getTag")
        return method ? Types{&simpleType(TypeKind::Boolean)} : Types();
    Types types;
    for (const Type* target : operand(open - 2, depth + 1))
        addOpenType(types, tagsOf(*target));
    return types;
}

}
