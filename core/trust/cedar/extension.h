#pragma once

#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/value.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ephor::cedar {

/// How a function of the extensions is called: `ip("…")` or `value.isIpv4()`.
enum class CallStyle : std::uint8_t { Function, Method };

enum class ExtensionId : std::uint8_t {
    Decimal,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,
    Ip,
    IsIpv4,
    IsIpv6,
    IsLoopback,
    IsMulticast,
    IsInRange,
    Datetime,
    Duration,
    Offset,
    DurationSince,
    ToDate,
    ToTime,
    ToMilliseconds,
    ToSeconds,
    ToMinutes,
    ToHours,
    ToDays,
};

/// One function of the extensions decimal, ipaddr, datetime and duration.
struct ExtensionFunction {
    std::string_view name;
    ExtensionId id;
    CallStyle style;
    std::uint8_t arity;
    Kind first; ///< the kind of the first argument, a method's receiver
    Kind second; ///< of the second, where there is one
    Kind result;
};

/// Null when there is none of that name.
const ExtensionFunction* findExtension(std::string_view name);

/// Applies one; false with a sentence in `problem` when an argument is not what it takes or the result does not fit.
/// The result may lie in `arena`.
bool callExtension(const ExtensionFunction& function, std::span<const Value> arguments, Arena& arena, Value& result,
    std::string& problem);

}
