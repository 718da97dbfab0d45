#include "core/trust/cedar/value_builder.h"

#include <algorithm>
#include <vector>

namespace ephor::cedar {

namespace {

// Sets have no order, so that it must not matter here.
std::uint64_t summed(std::uint64_t sum, std::uint64_t hash)
{
    return sum + mixed(hash, 0x5bd1);
}

}

Value makeSet(Arena& arena, std::span<const Value> values)
{
    const std::span<SetMember> members = arena.array<SetMember>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        members[i] = {hashOf(values[i]), values[i]};
    std::ranges::sort(members, {}, &SetMember::hash);
    std::size_t kept = 0;
    for (const SetMember& member : members) {
        bool known = false;
        for (std::size_t i = kept; i > 0 && members[i - 1].hash == member.hash && !known; --i)
            known = equal(members[i - 1].value, member.value);
        if (!known)
            members[kept++] = member;
    }
    SetValue set;
    set.members = members.first(kept);
    for (const SetMember& member : set.members) {
        set.hash = summed(set.hash, member.hash);
        set.onlyEntities = set.onlyEntities && member.value.kind == Kind::Entity;
    }
    return Value(static_cast<const SetValue*>(arena.make(set)));
}

Value makeRecord(Arena& arena, std::span<const Field> fields)
{
    const std::span<Field> sorted = arena.array<Field>(fields.size());
    std::ranges::copy(fields, sorted.begin());
    std::ranges::sort(sorted, [](const Field& a, const Field& b) {
        return a.name.hash != b.name.hash ? a.name.hash < b.name.hash : a.name.view < b.name.view;
    });
    return Value(static_cast<const RecordValue*>(arena.make(RecordValue{sorted})));
}

Value makeString(Arena& arena, std::string_view text)
{
    return Value(static_cast<const Text*>(arena.make(arena.text(text))));
}

const EntityUid* makeUid(Arena& arena, std::string_view type, std::string_view id)
{
    return arena.make(EntityUid(arena.text(type), arena.text(id)));
}

Value copyInto(Arena& arena, const Value& value)
{
    switch (value.kind) {
    case Kind::String:
        return makeString(arena, value.text->view);
    case Kind::Entity:
        return Value(makeUid(arena, value.entity->type.view, value.entity->id.view));
    case Kind::Ip:
        return Value(static_cast<const IpAddress*>(arena.make(*value.ip)));
    case Kind::Set: {
        std::vector<Value> members;
        for (const SetMember& member : value.set->members)
            members.push_back(copyInto(arena, member.value));
        return makeSet(arena, members);
    }
    case Kind::Record: {
        std::vector<Field> fields;
        for (const Field& field : value.record->fields)
            fields.push_back({arena.text(field.name.view), copyInto(arena, field.value)});
        return makeRecord(arena, fields);
    }
    default:
        return value;
    }
}

}
