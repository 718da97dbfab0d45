#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ephor::cedar {

/// "2026-11-22", "2026-11-22T21:05:00Z", "….250Z", "…+0100" as milliseconds since 1970-01-01T00:00:00Z; years 0000 to
/// 9999, the calendar of today for all of them, no leap seconds.
std::optional<std::int64_t> readDatetime(std::string_view text);

/// "1d2h3m4s5ms", each unit at most once and in this order, "-" before all of it, as milliseconds.
std::optional<std::int64_t> readDuration(std::string_view text);

/// The start of the moment's day in UTC; nothing when that is before the first moment 64 bits can name.
std::optional<std::int64_t> dayOf(std::int64_t datetime);

/// How long the moment's day has lasted in UTC, from 0 to below a day.
std::int64_t timeOfDay(std::int64_t datetime);

}
