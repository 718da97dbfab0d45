#pragma once

#include "core/trust/cedar/value.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ephor::cedar {

struct Node;

/// Which grammar a text of policies is read by.
enum class Grammar : std::uint8_t {
    Cedar, ///< the language as its official engine reads it
    Temporal, ///< and conditions over what happened before in the session: `when temporal { … }`
};

/// What an event of a session tells.
enum class EventKind : std::uint8_t {
    Request, ///< a call was made: it counts from that moment on
    Response, ///< it was answered
    Error, ///< it failed, or was denied
};

/// As policies name it: "request".
std::string_view nameOf(EventKind kind);

enum class TemporalOperator : std::uint8_t {
    Formerly, ///< such an event happened before
    Previous, ///< the event just before this one was such
    Since, ///< `event` happened, and each event after it is such as `ever` says
    Count, ///< how many such events happened
    Sum, ///< of what `of` comes to for each
};

/// As policies write it: "formerly".
std::string_view nameOf(TemporalOperator operation);

/// Which events are meant: `[Action::"a", Action::"b"]::request where { … }`.
struct EventPattern {
    std::span<const EntityUid* const> actions; ///< an event's action is one of them or in one; empty: any
    EventKind kind = EventKind::Request;
    bool negated = false; ///< events that are not such; only what holds ever since may be
    const Node* where = nullptr; ///< null for none. The parts of its && stand in the order of WhereParts
    std::uint32_t offset = 0;
};

/// What stands in the place of a value in `when temporal`. Lies in the arena of its policy set; immutable once read.
struct TemporalOperation {
    TemporalOperator kind = TemporalOperator::Formerly;
    bool emptyIsDecimal = false; ///< a Sum that decimals are compared with is decimal("0.0") when nothing happened
    std::uint32_t number = 0; ///< its place among those of its set
    std::int64_t window = 0; ///< milliseconds, closed at both ends
    EventPattern event;
    EventPattern ever; ///< of Since: what each later event is
    const Node* of = nullptr; ///< of Sum: over `event` alone
    const Node* plus = nullptr; ///< of Sum: what the present request adds; null for nothing
};

/// All of a policy set, by their numbers.
using TemporalOperations = std::vector<TemporalOperation*>;

}
