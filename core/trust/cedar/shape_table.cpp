#include "core/trust/cedar/shape_table.h"

namespace ephor::cedar {

namespace {

std::uint64_t ownShape(const Node& node)
{
    std::uint64_t shape = mixed(std::uint64_t(node.kind) + 1, node.children.size());
    for (const Text& name : node.names)
        shape = mixed(shape, name.hash);
    if (node.kind == NodeKind::Call)
        shape = mixed(shape, std::uint64_t(node.function->id) + 1);
    if (node.kind == NodeKind::Sum) {
        for (std::size_t i = 0; i < node.children.size(); ++i)
            shape = mixed(shape, node.subtracted[i] ? 1 : 2);
    }
    if (node.kind == NodeKind::Like) {
        for (const std::string_view piece : node.pattern->pieces)
            shape = mixed(shape, hashOf(piece));
    }
    return shape;
}

}

std::uint64_t ShapeTable::ofAttribute(std::uint64_t target, const Text& name)
{
    return mixed(mixed(mixed(std::uint64_t(NodeKind::Attribute) + 1, 1), name.hash), target);
}

std::uint64_t ShapeTable::workOut(const Node& node)
{
    if (node.kind == NodeKind::Literal)
        return mixed(std::uint64_t(node.kind) + 1, hashOf(node.value));
    std::uint64_t shape = ownShape(node);
    for (const Node* child : node.children)
        shape = mixed(shape, of(*child));
    return shape;
}

std::uint64_t ShapeTable::of(const Node& node)
{
    if (const auto found = m_known.find(&node); found != m_known.end())
        return found->second;
    const std::uint64_t shape = workOut(node);
    m_known.emplace(&node, shape);
    return shape;
}

}
