#include "core/trust/cedar/shape_table.h"

#include <algorithm>
#include <vector>

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

std::uint64_t ShapeTable::ofPattern(const EventPattern& pattern)
{
    std::vector<std::uint64_t> actions;
    for (const EntityUid* action : pattern.actions)
        actions.push_back(action->hash);
    // Which action is named first says nothing.
    std::ranges::sort(actions);
    actions.erase(std::ranges::unique(actions).begin(), actions.end());
    std::uint64_t shape = mixed(std::uint64_t(pattern.kind) + 1, actions.size());
    for (const std::uint64_t action : actions)
        shape = mixed(shape, action);
    return mixed(shape, pattern.where == nullptr ? 0 : of(*pattern.where));
}

std::uint64_t ShapeTable::ofTemporal(const TemporalOperation& operation)
{
    std::uint64_t shape = mixed(std::uint64_t(operation.kind) + 1, std::uint64_t(operation.window));
    shape = mixed(shape, ofPattern(operation.event));
    if (operation.kind == TemporalOperator::Since)
        shape = mixed(shape, mixed(ofPattern(operation.ever), operation.ever.negated ? 1 : 2));
    for (const Node* part : {operation.of, operation.plus})
        shape = mixed(shape, part == nullptr ? 0 : of(*part));
    return mixed(shape, operation.emptyIsDecimal ? 1 : 2);
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
    if (node.kind == NodeKind::Temporal)
        shape = mixed(shape, ofTemporal(*node.temporal));
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
