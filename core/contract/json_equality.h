#pragma once

#include "core/base/json.h"

#include <cstddef>

namespace ephor::contract {

/// Equality as JSON Schema means it: numbers by value (1 and 1.0 are equal, large integers are not rounded),
/// objects without regard to the order of members.
bool equalJson(const Json& left, const Json& right);

/// Equal values have equal hashes.
std::size_t hashJson(const Json& value);

/// True when no array or object of `value` is nested deeper than `limit`; stops walking at the limit.
bool depthWithin(const Json& value, std::size_t limit);

}
