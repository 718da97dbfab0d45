#pragma once

#include "core/domain/metrics.h"

namespace ephor::lifecycle {

/// `count` out of `total` with the 95 % Wilson score interval (E. B. Wilson, 1927), which unlike the normal one stays
/// inside 0…1 and says something sensible at 0 and at `total`. No interval while the total is zero. Pure.
/// With p = count/total and z = 1.959964: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
Proportion proportion(std::uint64_t count, std::uint64_t total);

}
