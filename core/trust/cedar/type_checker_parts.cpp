#include "core/trust/cedar/type_checker.h"

#include "core/trust/cedar/type_relations.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

// Attributes and tags of one target have names of their own.
std::uint64_t attributeCapability(std::uint64_t target, const Text& name)
{
    return mixed(ShapeTable::ofAttribute(target, name), 1);
}

std::uint64_t tagCapability(std::uint64_t target, std::uint64_t tag)
{
    return mixed(mixed(target, tag), 2);
}

}

Typing TypeChecker::typeSet(const Node& node)
{
    if (node.children.empty())
        return told(node, "cedar.empty-set", "The type of an empty set cannot be known.");
    const Type* element = &simpleType(TypeKind::Never);
    for (const Node* child : node.children) {
        const Typing member = typeOf(*child);
        if (member.type == nullptr || element == nullptr)
            element = nullptr;
        else
            element = compatible(node, element, member.type).type;
    }
    return element == nullptr ? Typing{} : Typing{makeSetType(m_arena, element), {}};
}

Typing TypeChecker::typeRecord(const Node& node)
{
    std::vector<AttributeType> attributes;
    bool right = true;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const Typing value = typeOf(*node.children[i]);
        right = right && value.type != nullptr;
        attributes.push_back({node.names[i], value.type, true});
    }
    return right ? Typing{makeRecordType(m_arena, attributes), {}} : Typing{};
}

const AttributeType* TypeChecker::attributeOf(const Type& target, const Text& name) const
{
    if (target.kind == TypeKind::Record)
        return target.find(name);
    const SchemaEntityType* const type = m_schema.findType(target.entity);
    return type == nullptr ? nullptr : type->attributes->find(name);
}

Typing TypeChecker::typeAttribute(const Node& node)
{
    const Typing target = wantedContainer(*node.children[0]);
    if (target.type == nullptr)
        return {};
    const Text& name = node.names.front();
    const AttributeType* const attribute = attributeOf(*target.type, name);
    if (attribute == nullptr)
        return told(node, "cedar.unknown-attribute",
            "The type " + toText(*target.type) + " has no attribute " + std::string(name.view) + ".");
    if (attribute->required || m_known.contains(attributeCapability(m_shapes.of(*node.children[0]), name)))
        return {attribute->type, {}};
    return told(node, "cedar.unguarded-attribute",
        "The attribute " + std::string(name.view) + " is optional: test for it with has first.");
}

Typing TypeChecker::typeHasStep(const Node& node, const Type& target, std::uint64_t capability, const Text& name)
{
    if (target.kind != TypeKind::Entity && target.kind != TypeKind::Record)
        return told(
            node, "cedar.type", "Only entities and records have attributes, but this is a " + toText(target) + ".");
    const AttributeType* const attribute = attributeOf(target, name);
    if (attribute == nullptr)
        return simple(TypeKind::False);
    // An entity may be missing from the store, and then has not even what its type requires.
    const bool sure = m_known.contains(capability) || (attribute->required && target.kind == TypeKind::Record);
    return {&simpleType(sure ? TypeKind::True : TypeKind::Boolean), {capability}};
}

// A path a.b is two tests, the second of what the first has proven.
Typing TypeChecker::typeHas(const Node& node)
{
    const Typing target = wantedContainer(*node.children[0]);
    if (target.type == nullptr)
        return {};
    const Type* type = target.type;
    std::uint64_t shape = m_shapes.of(*node.children[0]);
    Typing result = typeHasStep(node, *type, attributeCapability(shape, node.names.front()), node.names.front());
    for (std::size_t i = 1; i < node.names.size(); ++i) {
        if (result.type == nullptr || result.type->kind == TypeKind::False)
            return result;
        type = attributeOf(*type, node.names[i - 1])->type;
        shape = ShapeTable::ofAttribute(shape, node.names[i - 1]);
        const Assumption proven(m_known, result.capabilities);
        result = both(result, typeHasStep(node, *type, attributeCapability(shape, node.names[i]), node.names[i]));
    }
    return result;
}

Typing TypeChecker::typeContains(const Node& node)
{
    const Typing set = wanted(*node.children[0], TypeKind::Set);
    const bool one = node.kind == NodeKind::Contains;
    const Typing other = one ? typeOf(*node.children[1]) : wanted(*node.children[1], TypeKind::Set);
    if (set.type == nullptr || other.type == nullptr)
        return {};
    const Typing united = compatible(node, one ? set.type->element : set.type, other.type);
    return united.type == nullptr ? Typing{} : simple(TypeKind::Boolean);
}

Typing TypeChecker::typeTag(const Node& node)
{
    const Typing target = wanted(*node.children[0], TypeKind::Entity);
    const Typing tag = wanted(*node.children[1], TypeKind::String);
    if (target.type == nullptr || tag.type == nullptr)
        return {};
    const SchemaEntityType* const type = m_schema.findType(target.type->entity);
    const Type* const tags = type == nullptr ? nullptr : type->tags;
    const std::uint64_t capability = tagCapability(m_shapes.of(*node.children[0]), m_shapes.of(*node.children[1]));
    const bool proven = m_known.contains(capability);
    if (node.kind == NodeKind::HasTag) {
        const TypeKind kind = tags == nullptr ? TypeKind::False : proven ? TypeKind::True : TypeKind::Boolean;
        return {&simpleType(kind), {capability}};
    }
    if (!proven)
        return told(node, "cedar.unguarded-tag", "The tag may be missing: test for it with hasTag first.");
    if (tags == nullptr)
        return told(node, "cedar.unguarded-tag", "Entities of type " + toText(*target.type) + " have no tags.");
    return {tags, {}};
}

Typing TypeChecker::typeCall(const Node& node)
{
    const ExtensionFunction& function = *node.function;
    if (node.children.size() != function.arity)
        return told(node, "cedar.type",
            "The function " + std::string(function.name) + " takes " + std::to_string(function.arity)
                + " argument(s), a receiver counted.");
    if (function.style == CallStyle::Function)
        return typeConstructor(node);
    bool right = true;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const Kind kind = i == 0 ? function.first : function.second;
        right = wanted(*node.children[i], typeKindOf(kind)).type != nullptr && right;
    }
    return right ? simple(typeKindOf(function.result)) : Typing{};
}

// With a constant alone it is known before any request whether the value can be made.
Typing TypeChecker::typeConstructor(const Node& node)
{
    const Typing argument = wanted(*node.children[0], TypeKind::String);
    if (argument.type == nullptr)
        return {};
    if (node.children[0]->kind != NodeKind::Literal)
        return told(node, "cedar.extension-argument",
            "The function " + std::string(node.function->name) + " takes only a text written out.");
    if (!node.folded)
        return told(node, "cedar.extension-argument",
            "The text " + toText(node.children[0]->value) + " is no " + std::string(nameOf(node.function->result))
                + ".");
    return simple(typeKindOf(node.function->result));
}

}
