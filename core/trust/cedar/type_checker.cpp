#include "core/trust/cedar/type_checker.h"

#include "core/trust/cedar/name.h"
#include "core/trust/cedar/type_relations.h"

#include <algorithm>

namespace ephor::cedar {

Typing TypeChecker::both(const Typing& left, const Typing& right)
{
    if (left.type == nullptr || right.type == nullptr)
        return {};
    if (right.type->kind == TypeKind::False)
        return {right.type, {}};
    if (right.type->kind == TypeKind::True)
        return {left.type, unionOf(left.capabilities, right.capabilities)};
    // The official validator keeps only the right side's here.
    if (left.type->kind == TypeKind::True)
        return {right.type, right.capabilities};
    return {&simpleType(TypeKind::Boolean), unionOf(left.capabilities, right.capabilities)};
}

Typing TypeChecker::either(const Typing& left, const Typing& right)
{
    if (left.type == nullptr || right.type == nullptr)
        return {};
    if (right.type->kind == TypeKind::True || left.type->kind == TypeKind::False)
        return right;
    if (right.type->kind == TypeKind::False)
        return left;
    return {&simpleType(TypeKind::Boolean), intersectionOf(left.capabilities, right.capabilities)};
}

Typing TypeChecker::negated(Typing typing)
{
    typing.capabilities.clear();
    if (typing.type != nullptr && typing.type->kind == TypeKind::True)
        typing.type = &simpleType(TypeKind::False);
    else if (typing.type != nullptr && typing.type->kind == TypeKind::False)
        typing.type = &simpleType(TypeKind::True);
    return typing;
}

bool TypeChecker::mayBeIn(const Schema& schema, const Text& type, const Text& group)
{
    if (type == group)
        return true;
    if (const SchemaEntityType* const declared = schema.findType(type))
        return declared->mayBeIn(group);
    return std::ranges::any_of(schema.actions(), [&](const SchemaAction& action) {
        return action.uid->type == type && std::ranges::any_of(action.ancestors, [&](const EntityUid* ancestor) {
            return ancestor->type == group;
        });
    });
}

const Type* TypeChecker::literalType(const Schema& schema, const EntityUid& uid, Arena& arena)
{
    const bool known
        = isActionType(uid.type.view) ? schema.findAction(uid) != nullptr : schema.findType(uid.type) != nullptr;
    return known ? makeEntityType(arena, uid.type) : nullptr;
}

Typing TypeChecker::told(const Node& node, std::string code, std::string message)
{
    m_tell(node, std::move(code), std::move(message));
    return {};
}

Typing TypeChecker::wanted(const Node& node, TypeKind kind)
{
    Typing typing = typeOf(node);
    if (typing.type == nullptr)
        return {};
    const bool fits = kind == TypeKind::Boolean ? typing.type->isBoolean() : typing.type->kind == kind;
    if (fits)
        return typing;
    const std::string name = kind == TypeKind::Set || kind == TypeKind::Entity ? std::string(nameOf(kindOf(kind)))
                                                                               : toText(simpleType(kind));
    return told(node, "cedar.type", "Here a " + name + " is wanted, but this is a " + toText(*typing.type) + ".");
}

Typing TypeChecker::wantedContainer(const Node& node)
{
    Typing typing = typeOf(node);
    if (typing.type == nullptr || typing.type->kind == TypeKind::Entity || typing.type->kind == TypeKind::Record)
        return typing;
    return told(
        node, "cedar.type", "Only entities and records have attributes, but this is a " + toText(*typing.type) + ".");
}

Typing TypeChecker::typeOf(const Node& node)
{
    ++m_work;
    switch (node.kind) {
    case NodeKind::Literal:
        return typeLiteral(node);
    case NodeKind::Principal:
        return {m_kind.principal, {}};
    case NodeKind::Action:
        return {makeEntityType(m_arena, m_kind.action->uid->type), {}};
    case NodeKind::Resource:
        return {m_kind.resource, {}};
    case NodeKind::Context:
        return {m_kind.action->context, {}};
    case NodeKind::And:
        return typeAnd(node);
    case NodeKind::Or:
        return typeOr(node);
    case NodeKind::Not:
        return negated(wanted(*node.children[0], TypeKind::Boolean));
    case NodeKind::Negate:
    case NodeKind::Sum:
    case NodeKind::Product:
        return typeNumbers(node);
    case NodeKind::Equal:
        return typeEquality(node);
    case NodeKind::NotEqual:
        return negated(typeEquality(node));
    case NodeKind::Less:
    case NodeKind::LessEqual:
    case NodeKind::Greater:
    case NodeKind::GreaterEqual:
        return typeOrder(node);
    case NodeKind::In:
        return typeIn(*node.children[0], *node.children[1]);
    case NodeKind::If:
        return typeBranches(node);
    case NodeKind::Set:
        return typeSet(node);
    case NodeKind::Record:
        return typeRecord(node);
    case NodeKind::Attribute:
        return typeAttribute(node);
    case NodeKind::Has:
        return typeHas(node);
    case NodeKind::Like:
        return wanted(*node.children[0], TypeKind::String).type == nullptr ? Typing{} : simple(TypeKind::Boolean);
    case NodeKind::Is:
        return typeIs(node);
    case NodeKind::Contains:
    case NodeKind::ContainsAll:
    case NodeKind::ContainsAny:
        return typeContains(node);
    case NodeKind::IsEmpty:
        return wanted(*node.children[0], TypeKind::Set).type == nullptr ? Typing{} : simple(TypeKind::Boolean);
    case NodeKind::GetTag:
    case NodeKind::HasTag:
        return typeTag(node);
    case NodeKind::Call:
        return typeCall(node);
    case NodeKind::Event:
        return {m_event, {}};
    case NodeKind::Temporal:
        return typeTemporal(node);
    }
    return {};
}

// What the schema does not know of entities is told by the walk over all literals.
Typing TypeChecker::typeLiteral(const Node& node)
{
    if (node.value.kind == Kind::Boolean)
        return simple(node.value.boolean ? TypeKind::True : TypeKind::False);
    if (node.value.kind == Kind::Entity)
        return {literalType(m_schema, *node.value.entity, m_arena), {}};
    return simple(typeKindOf(node.value.kind));
}

Typing TypeChecker::typeAnd(const Node& node)
{
    Typing left = wanted(*node.children[0], TypeKind::Boolean);
    for (const Node* child : node.children.subspan(1)) {
        if (left.type != nullptr && left.type->kind == TypeKind::False)
            return {left.type, {}};
        const Assumption proven(m_known, left.capabilities);
        const Typing right = wanted(*child, TypeKind::Boolean);
        // After a mistake the rest is read on, with what it would have been proven, to tell its own.
        Capabilities all = left.type == nullptr ? unionOf(left.capabilities, right.capabilities) : Capabilities{};
        left = both(left, right);
        if (left.type == nullptr)
            left.capabilities = std::move(all);
    }
    return left;
}

Typing TypeChecker::typeOr(const Node& node)
{
    Typing left = wanted(*node.children[0], TypeKind::Boolean);
    for (const Node* child : node.children.subspan(1)) {
        if (left.type != nullptr && left.type->kind == TypeKind::True)
            return left;
        left = either(left, wanted(*child, TypeKind::Boolean));
    }
    return left;
}

Typing TypeChecker::typeBranches(const Node& node)
{
    const Typing test = wanted(*node.children[0], TypeKind::Boolean);
    if (test.type == nullptr)
        return {};
    if (test.type->kind == TypeKind::False)
        return typeOf(*node.children[2]);
    Typing then;
    {
        const Assumption proven(m_known, test.capabilities);
        then = typeOf(*node.children[1]);
    }
    then.capabilities = unionOf(then.capabilities, test.capabilities);
    if (test.type->kind == TypeKind::True)
        return then;
    const Typing otherwise = typeOf(*node.children[2]);
    if (then.type == nullptr || otherwise.type == nullptr)
        return {};
    Typing result = compatible(node, then.type, otherwise.type);
    if (result.type != nullptr)
        result.capabilities = intersectionOf(then.capabilities, otherwise.capabilities);
    return result;
}

Typing TypeChecker::compatible(const Node& node, const Type* left, const Type* right)
{
    if (const Type* const united = unite(m_arena, *left, *right))
        return {united, {}};
    return told(node, "cedar.incompatible-types",
        "The types " + toText(*left) + " and " + toText(*right) + " have no value in common.");
}

const EntityUid* TypeChecker::constantEntity(const Node& node) const
{
    if (node.kind == NodeKind::Action)
        return m_kind.action->uid;
    return node.kind == NodeKind::Literal && node.value.kind == Kind::Entity ? node.value.entity : nullptr;
}

bool TypeChecker::constantEntities(const Node& node, std::vector<const EntityUid*>& entities) const
{
    if (const EntityUid* const uid = constantEntity(node)) {
        entities.push_back(uid);
        return true;
    }
    return node.kind == NodeKind::Set && std::ranges::all_of(node.children, [&](const Node* child) {
        const EntityUid* const uid = constantEntity(*child);
        entities.push_back(uid);
        return uid != nullptr;
    });
}

Typing TypeChecker::typeEquality(const Node& node)
{
    const Typing left = typeOf(*node.children[0]);
    const Typing right = typeOf(*node.children[1]);
    if (left.type == nullptr || right.type == nullptr)
        return {};
    const bool entities = left.type->kind == TypeKind::Entity && right.type->kind == TypeKind::Entity;
    if (entities && left.type->entity != right.type->entity)
        return simple(TypeKind::False);
    const auto constant = [&](const Node& side, Value& value) {
        value = side.kind == NodeKind::Action ? Value(m_kind.action->uid) : side.value;
        return side.kind == NodeKind::Action || side.kind == NodeKind::Literal;
    };
    Value first;
    Value second;
    if (constant(*node.children[0], first) && constant(*node.children[1], second))
        return simple(equal(first, second) ? TypeKind::True : TypeKind::False);
    return compatible(node, left.type, right.type).type == nullptr ? Typing{} : simple(TypeKind::Boolean);
}

Typing TypeChecker::typeOrder(const Node& node)
{
    const Typing left = typeOf(*node.children[0]);
    const Typing right = typeOf(*node.children[1]);
    if (left.type == nullptr || right.type == nullptr)
        return {};
    const TypeKind kind = left.type->kind;
    const bool ordered = kind == TypeKind::Long || kind == TypeKind::Datetime || kind == TypeKind::Duration;
    if (ordered && sameType(*left.type, *right.type))
        return simple(TypeKind::Boolean);
    return told(node, "cedar.type",
        "Only two Longs, datetimes or durations have an order, but these are " + toText(*left.type) + " and "
            + toText(*right.type) + ".");
}

Typing TypeChecker::typeNumbers(const Node& node)
{
    bool right = true;
    for (const Node* child : node.children)
        right = wanted(*child, TypeKind::Long).type != nullptr && right;
    return right ? simple(TypeKind::Long) : Typing{};
}

Typing TypeChecker::typeIs(const Node& node)
{
    const Typing target = wanted(*node.children[0], TypeKind::Entity);
    if (target.type == nullptr)
        return {};
    Typing is = simple(target.type->entity == node.names.front() ? TypeKind::True : TypeKind::False);
    if (node.children.size() == 1 || is.type->kind == TypeKind::False)
        return is;
    return both(is, typeIn(*node.children[0], *node.children[1]));
}

Typing TypeChecker::typeIn(const Node& left, const Node& right)
{
    const Typing entity = wanted(left, TypeKind::Entity);
    const Typing group = typeOf(right);
    if (entity.type == nullptr || group.type == nullptr)
        return {};
    const Type& one = group.type->kind == TypeKind::Set ? *group.type->element : *group.type;
    if (one.kind != TypeKind::Entity)
        return told(right, "cedar.type",
            "Here an entity or a set of entities is wanted, but this is a " + toText(*group.type) + ".");
    const EntityUid* const constant = constantEntity(left);
    std::vector<const EntityUid*> groups;
    if (constant != nullptr && isActionType(constant->type.view) && constantEntities(right, groups))
        return typeActionIn(*constant, groups);
    return simple(mayBeIn(m_schema, entity.type->entity, one.entity) ? TypeKind::Boolean : TypeKind::False);
}

// The schema knows all actions, so that it can tell.
Typing TypeChecker::typeActionIn(const EntityUid& action, const std::vector<const EntityUid*>& groups) const
{
    const SchemaAction* const declared = m_schema.findAction(action);
    const bool inside = std::ranges::any_of(groups, [&](const EntityUid* group) { return declared->isIn(*group); });
    return simple(inside ? TypeKind::True : TypeKind::False);
}

}
