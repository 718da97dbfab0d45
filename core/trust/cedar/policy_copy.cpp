#include "core/trust/cedar/policy_copy.h"

#include "core/trust/cedar/value_builder.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

// What stands for one part of the request, and can neither err nor have parts.
int wordPlace(const Node& node)
{
    switch (node.kind) {
    case NodeKind::Principal:
        return 0;
    case NodeKind::Action:
        return 1;
    case NodeKind::Resource:
        return 2;
    case NodeKind::Context:
        return 3;
    default:
        return -1;
    }
}

}

const EntityUid* PolicyCopier::shared(const EntityUid* uid)
{
    if (uid == nullptr)
        return nullptr;
    const EntityUid*& known = m_uids[uid->hash];
    if (known == nullptr)
        known = makeUid(m_arena, uid->type.view, uid->id.view);
    return *known == *uid ? known : makeUid(m_arena, uid->type.view, uid->id.view);
}

std::span<const Text> PolicyCopier::shared(std::span<const Text> names)
{
    const auto made = [&] {
        const std::span<Text> copies = m_arena.array<Text>(names.size());
        std::ranges::transform(names, copies.begin(), [&](const Text& name) { return m_arena.text(name.view); });
        return std::span<const Text>(copies);
    };
    if (names.size() != 1)
        return made();
    const auto known = m_names.find(names.front().view);
    if (known != m_names.end())
        return known->second;
    const std::span<const Text> copies = made();
    m_names.emplace(copies.front().view, copies);
    return copies;
}

Value PolicyCopier::shared(const Value& value)
{
    if (value.kind == Kind::Entity)
        return Value(shared(value.entity));
    if (value.kind != Kind::String)
        return copyInto(m_arena, value);
    const auto known = m_texts.find(value.text->view);
    if (known != m_texts.end())
        return known->second;
    const Value copy = copyInto(m_arena, value);
    m_texts.emplace(copy.text->view, copy);
    return copy;
}

// As deep as the reader let the expression nest.
const Node* PolicyCopier::copyNode(const Node& node)
{
    const int place = node.folded ? -1 : wordPlace(node);
    if (place >= 0 && m_words[std::size_t(place)] != nullptr)
        return m_words[std::size_t(place)];
    Node* const copy = m_arena.make(node);
    if (place >= 0)
        m_words[std::size_t(place)] = copy;
    copy->names = shared(node.names);
    if (node.folded) {
        // Deciding takes the value; the parts it came from are the validator's.
        copy->value = shared(node.value);
        return copy;
    }
    const std::span<const Node*> children = m_arena.array<const Node*>(node.children.size());
    copy->children = children;
    for (std::size_t i = 0; i < children.size(); ++i)
        children[i] = copyNode(*node.children[i]);
    return copy;
}

Policy PolicyCopier::copy(const Policy& policy)
{
    Policy copy = policy;
    copy.principal.entity = shared(policy.principal.entity);
    copy.resource.entity = shared(policy.resource.entity);
    const std::span<const EntityUid*> actions = m_arena.array<const EntityUid*>(policy.action.entities.size());
    std::ranges::transform(policy.action.entities, actions.begin(), [&](const EntityUid* uid) { return shared(uid); });
    copy.action.entities = actions;
    const std::span<Condition> conditions = m_arena.array<Condition>(policy.conditions.size());
    copy.conditions = conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i)
        conditions[i]
            = {policy.conditions[i].kind, policy.conditions[i].temporal, copyNode(*policy.conditions[i].body)};
    return copy;
}

}
