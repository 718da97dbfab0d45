#include "core/trust/cedar/expression.h"

#include <array>

namespace ephor::cedar {

std::string_view nameOf(NodeKind kind)
{
    static constexpr std::array<std::string_view, 34> names{"literal", "principal", "action", "resource", "context",
        "&&", "||", "!", "-", "+", "*", "==", "!=", "<", "<=", ">", ">=", "in", "if", "[]", "{}", ".", "has", "like",
        "is", "contains", "containsAll", "containsAny", "isEmpty", "getTag", "hasTag", "call", "event", "temporal"};
    return names[std::size_t(kind)];
}

}
