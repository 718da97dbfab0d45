#pragma once

#include "core/base/json.h"

#include <cstddef>

namespace ephor::contract {

/// Equality as JSON Schema means it: numbers by value (1 and 1.0 are equal, large integers are not rounded),
/// objects without regard to the order of members.
bool equalJson(const Json& left, const Json& right);

/// Equal values have equal hashes.
std::size_t hashJson(const Json& value);

/// Counts the values inside `value`, itself included. False, and early, when arrays and objects nest deeper than
/// `depthLimit`.
bool measureJson(const Json& value, std::size_t depthLimit, std::size_t& count);

}
