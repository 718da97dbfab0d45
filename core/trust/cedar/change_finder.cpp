#include "core/trust/cedar/change_finder.h"

#include "core/base/text.h"
#include "core/trust/cedar/format.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/value_builder.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

// Of guesses for one step of the search, and of alternatives taken from one set or list of actions.
constexpr std::size_t mostGuesses = 48;
constexpr std::size_t mostAlternatives = 3;
// Of the part of a policy that a change is for, in characters.
constexpr std::size_t longestWantedText = 400;

std::string demandText(const Demand& demand)
{
    if (!isPlain(*demand.node))
        return {};
    const std::string text = shorten(formatted(*demand.node), longestWantedText);
    return demand.wanted ? text : "!(" + text + ")";
}

}

void ChangeFinder::propose(Change change)
{
    if (m_changes.size() == mostGuesses)
        return;
    change.wanted = m_wanted;
    m_changes.push_back(std::move(change));
}

void ChangeFinder::joinOrLeave(ProposedChange::Kind kind, const EntityUid& entity, const EntityUid& group)
{
    // Who may be in which group of actions is the schema's to say, not the request's.
    if (entity == group || isActionType(entity.type.view))
        return;
    Change change;
    change.kind = kind;
    change.entity = makeUid(m_arena, entity.type.view, entity.id.view);
    change.group = makeUid(m_arena, group.type.view, group.id.view);
    propose(std::move(change));
}

bool ChangeFinder::bringConstraint(const ScopeConstraint& constraint, RequestPart part, const EntityUid& uid)
{
    using Form = ScopeConstraint::Form;
    const bool typeFits = (constraint.form != Form::Is && constraint.form != Form::IsIn) || uid.type == constraint.type;
    if (constraint.form == Form::Any || (constraint.form == Form::Is && typeFits))
        return false;
    m_wanted = formatted(nameOf(part), constraint);
    if (constraint.form == Form::Equal && uid != *constraint.entity) {
        Change change;
        change.kind = ProposedChange::Kind::Replace;
        change.part = part;
        change.entity = makeUid(m_arena, constraint.entity->type.view, constraint.entity->id.view);
        propose(std::move(change));
        return true;
    }
    if (constraint.form == Form::Equal)
        return false;
    if (!typeFits)
        return true;
    const Entity* const entity = m_entities.find(uid);
    if (uid == *constraint.entity || (entity != nullptr && entity->isIn(*constraint.entity)))
        return false;
    joinOrLeave(ProposedChange::Kind::Join, uid, *constraint.entity);
    return true;
}

void ChangeFinder::bringAction(const ActionConstraint& constraint)
{
    if (constraint.form == ActionConstraint::Form::In)
        return;
    m_wanted = formatted(constraint);
    for (const EntityUid* action : constraint.entities.first(std::min(constraint.entities.size(), mostAlternatives))) {
        Change change;
        change.kind = ProposedChange::Kind::Replace;
        change.part = RequestPart::Action;
        change.entity = makeUid(m_arena, action->type.view, action->id.view);
        propose(std::move(change));
    }
}

// True when a part does not hold, whether or not something was found for it.
bool ChangeFinder::bringScope(const Policy& policy)
{
    if (bringConstraint(policy.principal, RequestPart::Principal, m_request.principal())
        || bringConstraint(policy.resource, RequestPart::Resource, m_request.resource()))
        return true;
    if (m_evaluator.matchesScope(policy))
        return false;
    bringAction(policy.action);
    return true;
}

std::vector<Change> ChangeFinder::toward(const Policy& policy)
{
    m_changes.clear();
    if (bringScope(policy))
        return std::move(m_changes);
    for (const Condition& condition : policy.conditions) {
        if (condition.body == nullptr)
            return {};
        const std::vector<Demand> demands = m_trace.demands(*condition.body, condition.kind == ConditionKind::When);
        for (const Demand& demand : demands)
            bring(demand);
        if (!demands.empty())
            break;
    }
    return std::move(m_changes);
}

void ChangeFinder::leaveScope(const ScopeConstraint& constraint, const EntityUid& uid, std::string wanted)
{
    using Form = ScopeConstraint::Form;
    if (constraint.form != Form::In && constraint.form != Form::IsIn)
        return;
    m_wanted = std::move(wanted);
    joinOrLeave(ProposedChange::Kind::Leave, uid, *constraint.entity);
}

