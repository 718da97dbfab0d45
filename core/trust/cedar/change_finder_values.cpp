#include "core/trust/cedar/change_finder.h"
#include "core/trust/cedar/plain_value.h"
#include "core/trust/cedar/value_builder.h"

#include <algorithm>
#include <array>
#include <limits>

namespace ephor::cedar {

namespace {

constexpr std::size_t mostMembersTried = 3;

std::vector<Value> membersOf(const Value& set)
{
    std::vector<Value> members;
    for (const SetMember& member : set.set->members)
        members.push_back(member.value);
    // Hashes differ from one process to the next, but an explanation must not.
    std::ranges::sort(members, {}, [](const Value& value) { return plainText(value); });
    return members;
}

Value united(Arena& arena, const Value& left, const Value& right)
{
    std::vector<Value> members = membersOf(left);
    for (const SetMember& member : right.set->members)
        members.push_back(member.value);
    return makeSet(arena, members);
}

Value without(Arena& arena, const Value& left, const Value& right)
{
    std::vector<Value> members = membersOf(left);
    std::erase_if(members, [&](const Value& member) { return right.set->contains(member); });
    return makeSet(arena, members);
}

std::optional<std::int64_t> summedNumber(std::int64_t left, std::int64_t right)
{
    std::int64_t sum = 0;
    return __builtin_add_overflow(left, right, &sum) ? std::nullopt : std::optional(sum);
}

std::optional<std::int64_t> differenceNumber(std::int64_t left, std::int64_t right)
{
    std::int64_t difference = 0;
    return __builtin_sub_overflow(left, right, &difference) ? std::nullopt : std::optional(difference);
}

bool isNumber(Kind kind)
{
    return kind == Kind::Long || kind == Kind::Decimal || kind == Kind::Datetime || kind == Kind::Duration;
}

}

void ChangeFinder::assignOther(const Node& node, const Value& value)
{
    if (value.kind == Kind::Boolean) {
        assign(node, Value(!value.boolean));
    } else if (isNumber(value.kind)) {
        const bool last = value.number == std::numeric_limits<std::int64_t>::max();
        assignNumber(node, value.kind, last ? value.number - 1 : value.number + 1);
    } else if (value.kind == Kind::String) {
        assign(node, makeString(m_arena, value.text->view == "other" ? "another" : "other"));
    } else if (value.kind == Kind::Set) {
        assign(node, makeSet(m_arena, {}));
    }
}

void ChangeFinder::bringEquality(const Node& left, const Node& right, bool wanted)
{
    const std::optional<Value> leftValue = valueOf(left);
    const std::optional<Value> rightValue = valueOf(right);
    for (const auto& [node, value] : {std::pair(&left, &rightValue), std::pair(&right, &leftValue)}) {
        if (!value->has_value())
            continue;
        if (!wanted)
            assignOther(*node, **value);
        else if (isNumber((*value)->kind))
            assignNumber(*node, (*value)->kind, (*value)->number);
        else
            assign(*node, **value);
    }
}

void ChangeFinder::bringOrder(const Node& node, Order order, bool wanted)
{
    if (!wanted)
        order = order == Order::Less    ? Order::GreaterEqual
            : order == Order::LessEqual ? Order::Greater
            : order == Order::Greater   ? Order::LessEqual
                                        : Order::Less;
    const int step = order == Order::Less ? -1 : order == Order::Greater ? 1 : 0;
    const std::optional<Value> left = valueOf(*node.children[0]);
    const std::optional<Value> right = valueOf(*node.children[1]);
    if (right && isNumber(right->kind)) {
        if (const auto number = summedNumber(right->number, step))
            assignNumber(*node.children[0], right->kind, *number);
    }
    if (left && isNumber(left->kind)) {
        if (const auto number = summedNumber(left->number, -step))
            assignNumber(*node.children[1], left->kind, *number);
    }
}

void ChangeFinder::assignNumber(const Node& node, Kind kind, std::int64_t number)
{
    if (node.kind == NodeKind::Sum) {
        assignSummand(node, number);
    } else if (node.kind == NodeKind::Negate) {
        if (const auto negated = differenceNumber(0, number))
            assignNumber(*node.children[0], Kind::Long, *negated);
    } else if (node.kind == NodeKind::Call && !node.folded) {
        assignMoment(node, number);
    } else {
        assign(node, Value(number, kind));
    }
}

void ChangeFinder::assignSummand(const Node& sum, std::int64_t number)
{
    const std::optional<Value> total = valueOf(sum);
    const auto missing = total ? differenceNumber(number, total->number) : std::nullopt;
    if (!missing)
        return;
    for (std::size_t i = 0; i < sum.children.size(); ++i) {
        const std::optional<Value> part = valueOf(*sum.children[i]);
        if (!part || part->kind != Kind::Long || sum.children[i]->folded)
            continue;
        const auto wanted
            = sum.subtracted[i] ? differenceNumber(part->number, *missing) : summedNumber(part->number, *missing);
        if (wanted)
            assignNumber(*sum.children[i], Kind::Long, *wanted);
    }
}

// Moments and spans that were moved or measured: the number is what the call should come to.
void ChangeFinder::assignMoment(const Node& call, std::int64_t number)
{
    std::array<std::optional<Value>, 2> given;
    for (std::size_t i = 0; i < std::min(call.children.size(), given.size()); ++i)
        given[i] = valueOf(*call.children[i]);
    if (call.function->id == ExtensionId::Offset) {
        if (const auto moment = given[1] ? differenceNumber(number, given[1]->number) : std::nullopt)
            assignNumber(*call.children[0], Kind::Datetime, *moment);
        if (const auto span = given[0] ? differenceNumber(number, given[0]->number) : std::nullopt)
            assignNumber(*call.children[1], Kind::Duration, *span);
    } else if (call.function->id == ExtensionId::DurationSince) {
        if (const auto later = given[1] ? summedNumber(number, given[1]->number) : std::nullopt)
            assignNumber(*call.children[0], Kind::Datetime, *later);
        if (const auto earlier = given[0] ? differenceNumber(given[0]->number, number) : std::nullopt)
            assignNumber(*call.children[1], Kind::Datetime, *earlier);
    }
}

void ChangeFinder::bringMembership(const Node& left, const Node& right, bool wanted)
{
    const std::optional<Value> inner = valueOf(left);
    const std::optional<Value> outer = valueOf(right);
    if (!inner || inner->kind != Kind::Entity || !outer)
        return;
    std::vector<Value> groups;
    if (outer->kind == Kind::Entity)
        groups.push_back(*outer);
    else if (outer->kind == Kind::Set && outer->set->onlyEntities)
        groups = membersOf(*outer);
    const Entity* const entity = m_entities.find(*inner->entity);
    std::size_t tried = 0;
    for (const Value& group : groups) {
        const bool inside = entity != nullptr && entity->isIn(*group.entity);
        if (wanted == inside || tried++ == mostMembersTried)
            continue;
        joinOrLeave(wanted ? ProposedChange::Kind::Join : ProposedChange::Kind::Leave, *inner->entity, *group.entity);
    }
    if (outer->kind == Kind::Set && wanted)
        assign(right, united(m_arena, *outer, makeSet(m_arena, std::span(&*inner, 1))));
}

// An attribute that only has to be there gets a value that stands for any; a later comparison puts in its own.
void ChangeFinder::bringPresence(const Node& node, bool wanted)
{
    const std::optional<Value> target = valueOf(*node.children[0]);
    if (!target)
        return;
    std::optional<ValuePlace> place;
    if (target->kind == Kind::Entity)
        place = ValuePlace{
            ValuePlace::Root::Attributes, makeUid(m_arena, target->entity->type.view, target->entity->id.view), {}};
    else if (target->kind == Kind::Record)
        place = placeOf(*node.children[0]);
    if (!place)
        return;
    for (const Text& name : node.names) {
        const Value* const between = place->path.empty() ? nullptr : valueAt(*place, m_entities, m_request);
        if (between != nullptr && between->kind == Kind::Entity)
            place = ValuePlace{ValuePlace::Root::Attributes,
                makeUid(m_arena, between->entity->type.view, between->entity->id.view), {}};
        place->path.push_back(m_arena.text(name.view));
    }
    Change change;
    change.kind = wanted ? ProposedChange::Kind::Set : ProposedChange::Kind::Remove;
    change.place = std::move(*place);
    change.value = Value(true);
    propose(std::move(change));
}

void ChangeFinder::bringTag(const Node& node, bool wanted)
{
    const std::optional<Value> target = valueOf(*node.children[0]);
    const std::optional<Value> tag = valueOf(*node.children[1]);
    if (!target || target->kind != Kind::Entity || !tag || tag->kind != Kind::String)
        return;
    Change change;
    change.kind = wanted ? ProposedChange::Kind::Set : ProposedChange::Kind::Remove;
    change.place = {ValuePlace::Root::Tags, makeUid(m_arena, target->entity->type.view, target->entity->id.view),
        {m_arena.text(tag->text->view)}};
    change.value = makeString(m_arena, "any");
    propose(std::move(change));
}

void ChangeFinder::bringPattern(const Node& node, bool wanted)
{
    std::string text;
    if (wanted) {
        for (const std::string_view piece : node.pattern->pieces)
            text += piece;
        assign(*node.children[0], makeString(m_arena, text));
        return;
    }
    for (const std::string_view other : {"", "other"}) {
        if (node.pattern->matches(other))
            continue;
        assign(*node.children[0], makeString(m_arena, other));
        return;
    }
}

void ChangeFinder::bringContains(const Node& left, const Node& right, bool wanted)
{
    const std::optional<Value> set = valueOf(left);
    const std::optional<Value> member = valueOf(right);
    if (set && set->kind != Kind::Set)
        return;
    const Value known = set ? *set : makeSet(m_arena, {});
    if (member) {
        const Value one = makeSet(m_arena, std::span(&*member, 1));
        assign(left, wanted ? united(m_arena, known, one) : without(m_arena, known, one));
        if (!wanted)
            assignOther(right, *member);
    }
    std::vector<Value> others = wanted ? membersOf(known) : std::vector<Value>();
    others.resize(std::min(others.size(), mostMembersTried));
    for (const Value& other : others)
        assign(right, other);
}

void ChangeFinder::bringSets(const Node& node, bool wanted)
{
    const Node& left = *node.children[0];
    if (node.kind == NodeKind::IsEmpty) {
        const Value some = makeString(m_arena, "any");
        assign(left, wanted ? makeSet(m_arena, {}) : makeSet(m_arena, std::span(&some, 1)));
        return;
    }
    const Node& right = *node.children[1];
    if (node.kind == NodeKind::Contains) {
        bringContains(left, right, wanted);
        return;
    }
    const Value nothing = makeSet(m_arena, {});
    const Value one = valueOf(left).value_or(nothing);
    const Value other = valueOf(right).value_or(nothing);
    if (one.kind != Kind::Set || other.kind != Kind::Set)
        return;
    const auto firstOf = [&](const Value& set) {
        const std::vector<Value> members = membersOf(set);
        return makeSet(m_arena, std::span(members).first(std::min<std::size_t>(members.size(), 1)));
    };
    const bool all = node.kind == NodeKind::ContainsAll;
    if (wanted) {
        assign(left, united(m_arena, one, all ? other : firstOf(other)));
        assign(
            right, all ? without(m_arena, other, without(m_arena, other, one)) : united(m_arena, other, firstOf(one)));
    } else {
        assign(left, without(m_arena, one, all ? firstOf(other) : other));
        if (!all)
            assign(right, without(m_arena, other, one));
    }
}

void ChangeFinder::bringCall(const Node& node, bool wanted)
{
    switch (node.function->id) {
    case ExtensionId::LessThan:
        return bringOrder(node, Order::Less, wanted);
    case ExtensionId::LessThanOrEqual:
        return bringOrder(node, Order::LessEqual, wanted);
    case ExtensionId::GreaterThan:
        return bringOrder(node, Order::Greater, wanted);
    case ExtensionId::GreaterThanOrEqual:
        return bringOrder(node, Order::GreaterEqual, wanted);
    default:
        if (node.function->first == Kind::Ip && node.function->result == Kind::Boolean)
            bringAddress(node, wanted);
    }
}

// Addresses cannot be solved for, but a few stand for all kinds there are.
void ChangeFinder::bringAddress(const Node& node, bool wanted)
{
    std::vector<Value> arguments(node.children.size());
    for (std::size_t i = 1; i < node.children.size(); ++i) {
        const std::optional<Value> value = valueOf(*node.children[i]);
        if (!value)
            return;
        arguments[i] = *value;
    }
    std::vector<Value> candidates;
    if (arguments.size() == 2)
        candidates.push_back(arguments[1]);
    for (const std::string_view text : {"192.0.2.1", "127.0.0.1", "224.0.0.1", "2001:db8::1"}) {
        if (const auto address = readIpAddress(text))
            candidates.push_back(Value(static_cast<const IpAddress*>(m_arena.make(*address))));
    }
    for (const Value& candidate : candidates) {
        arguments[0] = candidate;
        Value result;
        std::string problem;
        if (!callExtension(*node.function, arguments, m_arena, result, problem) || result.boolean != wanted)
            continue;
        assign(*node.children[0], candidate);
        return;
    }
}

}
