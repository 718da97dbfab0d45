#include "core/trust/cedar/policy_copy.h"

#include "core/trust/cedar/value_builder.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

const EntityUid* copyUid(Arena& arena, const EntityUid* uid)
{
    return uid == nullptr ? nullptr : makeUid(arena, uid->type.view, uid->id.view);
}

std::span<const Text> copyNames(Arena& arena, std::span<const Text> names)
{
    const std::span<Text> copies = arena.array<Text>(names.size());
    std::ranges::transform(names, copies.begin(), [&](const Text& name) { return arena.text(name.view); });
    return copies;
}

// As deep as the reader let the expression nest.
const Node* copyNode(Arena& arena, const Node& node)
{
    Node* const copy = arena.make(node);
    copy->names = copyNames(arena, node.names);
    if (node.folded) {
        // Deciding takes the value; the parts it came from are the validator's.
        copy->value = copyInto(arena, node.value);
        return copy;
    }
    const std::span<const Node*> children = arena.array<const Node*>(node.children.size());
    copy->children = children;
    for (std::size_t i = 0; i < children.size(); ++i)
        children[i] = copyNode(arena, *node.children[i]);
    return copy;
}

}

Policy copyForDeciding(Arena& arena, const Policy& policy)
{
    Policy copy = policy;
    copy.principal.entity = copyUid(arena, policy.principal.entity);
    copy.resource.entity = copyUid(arena, policy.resource.entity);
    const std::span<const EntityUid*> actions = arena.array<const EntityUid*>(policy.action.entities.size());
    std::ranges::transform(
        policy.action.entities, actions.begin(), [&](const EntityUid* uid) { return copyUid(arena, uid); });
    copy.action.entities = actions;
    const std::span<Condition> conditions = arena.array<Condition>(policy.conditions.size());
    copy.conditions = conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i)
        conditions[i]
            = {policy.conditions[i].kind, policy.conditions[i].temporal, copyNode(arena, *policy.conditions[i].body)};
    return copy;
}

}
