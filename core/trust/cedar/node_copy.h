#pragma once

#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/policy.h"

#include <array>
#include <string_view>
#include <unordered_map>

namespace ephor::cedar {

/// Lays what deciding touches of policies into an arena, one part behind the other. What they have in common is there
/// once: names, entities and the words for who asks lie in the processor's nearest memory then, however many policies
/// there are.
class NodeCopier {
public:
    explicit NodeCopier(Arena& arena)
        : m_arena(arena)
    {
    }
    const Node* copy(const Node& node);
    const Pattern* copied(const Pattern& pattern);
    Value shared(const Value& value);
    /// Null of null.
    const EntityUid* shared(const EntityUid* uid);
    /// Null of an empty text.
    const Text* sharedType(const Text& type);

private:
    std::span<const Text> shared(std::span<const Text> names);

    Arena& m_arena;
    std::unordered_map<std::string_view, std::span<const Text>> m_names;
    std::unordered_map<std::string_view, Value> m_texts;
    std::unordered_map<std::uint64_t, const EntityUid*> m_uids; ///< the first of its hash
    std::array<const Node*, 4> m_words{}; ///< principal, action, resource, context
};

}
