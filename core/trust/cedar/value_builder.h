#pragma once

#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/value.h"

#include <span>

namespace ephor::cedar {

/// A set of these values, repetitions dropped.
Value makeSet(Arena& arena, std::span<const Value> values);

/// A record of these fields, whose names must differ: readers refuse repetitions, which are always a mistake.
Value makeRecord(Arena& arena, std::span<const Field> fields);

Value makeString(Arena& arena, std::string_view text);

const EntityUid* makeUid(Arena& arena, std::string_view type, std::string_view id);

/// The same value with everything it points to copied into `arena`.
Value copyInto(Arena& arena, const Value& value);

}
