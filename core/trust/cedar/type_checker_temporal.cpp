#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/type_checker.h"
#include "core/trust/cedar/type_relations.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

// What a tool answers has no schema yet, so that an expression that reads it cannot be typed.
bool readsOutput(const Node& node)
{
    static const Text output("output");
    if (node.kind == NodeKind::Attribute || node.kind == NodeKind::Has) {
        const bool ofEvent = node.children[0]->kind == NodeKind::Event;
        if (ofEvent && std::ranges::find(node.names, output) != node.names.end())
            return true;
    }
    return std::ranges::any_of(node.children, [](const Node* child) { return readsOutput(*child); });
}

}

bool TypeChecker::admits(const EventPattern& pattern, const SchemaAction& action) const
{
    return pattern.actions.empty()
        || std::ranges::any_of(pattern.actions, [&](const EntityUid* uid) { return action.isIn(*uid); });
}

const Type* TypeChecker::eventType(const SchemaAction& action, const Text& principal, const Text& resource) const
{
    std::vector<AttributeType> attributes{{Text("at"), &simpleType(TypeKind::Datetime)},
        {Text("principal"), makeEntityType(m_arena, principal)},
        {Text("action"), makeEntityType(m_arena, action.uid->type)},
        {Text("resource"), makeEntityType(m_arena, resource)}, {Text("context"), action.context}};
    for (const std::string_view name : {"input", "labels"}) {
        if (const AttributeType* const attribute = action.context->find(Text(name)))
            attributes.push_back(*attribute);
    }
    return makeRecordType(m_arena, attributes);
}

// An event is typed as each request that may have made it.
template <class Visit> void TypeChecker::underEachEvent(const EventPattern& pattern, const Visit& visit)
{
    for (const SchemaAction& action : m_schema.actions()) {
        if (!admits(pattern, action))
            continue;
        for (const Text& principal : action.principals) {
            for (const Text& resource : action.resources) {
                // The validator tells that this took too long.
                if (++m_work > maximumTypedNodes)
                    return;
                m_event = eventType(action, principal, resource);
                visit();
                m_event = nullptr;
            }
        }
    }
}

bool TypeChecker::typePattern(const EventPattern& pattern)
{
    if (pattern.where == nullptr || readsOutput(*pattern.where))
        return true;
    bool right = true;
    underEachEvent(pattern, [&] { right = typeCondition(*pattern.where).type != nullptr && right; });
    return right;
}

Typing TypeChecker::typeSummed(const TemporalOperation& operation)
{
    const auto isNumber = [&](const Node& part, const Type* type) {
        if (type == nullptr || type->kind == TypeKind::Long || type->kind == TypeKind::Decimal)
            return type;
        return told(part, "cedar.type", "Here a Long or a decimal is wanted, but this is a " + toText(*type) + ".")
            .type;
    };
    const Type* sum = &simpleType(TypeKind::Never);
    const auto add = [&](const Node& part) {
        const Type* const type = isNumber(part, typeOf(part).type);
        sum = type == nullptr || sum == nullptr ? nullptr : compatible(part, sum, type).type;
    };
    const bool known = !readsOutput(*operation.of);
    if (known)
        underEachEvent(operation.event, [&] { add(*operation.of); });
    if (operation.plus != nullptr)
        add(*operation.plus);
    if (sum != nullptr && sum->kind == TypeKind::Never)
        sum = &simpleType(operation.emptyIsDecimal ? TypeKind::Decimal : TypeKind::Long);
    return {sum, {}};
}

Typing TypeChecker::typeTemporal(const Node& node)
{
    const TemporalOperation& operation = *node.temporal;
    bool right = typePattern(operation.event);
    right = typePattern(operation.ever) && right;
    if (operation.kind == TemporalOperator::Sum) {
        const Typing sum = typeSummed(operation);
        return right ? sum : Typing{};
    }
    if (!right)
        return {};
    return simple(operation.kind == TemporalOperator::Count ? TypeKind::Long : TypeKind::Boolean);
}

}
