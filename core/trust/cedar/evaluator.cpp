#include "core/trust/cedar/evaluator.h"

#include "core/trust/cedar/value_builder.h"

#include <algorithm>

namespace ephor::cedar {

Evaluator::Evaluator(const Entities& entities, const Request& request, const History* history)
    : Evaluator(entities, request,
          {entities.find(request.principal()), entities.find(request.action()), entities.find(request.resource())},
          history)
{
}

Evaluator::Evaluator(
    const Entities& entities, const Request& request, const RequestEntities& known, const History* history)
    : m_entities(entities)
    , m_request(request)
    , m_history(history)
    , m_known(known)
    , m_arena({m_first.data(), m_first.size()})
{
}

bool Evaluator::matches(const ScopeConstraint& constraint, const EntityUid& uid, const Entity* entity) const
{
    using Form = ScopeConstraint::Form;
    const auto isInside
        = [&] { return uid == *constraint.entity || (entity != nullptr && entity->isIn(*constraint.entity)); };
    switch (constraint.form) {
    case Form::Any:
        return true;
    case Form::Equal:
        return uid == *constraint.entity;
    case Form::In:
        return isInside();
    case Form::Is:
        return uid.type == constraint.type;
    case Form::IsIn:
        return uid.type == constraint.type && isInside();
    }
    return false;
}

bool Evaluator::matchesScope(const Policy& policy) const
{
    if (!matches(policy.principal, m_request.principal(), m_known.principal)
        || !matches(policy.resource, m_request.resource(), m_known.resource))
        return false;
    const EntityUid& action = m_request.action();
    const auto isInside = [&](const EntityUid* entity) {
        return action == *entity || (m_known.action != nullptr && m_known.action->isIn(*entity));
    };
    switch (policy.action.form) {
    case ActionConstraint::Form::Any:
        return true;
    case ActionConstraint::Form::Equal:
        return action == *policy.action.entities.front();
    case ActionConstraint::Form::In:
    case ActionConstraint::Form::InAny:
        return std::ranges::any_of(policy.action.entities, isInside);
    }
    return false;
}

Outcome Evaluator::satisfies(const Policy& policy)
{
    if (!matchesScope(policy))
        return Outcome::False;
    for (const Condition& condition : policy.conditions) {
        bool holds = false;
        if (!evaluateBoolean(*condition.body, holds))
            return Outcome::Fault;
        if (holds != (condition.kind == ConditionKind::When))
            return Outcome::False;
    }
    return Outcome::True;
}

bool Evaluator::fail(const Node& node, std::string message)
{
    m_fault.node = &node;
    m_fault.message = std::move(message);
    return false;
}

bool Evaluator::failKind(const Node& node, std::string_view wanted, const Value& value)
{
    const std::string operation(node.kind == NodeKind::Call ? node.function->name : nameOf(node.kind));
    return fail(node,
        "The operation " + operation + " wants a " + std::string(wanted) + ", but got a "
            + std::string(nameOf(value.kind)) + ".");
}

const Entity* Evaluator::entityOf(const EntityUid& uid) const
{
    if (&uid == &m_request.principal())
        return m_known.principal;
    if (&uid == &m_request.resource())
        return m_known.resource;
    if (&uid == &m_request.action())
        return m_known.action;
    return m_entities.find(uid);
}

bool Evaluator::isIn(const EntityUid& uid, const EntityUid& other) const
{
    if (uid == other)
        return true;
    const Entity* const entity = entityOf(uid);
    return entity != nullptr && entity->isIn(other);
}

bool Evaluator::evaluate(const Node& node, Value& result)
{
    if (node.folded) {
        result = node.value;
        return true;
    }
    switch (node.kind) {
    case NodeKind::Literal:
    case NodeKind::Principal:
    case NodeKind::Action:
    case NodeKind::Resource:
    case NodeKind::Context:
        result = known(node);
        return true;
    case NodeKind::And:
    case NodeKind::Or:
        return evaluateChain(node, result);
    case NodeKind::Not:
    case NodeKind::Negate:
    case NodeKind::Like:
    case NodeKind::IsEmpty:
        return evaluateUnary(node, result);
    case NodeKind::Sum:
        return evaluateSum(node, result);
    case NodeKind::Product:
        return evaluateProduct(node, result);
    case NodeKind::Equal:
    case NodeKind::NotEqual:
    case NodeKind::In: {
        Value left;
        Value right;
        if (!evaluatePair(node, left, right))
            return false;
        if (node.kind == NodeKind::In)
            return evaluateIn(node, left, right, result);
        result = Value(equal(left, right) == (node.kind == NodeKind::Equal));
        return true;
    }
    case NodeKind::Less:
    case NodeKind::LessEqual:
    case NodeKind::Greater:
    case NodeKind::GreaterEqual:
        return evaluateOrder(node, result);
    case NodeKind::If:
        return evaluateBranches(node, result);
    case NodeKind::Set:
        return evaluateSet(node, result);
    case NodeKind::Record:
        return evaluateRecord(node, result);
    case NodeKind::Attribute:
        return evaluateAttribute(node, result);
    case NodeKind::Has:
        return evaluateHas(node, result);
    case NodeKind::Is:
        return evaluateIs(node, result);
    case NodeKind::Contains:
    case NodeKind::ContainsAll:
    case NodeKind::ContainsAny:
        return evaluateSets(node, result);
    case NodeKind::GetTag:
    case NodeKind::HasTag:
        return evaluateTag(node, result);
    case NodeKind::Call:
        return evaluateCall(node, result);
    case NodeKind::Event:
    case NodeKind::Temporal:
        return evaluateTemporal(node, result);
    }
    return fail(node, "The operation is unknown.");
}

Value Evaluator::known(const Node& node) const
{
    switch (node.kind) {
    case NodeKind::Principal:
        return Value(&m_request.principal());
    case NodeKind::Action:
        return Value(&m_request.action());
    case NodeKind::Resource:
        return Value(&m_request.resource());
    case NodeKind::Context:
        return Value(&m_request.context());
    default:
        return node.value;
    }
}

bool Evaluator::evaluatePair(const Node& node, Value& left, Value& right)
{
    return evaluate(*node.children[0], left) && evaluate(*node.children[1], right);
}

bool Evaluator::evaluateKind(const Node& parent, const Node& node, Kind kind, Value& result)
{
    return evaluate(node, result) && (result.kind == kind || failKind(parent, nameOf(kind), result));
}

bool Evaluator::evaluateBoolean(const Node& node, bool& result)
{
    Value value;
    if (!evaluate(node, value))
        return false;
    if (value.kind != Kind::Boolean)
        return fail(node, "A condition wants a bool, but got a " + std::string(nameOf(value.kind)) + ".");
    result = value.boolean;
    return true;
}

bool Evaluator::evaluateChain(const Node& node, Value& result)
{
    const bool deciding = node.kind == NodeKind::Or;
    for (const Node* child : node.children) {
        if (!evaluateKind(node, *child, Kind::Boolean, result))
            return false;
        if (result.boolean == deciding)
            return true;
    }
    return true;
}

bool Evaluator::evaluateUnary(const Node& node, Value& result)
{
    Value value;
    const Kind wanted = node.kind == NodeKind::Not ? Kind::Boolean
        : node.kind == NodeKind::Negate            ? Kind::Long
        : node.kind == NodeKind::Like              ? Kind::String
                                                   : Kind::Set;
    if (!evaluateKind(node, *node.children[0], wanted, value))
        return false;
    if (node.kind == NodeKind::Not) {
        result = Value(!value.boolean);
    } else if (node.kind == NodeKind::Like) {
        result = Value(node.pattern->matches(value.text->view));
    } else if (node.kind == NodeKind::IsEmpty) {
        result = Value(value.set->members.empty());
    } else {
        std::int64_t number = 0;
        if (__builtin_sub_overflow(std::int64_t{0}, value.number, &number))
            return fail(node, "The number -(" + std::to_string(value.number) + ") does not fit 64 bits.");
        result = Value(number);
    }
    return true;
}

bool Evaluator::evaluateSum(const Node& node, Value& result)
{
    if (!evaluateKind(node, *node.children[0], Kind::Long, result))
        return false;
    std::int64_t sum = result.number;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
        if (!evaluateKind(node, *node.children[i], Kind::Long, result))
            return false;
        if (node.subtracted[i] ? __builtin_sub_overflow(sum, result.number, &sum)
                               : __builtin_add_overflow(sum, result.number, &sum))
            return fail(node, "The sum does not fit 64 bits.");
    }
    result = Value(sum);
    return true;
}

