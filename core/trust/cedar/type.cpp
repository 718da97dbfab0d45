#include "core/trust/cedar/type.h"

#include <algorithm>
#include <array>

namespace ephor::cedar {

namespace {

// A message names a type to recognise it.
constexpr std::size_t shownAttributes = 8;
constexpr std::size_t shownDepth = 3;

std::string typeText(const Type& type, std::size_t depth);

std::string recordTypeText(const Type& type, std::size_t depth)
{
    if (depth == 0)
        return "{…}";
    std::string text = "{";
    for (std::size_t i = 0; i < type.attributes.size(); ++i) {
        if (i == shownAttributes)
            return text + ", …}";
        const AttributeType& attribute = type.attributes[i];
        text += (i == 0 ? "" : ", ") + std::string(attribute.name.view) + (attribute.required ? ": " : "?: ")
            + typeText(*attribute.type, depth - 1);
    }
    return text + "}";
}

std::string typeText(const Type& type, std::size_t depth)
{
    static constexpr std::array<std::string_view, 13> names{"nothing", "True", "False", "Bool", "Long", "String", "Set",
        "Record", "Entity", "decimal", "ipaddr", "datetime", "duration"};
    if (type.kind == TypeKind::Set)
        return "Set<" + (depth == 0 ? std::string("…") : typeText(*type.element, depth - 1)) + ">";
    if (type.kind == TypeKind::Entity)
        return std::string(type.entity.view);
    if (type.kind == TypeKind::Record)
        return recordTypeText(type, depth);
    return std::string(names[std::size_t(type.kind)]);
}

Type hashed(Type type)
{
    type.hash = mixed(std::uint64_t(type.kind) + 1, type.entity.hash);
    if (type.element != nullptr)
        type.hash = mixed(type.hash, type.element->hash);
    for (const AttributeType& attribute : type.attributes) {
        const std::uint64_t need = attribute.required ? 1 : 2;
        type.hash = mixed(mixed(type.hash, attribute.name.hash), mixed(attribute.type->hash, need));
    }
    return type;
}

}

const AttributeType* Type::find(const Text& name) const
{
    const auto before = [](const AttributeType& attribute, const Text& wanted) {
        return attribute.name.hash != wanted.hash ? attribute.name.hash < wanted.hash
                                                  : attribute.name.view < wanted.view;
    };
    const auto found = std::lower_bound(attributes.begin(), attributes.end(), name, before);
    return found != attributes.end() && found->name == name ? &*found : nullptr;
}

const Type& simpleType(TypeKind kind)
{
    static const std::array<Type, 13> types = [] {
        std::array<Type, 13> made;
        for (std::size_t i = 0; i < made.size(); ++i)
            made[i] = hashed({.kind = TypeKind(i)});
        return made;
    }();
    return types[std::size_t(kind)];
}

const Type* makeSetType(Arena& arena, const Type* element)
{
    return arena.make(hashed({.kind = TypeKind::Set, .element = element}));
}

const Type* makeEntityType(Arena& arena, Text entity)
{
    return arena.make(hashed({.kind = TypeKind::Entity, .entity = entity}));
}

const Type* makeRecordType(Arena& arena, std::span<const AttributeType> attributes)
{
    const std::span<AttributeType> sorted = arena.array<AttributeType>(attributes.size());
    std::ranges::copy(attributes, sorted.begin());
    std::ranges::sort(sorted, [](const AttributeType& a, const AttributeType& b) {
        return a.name.hash != b.name.hash ? a.name.hash < b.name.hash : a.name.view < b.name.view;
    });
    return arena.make(hashed({.kind = TypeKind::Record, .attributes = sorted}));
}

bool sameType(const Type& left, const Type& right)
{
    return left.kind == right.kind && left.hash == right.hash;
}

std::string toText(const Type& type)
{
    return typeText(type, shownDepth);
}

Kind kindOf(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Long:
        return Kind::Long;
    case TypeKind::String:
        return Kind::String;
    case TypeKind::Set:
        return Kind::Set;
    case TypeKind::Record:
        return Kind::Record;
    case TypeKind::Entity:
        return Kind::Entity;
    case TypeKind::Decimal:
        return Kind::Decimal;
    case TypeKind::Ip:
        return Kind::Ip;
    case TypeKind::Datetime:
        return Kind::Datetime;
    case TypeKind::Duration:
        return Kind::Duration;
    default:
        return Kind::Boolean;
    }
}

TypeKind typeKindOf(Kind kind)
{
    switch (kind) {
    case Kind::Boolean:
        return TypeKind::Boolean;
    case Kind::Long:
        return TypeKind::Long;
    case Kind::String:
        return TypeKind::String;
    case Kind::Entity:
        return TypeKind::Entity;
    case Kind::Set:
        return TypeKind::Set;
    case Kind::Record:
        return TypeKind::Record;
    case Kind::Decimal:
        return TypeKind::Decimal;
    case Kind::Ip:
        return TypeKind::Ip;
    case Kind::Datetime:
        return TypeKind::Datetime;
    case Kind::Duration:
        return TypeKind::Duration;
    }
    return TypeKind::Never;
}

}
