#pragma once

#include "core/base/json.h"
#include "core/domain/run.h"

#include <cstdint>
#include <string_view>

namespace ephor::route {

/// FNV-1a with 32 bits over UTF-16 code units (a code unit is added whole, as GrowthBook's SDKs do).
std::uint32_t fnv1a32(std::string_view utf8);

/// GrowthBook's hash, version 2: fnv(decimal(fnv(seed + value))) mod 10,000 / 10,000: in [0, 1) with four decimals.
/// Version 1: fnv(value + seed) mod 1,000 / 1,000, for comparison with older assignments.
/// Source: growthbook/packages/sdk-js/src/util.ts; vectors in its test/cases.json.
double bucketV2(std::string_view seed, std::string_view unit);
double bucketV1(std::string_view seed, std::string_view unit);

/// Which release serves this unit: the canary when its bucket lies below the share. Exposure only grows with the share,
/// and the seed (the candidate's release id) makes rollouts independent of each other. An empty unit is never in a
/// canary.
Variant assign(std::string_view seed, std::string_view unit, double share);

/// One item of `ephor assign --batch`: {"seed","unit","version"?} → {"bucket"} or {"error"}. Never throws.
Json assignItem(const Json& item);

}