bool Evaluator::evaluateProduct(const Node& node, Value& result)
{
    if (!evaluateKind(node, *node.children[0], Kind::Long, result))
        return false;
    std::int64_t product = result.number;
    for (const Node* child : node.children.subspan(1)) {
        if (!evaluateKind(node, *child, Kind::Long, result))
            return false;
        if (__builtin_mul_overflow(product, result.number, &product))
            return fail(node, "The product does not fit 64 bits.");
    }
    result = Value(product);
    return true;
}

bool Evaluator::evaluateOrder(const Node& node, Value& result)
{
    Value left;
    Value right;
    if (!evaluatePair(node, left, right))
        return false;
    const auto ordered
        = [](Kind kind) { return kind == Kind::Long || kind == Kind::Datetime || kind == Kind::Duration; };
    if (!ordered(left.kind))
        return failKind(node, "long, datetime or duration", left);
    if (left.kind != right.kind)
        return failKind(node, nameOf(left.kind), right);
    if (node.kind == NodeKind::Less)
        result = Value(left.number < right.number);
    else if (node.kind == NodeKind::LessEqual)
        result = Value(left.number <= right.number);
    else if (node.kind == NodeKind::Greater)
        result = Value(left.number > right.number);
    else
        result = Value(left.number >= right.number);
    return true;
}

