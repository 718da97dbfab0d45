#pragma once

#include "core/base/json.h"

namespace ephor::contract {

/// A JSON number, widened without loss: every std::int64_t, std::uint64_t and double is exact in it.
using WideNumber = long double;

/// `number` must be a JSON number.
WideNumber wideNumber(const Json& number);

/// True for integers and for numbers without a fraction, however they were written (1.0, 1e3).
bool isIntegral(const Json& value);

/// True when `value` / `divisor` is an integer. Both are taken as the decimal numbers a person wrote (the shortest ones
/// that read back as the same double), so that 0.3 is a multiple of 0.1 and nothing overflows. `divisor` must be > 0.
bool isMultipleOf(const Json& value, const Json& divisor);

}
