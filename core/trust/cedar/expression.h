#pragma once

#include "core/trust/cedar/extension.h"
#include "core/trust/cedar/pattern.h"
#include "core/trust/cedar/temporal_operation.h"
#include "core/trust/cedar/value.h"

#include <cstdint>
#include <span>

namespace ephor::cedar {

enum class NodeKind : std::uint8_t {
    Literal, ///< `value`
    Principal,
    Action,
    Resource,
    Context,
    And, ///< two or more children, left to right until one is false
    Or, ///< two or more children, left to right until one is true
    Not,
    Negate,
    Sum, ///< two or more children; `subtracted` says which after the first are taken away
    Product, ///< two or more children
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    If, ///< three children
    Set,
    Record, ///< `names` beside the children
    Attribute, ///< one child, one name
    Has, ///< one child, a path of names
    Like, ///< one child, `pattern`
    Is, ///< one child, or two for `is … in …`; one name, the type
    Contains,
    ContainsAll,
    ContainsAny,
    IsEmpty,
    GetTag,
    HasTag,
    Call, ///< `function`
    Event, ///< the event that a temporal operation asks about
    Temporal, ///< `temporal`, no children
};

/// One operation of a condition, compiled: names are hashed, chains are flat, constant parts are folded into values.
/// Lies in the arena of its policy set; immutable.
struct Node {
    NodeKind kind = NodeKind::Literal;
    bool folded = false; ///< `value` is what it comes to, always
    std::uint16_t depth = 1; ///< of nodes within, itself counted
    std::uint32_t offset = 0; ///< in the source of its policy, in bytes
    std::span<const Node* const> children;
    Value value;
    std::span<const Text> names;
    union {
        const ExtensionFunction* function = nullptr; ///< of a Call
        const Pattern* pattern; ///< of a Like
        const bool* subtracted; ///< of a Sum, one for each child
        const TemporalOperation* temporal; ///< of a Temporal
    };
};
// A verdict among thousands of policies waits for memory more than for anything else.
static_assert(sizeof(Node) == 64);

/// The operator as it is written, for messages: "&&", "has".
std::string_view nameOf(NodeKind kind);

}
