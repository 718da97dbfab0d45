#pragma once

#include "core/base/clock.h"
#include "core/net/http_message.h"

#include <optional>
#include <string_view>

namespace ephor::provider {

/// Longer waits than this are not obeyed: the caller's person is waiting, and another provider may answer sooner.
constexpr Duration longestRetryAfter = std::chrono::seconds(60);

/// An HTTP date (RFC 9110 §5.6.7) in its one current form: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<Instant> parseHttpDate(std::string_view text);

/// How long the provider asks to wait: `retry-after-ms`, else `Retry-After` in seconds or as a date.
/// Nothing when it does not say, says nonsense, or asks for a minute or more.
std::optional<Duration> retryAfterOf(const net::Headers& headers, Instant now);

}
