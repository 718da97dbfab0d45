#include "core/trust/cedar/expression.h"

#include <array>

namespace ephor::cedar {

std::uint64_t attributeShape(std::uint64_t target, const Text& name)
{
    return mixed(mixed(mixed(std::uint64_t(NodeKind::Attribute) + 1, 0), name.hash), target);
}

std::uint64_t shapeOf(const Node& node)
{
    if (node.kind == NodeKind::Literal)
        return mixed(std::uint64_t(node.kind) + 1, hashOf(node.value));
    const std::uint64_t function = node.function == nullptr ? 0 : std::uint64_t(node.function->id) + 1;
    std::uint64_t shape = mixed(std::uint64_t(node.kind) + 1, function);
    for (const Text& name : node.names)
        shape = mixed(shape, name.hash);
    for (const bool subtracted : node.subtracted)
        shape = mixed(shape, subtracted ? 1 : 2);
    if (node.pattern != nullptr) {
        for (const std::string_view piece : node.pattern->pieces)
            shape = mixed(shape, hashOf(piece));
    }
    for (const Node* child : node.children)
        shape = mixed(shape, child->shape);
    return shape;
}

std::string_view nameOf(NodeKind kind)
{
    static constexpr std::array<std::string_view, 32> names{"literal", "principal", "action", "resource", "context",
        "&&", "||", "!", "-", "+", "*", "==", "!=", "<", "<=", ">", ">=", "in", "if", "[]", "{}", ".", "has", "like",
        "is", "contains", "containsAll", "containsAny", "isEmpty", "getTag", "hasTag", "call"};
    return names[std::size_t(kind)];
}

}
