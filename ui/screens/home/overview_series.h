#pragma once

#include "core/api/insight.h"
#include "ui/bridge/route.h"
#include "ui/charts/chart_data.h"
#include "ui/kit/time_range.h"

namespace ephor::ui::home {

/// From an overview to what the four charts draw. Pure; what a slice does not know is a gap.
std::vector<Series> outcomeSeries(const ReadOverview::Response& overview);
std::vector<Series> latencySeries(const ReadOverview::Response& overview);
std::vector<Series> costSeries(const ReadOverview::Response& overview);
std::vector<Series> verdictSeries(const ReadOverview::Response& overview);

enum class Chart { outcomes, latency, cost, verdicts };
/// The runs that make one bucket of a chart, or one series in it; the range is the bucket's own.
Route bucketRoute(Chart chart, const QString& series, const TimeRange& bucket);

enum class MarkerLabels { shown, hidden };
/// Releases and rollouts in the range. Labels are left away where they would lie on each other.
std::vector<EventMarker> releaseMarkers(const std::vector<ChangedItem>& items, MarkerLabels labels);

/// "Cost per 30 m", by the distance of the slices.
QString costTitle(const ReadOverview::Response& overview);

}
