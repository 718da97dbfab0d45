#pragma once

#include "core/trust/cedar/expression.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace ephor::cedar {

enum class Effect : std::uint8_t { Permit, Forbid };

/// What the scope says of principal or resource.
struct ScopeConstraint {
    enum class Form : std::uint8_t { Any, Equal, In, Is, IsIn };
    Form form = Form::Any;
    bool slot = false; ///< the entity is a template's slot, not filled yet
    Text type; ///< Is, IsIn
    const EntityUid* entity = nullptr; ///< Equal, In, IsIn; null for a slot
};

/// What the scope says of the action.
struct ActionConstraint {
    enum class Form : std::uint8_t { Any, Equal, In, InAny };
    Form form = Form::Any;
    std::span<const EntityUid* const> entities; ///< one for Equal and In
};

enum class ConditionKind : std::uint8_t { When, Unless };

struct Condition {
    ConditionKind kind = ConditionKind::When;
    bool temporal = false; ///< written `when temporal` or `unless temporal`
    const Node* body = nullptr;
};

struct Annotation {
    std::string_view name;
    std::string_view value; ///< empty when none was written
};

/// A policy or a template, compiled. Lies in the arena of its set; immutable.
struct Policy {
    std::string_view id;
    Effect effect = Effect::Permit;
    ScopeConstraint principal;
    ActionConstraint action;
    ScopeConstraint resource;
    std::span<const Condition> conditions;
    std::span<const Annotation> annotations;
    std::string_view source; ///< the whole text it was read from; offsets count in it
    std::uint32_t offset = 0; ///< where it begins, annotations included
    std::uint32_t length = 0;
    std::uint32_t order = 0; ///< its place in the set

    bool isTemplate() const { return principal.slot || resource.slot; }
    std::string_view text() const { return source.substr(offset, length); }
    /// Null when it has none of that name.
    const Annotation* annotation(std::string_view name) const;
};

}
