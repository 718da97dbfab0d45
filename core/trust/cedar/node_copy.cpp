#include "core/trust/cedar/node_copy.h"

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

const EntityUid* NodeCopier::shared(const EntityUid* uid)
{
    if (uid == nullptr)
        return nullptr;
    const EntityUid*& known = m_uids[uid->hash];
    if (known == nullptr)
        known = makeUid(m_arena, uid->type.view, uid->id.view);
    return *known == *uid ? known : makeUid(m_arena, uid->type.view, uid->id.view);
}

std::span<const Text> NodeCopier::shared(std::span<const Text> names)
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

Value NodeCopier::shared(const Value& value)
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
const Node* NodeCopier::copy(const Node& node)
{
    const int place = node.folded ? -1 : wordPlace(node);
    if (place >= 0 && m_words[std::size_t(place)] != nullptr)
        return m_words[std::size_t(place)];
    Node* const made = m_arena.make(node);
    if (place >= 0)
        m_words[std::size_t(place)] = made;
    made->names = shared(node.names);
    if (node.folded) {
        // Deciding takes the value; the parts it came from are the validator's.
        made->value = shared(node.value);
        return made;
    }
    const std::span<const Node*> children = m_arena.array<const Node*>(node.children.size());
    made->children = children;
    for (std::size_t i = 0; i < children.size(); ++i)
        children[i] = copy(*node.children[i]);
    return made;
}

const Pattern* NodeCopier::copied(const Pattern& pattern)
{
    const std::span<std::string_view> pieces = m_arena.array<std::string_view>(pattern.pieces.size());
    std::ranges::transform(
        pattern.pieces, pieces.begin(), [this](std::string_view piece) { return m_arena.copy(piece); });
    return m_arena.make(Pattern{pieces});
}

const Text* NodeCopier::sharedType(const Text& type)
{
    return type.view.empty() ? nullptr : shared(std::span(&type, 1)).data();
}

}