bool Evaluator::evaluateBranches(const Node& node, Value& result)
{
    if (!evaluateKind(node, *node.children[0], Kind::Boolean, result))
        return false;
    return evaluate(*node.children[result.boolean ? 1 : 2], result);
}

bool Evaluator::evaluateSet(const Node& node, Value& result)
{
    const std::span<Value> values = m_arena.array<Value>(node.children.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!evaluate(*node.children[i], values[i]))
            return false;
    }
    result = makeSet(m_arena, values);
    return true;
}

bool Evaluator::evaluateRecord(const Node& node, Value& result)
{
    const std::span<Field> fields = m_arena.array<Field>(node.children.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
        fields[i].name = node.names[i];
        if (!evaluate(*node.children[i], fields[i].value))
            return false;
    }
    result = makeRecord(m_arena, fields);
    return true;
}

bool Evaluator::evaluateAttribute(const Node& node, Value& result)
{
    Value target;
    if (!evaluate(*node.children[0], target))
        return false;
    const RecordValue* record = nullptr;
    if (target.kind == Kind::Record) {
        record = target.record;
    } else if (target.kind == Kind::Entity) {
        const Entity* const entity = entityOf(*target.entity);
        if (entity == nullptr)
            return fail(node, "There is no entity " + toText(*target.entity) + ".");
        record = entity->attributes;
    } else {
        return failKind(node, "record or entity", target);
    }
    const Value* const found = record->find(node.names.front());
    if (found == nullptr)
        return fail(node,
            "The " + (target.kind == Kind::Entity ? "entity " + toText(*target.entity) : std::string("record"))
                + " has no attribute " + std::string(node.names.front().view) + ".");
    result = *found;
    return true;
}

