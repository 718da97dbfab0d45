#include "core/change/lifecycle/wilson.h"

#include <algorithm>
#include <cmath>

namespace ephor::lifecycle {

Proportion proportion(std::uint64_t count, std::uint64_t total)
{
    Proportion result{count, total, {}, {}};
    if (total == 0)
        return result;
    constexpr double z = 1.959963984540054; // the standard normal's 97.5 % quantile
    const double n = double(total);
    const double p = double(count) / n;
    const double middle = p + z * z / (2 * n);
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    // At the ends the formula gives exactly 0 and 1; rounding must not say otherwise.
    result.low = count == 0 ? 0 : std::max(0.0, (middle - half) / scale);
    result.high = count == total ? 1 : std::min(1.0, (middle + half) / scale);
    return result;
}

}
