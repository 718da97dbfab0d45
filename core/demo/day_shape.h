#pragma once

#include "core/base/clock.h"

#include <vector>

namespace ephor::demo {

/// The moments at which `count` runs begin between two instants, in order: busy in the morning and after noon, quiet at
/// night and on weekends, more towards the end. A pure function.
std::vector<Instant> runMoments(Instant begin, Instant end, std::uint64_t count, std::uint64_t seed);

/// A moment of a working day, so many days after `begin`: the fraction of `days` chooses the hour between nine and
/// five. Weekends move to the Monday after. Never after `latest`.
Instant officeMoment(Instant begin, double days, Instant latest);

}
