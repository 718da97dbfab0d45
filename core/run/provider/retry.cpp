#include "core/run/provider/retry.h"

#include <algorithm>

namespace ephor::provider {

std::optional<Duration> retryDelay(const RetryPolicy& policy, int attempt, const ProviderError& error, double unit)
{
    if (!error.retryable || error.shownEvents > 0 || attempt > policy.retries)
        return std::nullopt;
    if (error.retryAfter)
        return error.retryAfter;
    Duration delay = policy.firstDelay;
    for (int i = 1; i < attempt && delay < policy.longestDelay; ++i)
        delay *= 2;
    delay = std::min(delay, policy.longestDelay);
    return Duration(std::int64_t(double(delay.count()) * (1 - 0.25 * std::clamp(unit, 0.0, 1.0))));
}

}
