#pragma once

#include "core/api/handlers.h"
#include "core/api/insight.h"
#include "core/insight/operations.h"
#include "core/insight/telemetry_store.h"

#include <map>

namespace ephor::insight {

/// The range with its open ends closed: up to now, and from a day before its end. Code: insight.range for one that ends
/// before it begins, or is longer than rows are kept.
Result<TimeRange> closedRange(const TimeRange& range, Instant now);

/// The measures of each agent over the range. `wanted` says which agents count.
using AgentMeasures = std::map<std::string, Measure, std::less<>>;
Result<AgentMeasures> measuresByAgent(const TelemetryStore& telemetry, const std::vector<Second>& edges,
    const std::function<bool(const std::string& agent)>& wanted);

/// The stretch of the same length just before the edges'.
TimeRange rangeBefore(const std::vector<Second>& edges);
TimeRange rangeOf(const std::vector<Second>& edges);

Result<ReadOverview::Response> readOverview(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const ReadOverview::Request& request);
Result<ReadAgent::Response> readAgent(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const ReadAgent::Request& request);

}
