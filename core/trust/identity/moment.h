#pragma once

#include "core/base/clock.h"

namespace ephor::identity {

/// A moment as the tables hold it: microseconds since 1970, 0 for never.
inline std::int64_t storedMoment(Instant instant)
{
    return instant.time_since_epoch().count();
}
inline Instant momentOf(std::int64_t stored)
{
    return Instant(Duration(stored));
}

}
