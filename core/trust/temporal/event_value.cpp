#include "core/trust/temporal/event_value.h"

#include "core/trust/cedar/value_builder.h"

#include <array>
#include <vector>

namespace ephor::temporal {

namespace {

struct EventNames {
    cedar::Text at{"at"};
    cedar::Text principal{"principal"};
    cedar::Text action{"action"};
    cedar::Text resource{"resource"};
    cedar::Text context{"context"};
    std::array<cedar::Text, 3> lifted{cedar::Text("input"), cedar::Text("output"), cedar::Text("labels")};
};

const EventNames& eventNames()
{
    static const EventNames names;
    return names;
}

struct EventParts {
    const cedar::EntityUid* principal = nullptr;
    const cedar::EntityUid* action = nullptr;
    const cedar::EntityUid* resource = nullptr;
    const cedar::RecordValue* context = nullptr;
};

cedar::Value valueOf(const EventParts& parts, std::int64_t at, cedar::Arena& arena)
{
    using cedar::Value;
    const EventNames& names = eventNames();
    std::array<cedar::Field, 8> fields{{{names.at, Value(at, cedar::Kind::Datetime)},
        {names.principal, Value(parts.principal)}, {names.action, Value(parts.action)},
        {names.resource, Value(parts.resource)}, {names.context, Value(parts.context)}}};
    std::size_t count = 5;
    for (const cedar::Text& name : names.lifted) {
        if (const Value* const found = parts.context->find(name))
            fields[count++] = {name, *found};
    }
    return makeRecord(arena, std::span<const cedar::Field>(fields).first(count));
}

}

cedar::Value eventValue(const cedar::Request& request, std::int64_t at, cedar::Arena& arena)
{
    return valueOf({&request.principal(), &request.action(), &request.resource(), &request.context()}, at, arena);
}

cedar::Value keptEventValue(const cedar::Request& request, std::int64_t at, cedar::Arena& arena)
{
    const auto copied = [&](const cedar::EntityUid& uid) { return makeUid(arena, uid.type.view, uid.id.view); };
    return valueOf({copied(request.principal()), copied(request.action()), copied(request.resource()),
                       copyInto(arena, cedar::Value(&request.context())).record},
        at, arena);
}

std::size_t sizeOf(const cedar::Value& value)
{
    switch (value.kind) {
    case cedar::Kind::String:
        return sizeof(cedar::Text) + value.text->view.size();
    case cedar::Kind::Entity:
        return sizeof(cedar::EntityUid) + value.entity->type.view.size() + value.entity->id.view.size();
    case cedar::Kind::Ip:
        return sizeof(cedar::IpAddress);
    case cedar::Kind::Set: {
        std::size_t sum = sizeof(cedar::SetValue);
        for (const cedar::SetMember& member : value.set->members)
            sum += sizeof(cedar::SetMember) + sizeOf(member.value);
        return sum;
    }
    case cedar::Kind::Record: {
        std::size_t sum = sizeof(cedar::RecordValue);
        for (const cedar::Field& field : value.record->fields)
            sum += sizeof(cedar::Field) + field.name.view.size() + sizeOf(field.value);
        return sum;
    }
    default:
        return 0;
    }
}

}
