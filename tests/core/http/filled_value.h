#pragma once

#include "core/domain/type.h"

#include <string>

namespace ephor::tests {

/// Fills every member of a value with something that is not its default, so that a round trip shows what it loses.
inline void fillValue(const Type& type, void* value, int depth = 0)
{
    switch (type.kind) {
    case TypeKind::Boolean:
        type.writeInteger(value, 1);
        break;
    case TypeKind::Integer:
    case TypeKind::Unsigned:
        type.writeInteger(value, 9'007'199'254'740'993);
        break;
    case TypeKind::Number:
        type.writeNumber(value, 0.1 + depth);
        break;
    case TypeKind::Text: {
        const std::string text = "text \"é\"\n" + std::string(type.minimum, 'x');
        type.writeText(value) = text.substr(0, type.maximum);
        break;
    }
    case TypeKind::Enumeration:
        type.writeInteger(value, std::int64_t(type.words.size()) - 1);
        break;
    case TypeKind::Instant:
        type.writeInteger(value, 1'700'000'000'123'456);
        break;
    case TypeKind::Money:
        type.writeInteger(value, -18'400'001);
        break;
    case TypeKind::Document:
        type.writeText(value) = R"({"a":[1,null,"é"]})";
        break;
    case TypeKind::Optional:
        fillValue(type.element(), type.append(value), depth + 1);
        break;
    case TypeKind::List:
        type.clear(value);
        for (int i = 0; i < 2; ++i)
            fillValue(type.element(), type.append(value), depth + 1);
        break;
    case TypeKind::Map:
        fillValue(type.element(), type.entry(value, "a/b \"c\""), depth + 1);
        break;
    case TypeKind::Object:
        for (const Member& member : type.members)
            fillValue(member.type(), member.write(value), depth + 1);
        break;
    }
}

}
