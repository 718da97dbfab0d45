#pragma once

#include "core/base/result.h"

#include <cstdint>

namespace ephor::lifecycle {

/// How many of the newest requests tell whether units can be told apart.
inline constexpr std::uint64_t unitLookback = 200;
/// Fewer say nothing about how the agent is called.
inline constexpr std::uint64_t fewestRequests = 20;

/// A unit must get the same variant each time, so requests must carry one: at most 1 % may carry neither person nor
/// conversation. Pure. Code: rollout.unstable-units, with requests and without in the fields.
Result<void> requireStableUnits(std::uint64_t requests, std::uint64_t withoutUnit);

}