std::vector<Change> ChangeFinder::against(const Policy& policy)
{
    m_changes.clear();
    for (const Condition& condition : policy.conditions) {
        if (condition.body == nullptr)
            continue;
        for (const Demand& demand : m_trace.demands(*condition.body, condition.kind != ConditionKind::When))
            bring(demand);
    }
    leaveScope(policy.principal, m_request.principal(),
        "!(" + formatted(nameOf(RequestPart::Principal), policy.principal) + ")");
    leaveScope(
        policy.resource, m_request.resource(), "!(" + formatted(nameOf(RequestPart::Resource), policy.resource) + ")");
    return std::move(m_changes);
}

void ChangeFinder::bring(const Demand& demand)
{
    const Node& node = *demand.node;
    m_wanted = demandText(demand);
    switch (node.kind) {
    case NodeKind::Equal:
    case NodeKind::NotEqual:
        bringEquality(*node.children[0], *node.children[1], (node.kind == NodeKind::Equal) == demand.wanted);
        break;
    case NodeKind::Less:
        bringOrder(node, Order::Less, demand.wanted);
        break;
    case NodeKind::LessEqual:
        bringOrder(node, Order::LessEqual, demand.wanted);
        break;
    case NodeKind::Greater:
        bringOrder(node, Order::Greater, demand.wanted);
        break;
    case NodeKind::GreaterEqual:
        bringOrder(node, Order::GreaterEqual, demand.wanted);
        break;
    case NodeKind::In:
        bringMembership(*node.children[0], *node.children[1], demand.wanted);
        break;
    case NodeKind::Is:
        if (node.children.size() == 2)
            bringMembership(*node.children[0], *node.children[1], demand.wanted);
        break;
    case NodeKind::Has:
        bringPresence(node, demand.wanted);
        break;
    case NodeKind::HasTag:
        bringTag(node, demand.wanted);
        break;
    case NodeKind::Like:
        bringPattern(node, demand.wanted);
        break;
    case NodeKind::Contains:
    case NodeKind::ContainsAll:
    case NodeKind::ContainsAny:
    case NodeKind::IsEmpty:
        bringSets(node, demand.wanted);
        break;
    case NodeKind::Call:
        bringCall(node, demand.wanted);
        break;
    case NodeKind::Attribute:
    case NodeKind::GetTag:
        assign(node, Value(demand.wanted));
        break;
    default:
        break;
    }
}

std::optional<Value> ChangeFinder::valueOf(const Node& node)
{
    Value value;
    return m_evaluator.evaluate(node, value) ? std::optional(value) : std::nullopt;
}

std::optional<ValuePlace> ChangeFinder::placeOf(const Node& node)
{
    using Root = ValuePlace::Root;
    const auto ofEntity = [&](Root root, const EntityUid& uid) {
        return ValuePlace{root, makeUid(m_arena, uid.type.view, uid.id.view), {}};
    };
    const auto named = [&](const Text& name) { return m_arena.text(name.view); };
    if (node.kind == NodeKind::Context)
        return ValuePlace{};
    if (node.kind != NodeKind::Attribute && node.kind != NodeKind::GetTag)
        return std::nullopt;
    const std::optional<Value> target = valueOf(*node.children[0]);
    std::optional<ValuePlace> place;
    if (node.kind == NodeKind::GetTag) {
        const std::optional<Value> tag = valueOf(*node.children[1]);
        if (!target || target->kind != Kind::Entity || !tag || tag->kind != Kind::String)
            return std::nullopt;
        place = ofEntity(Root::Tags, *target->entity);
        place->path.push_back(named(*tag->text));
        return place;
    }
    if (target && target->kind == Kind::Entity)
        place = ofEntity(Root::Attributes, *target->entity);
    else if (!target || target->kind == Kind::Record)
        place = placeOf(*node.children[0]);
    if (place)
        place->path.push_back(named(node.names.front()));
    return place;
}

void ChangeFinder::assign(const Node& node, const Value& value)
{
    Change change;
    if (value.kind == Kind::Entity
        && (node.kind == NodeKind::Principal || node.kind == NodeKind::Action || node.kind == NodeKind::Resource)) {
        change.kind = ProposedChange::Kind::Replace;
        change.part = node.kind == NodeKind::Principal ? RequestPart::Principal
            : node.kind == NodeKind::Action            ? RequestPart::Action
                                                       : RequestPart::Resource;
        change.entity = makeUid(m_arena, value.entity->type.view, value.entity->id.view);
        propose(std::move(change));
        return;
    }
    auto place = placeOf(node);
    if (!place || place->path.empty())
        return;
    change.place = std::move(*place);
    change.value = copyInto(m_arena, value);
    propose(std::move(change));
}

}
