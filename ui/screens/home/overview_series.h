#pragma once

#include "core/api/insight.h"
#include "ui/charts/chart_data.h"

namespace ephor::ui::home {

/// From an overview to what the four charts draw. Pure; what a slice does not know is a gap.
std::vector<Series> outcomeSeries(const ReadOverview::Response& overview);
std::vector<Series> latencySeries(const ReadOverview::Response& overview);
std::vector<Series> costSeries(const ReadOverview::Response& overview);
std::vector<Series> verdictSeries(const ReadOverview::Response& overview);

enum class MarkerLabels { shown, hidden };
/// Releases and rollouts in the range. Labels are left away where they would lie on each other.
std::vector<EventMarker> releaseMarkers(const std::vector<ChangedItem>& items, MarkerLabels labels);

/// "Cost per 30 m", by the distance of the slices.
QString costTitle(const ReadOverview::Response& overview);

}
