#pragma once

#include "core/domain/verdict.h"
#include "core/store/database.h"

#include <map>
#include <string>
#include <utility>

namespace ephor::lifecycle {

/// Verdicts on the calls of one agent to one tool.
struct CallCounts {
    std::uint64_t allowed = 0;
    std::uint64_t asked = 0;
    std::uint64_t denied = 0;
    std::uint64_t total() const { return allowed + asked + denied; }
};

/// How far back the access matrix looks, today counted.
inline constexpr std::int64_t countedDays = 30;

/// By agent and tool, over the last countedDays.
using CallTable = std::map<std::pair<std::string, std::string>, CallCounts>;
Result<CallTable> recentCalls(const store::Snapshot& snapshot, Instant now);

}
