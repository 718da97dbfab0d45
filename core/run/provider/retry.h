#pragma once

#include "core/run/provider/wire.h"

namespace ephor::provider {

/// How often and how soon a failed model call is sent again. The defaults are those of the providers' own clients.
struct RetryPolicy {
    int retries = 2;
    Duration firstDelay = std::chrono::milliseconds(500); ///< doubled for each further one
    Duration longestDelay = std::chrono::seconds(8);
};

/// How long to wait before attempt `attempt + 1` after the failure of attempt `attempt` (from 1); nothing when it is
/// not to be sent again. What the provider asked for goes before our own back-off; `unit` (0 to 1) spreads the latter
/// by a quarter.
std::optional<Duration> retryDelay(const RetryPolicy& policy, int attempt, const ProviderError& error, double unit);

}
