#pragma once

#include "core/api/protection.h"
#include "core/insight/telemetry.h"
#include "core/store/database.h"

#include <deque>

namespace ephor::insight {

/// Counts by day what the texts of runs held, in the caller's transaction; and the outages that held runs back: one
/// goes on until a text has passed again.
Result<void> writeFindings(store::Transaction& transaction, const std::deque<RunReport>& reports);

/// Sums over the days since `from`, most first. `agent` empty: of every agent.
Result<std::vector<FindingCount>> readFindings(const store::Snapshot& snapshot, Instant from, const std::string& agent);

/// Newest first, those that ended before `from` left out.
Result<std::vector<Outage>> readOutages(const store::Snapshot& snapshot, Instant from);

/// Removes counts of days before `until`.
Result<void> removeFindings(store::Transaction& transaction, Instant until);

}