bool Evaluator::evaluateHas(const Node& node, Value& result)
{
    Value target;
    if (!evaluate(*node.children[0], target))
        return false;
    for (const Text& name : node.names) {
        const RecordValue* record = nullptr;
        if (target.kind == Kind::Record)
            record = target.record;
        else if (target.kind != Kind::Entity)
            return failKind(node, "record or entity", target);
        else if (const Entity* const entity = entityOf(*target.entity))
            record = entity->attributes;
        const Value* const found = record == nullptr ? nullptr : record->find(name);
        if (found == nullptr) {
            result = Value(false);
            return true;
        }
        target = *found;
    }
    result = Value(true);
    return true;
}

bool Evaluator::evaluateIs(const Node& node, Value& result)
{
    Value target;
    if (!evaluateKind(node, *node.children[0], Kind::Entity, target))
        return false;
    result = Value(target.entity->type == node.names.front());
    if (!result.boolean || node.children.size() == 1)
        return true;
    Value group;
    return evaluate(*node.children[1], group) && evaluateIn(node, target, group, result);
}

bool Evaluator::evaluateIn(const Node& node, const Value& left, const Value& right, Value& result)
{
    if (left.kind != Kind::Entity)
        return failKind(node, "entity", left);
    if (right.kind == Kind::Entity) {
        result = Value(isIn(*left.entity, *right.entity));
        return true;
    }
    if (right.kind != Kind::Set)
        return failKind(node, "set or entity", right);
    if (!right.set->onlyEntities)
        return fail(node, "The operation in wants a set of entities only.");
    const Entity* const entity = entityOf(*left.entity);
    result = Value(std::ranges::any_of(right.set->members, [&](const SetMember& member) {
        return *left.entity == *member.value.entity || (entity != nullptr && entity->isIn(*member.value.entity));
    }));
    return true;
}

bool Evaluator::evaluateSets(const Node& node, Value& result)
{
    Value left;
    Value right;
    if (!evaluatePair(node, left, right))
        return false;
    if (left.kind != Kind::Set)
        return failKind(node, "set", left);
    if (node.kind == NodeKind::Contains) {
        result = Value(left.set->contains(right));
        return true;
    }
    if (right.kind != Kind::Set)
        return failKind(node, "set", right);
    result = Value(
        node.kind == NodeKind::ContainsAll ? left.set->containsAll(*right.set) : left.set->containsAny(*right.set));
    return true;
}

bool Evaluator::evaluateTag(const Node& node, Value& result)
{
    Value target;
    Value tag;
    if (!evaluatePair(node, target, tag))
        return false;
    if (target.kind != Kind::Entity)
        return failKind(node, "entity", target);
    if (tag.kind != Kind::String)
        return failKind(node, "string", tag);
    const Entity* const entity = entityOf(*target.entity);
    const Value* const found = entity == nullptr ? nullptr : entity->tags->find(*tag.text);
    if (node.kind == NodeKind::HasTag) {
        result = Value(found != nullptr);
        return true;
    }
    if (found == nullptr)
        return fail(node,
            entity == nullptr ? "There is no entity " + toText(*target.entity) + "."
                              : "The entity " + toText(*target.entity) + " has no tag " + toText(tag) + ".");
    result = *found;
    return true;
}

bool Evaluator::evaluateTemporal(const Node& node, Value& result)
{
    if (node.kind == NodeKind::Event) {
        if (m_event == nullptr)
            return fail(node, "There is no event here.");
        result = *m_event;
        return true;
    }
    if (m_history == nullptr)
        return fail(node, "There is no history of the session to ask.");
    std::string problem;
    return m_history->evaluate(*node.temporal, *this, result, problem) || fail(node, std::move(problem));
}

bool Evaluator::evaluateCall(const Node& node, Value& result)
{
    const std::span<Value> arguments = m_arena.array<Value>(node.children.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (!evaluate(*node.children[i], arguments[i]))
            return false;
    }
    std::string problem;
    return callExtension(*node.function, arguments, m_arena, result, problem) || fail(node, std::move(problem));
}

}
