#pragma once

#include "core/api/runs.h"
#include "ui/bridge/route.h"
#include "ui/kit/time_range.h"

#include <QDateTime>

namespace ephor::ui::activity {

/// From the route of the list to the filter and back: activity/runs?agent=refunds&state=failed,stopped&denied=true.
/// Words that are not known are left out. Pure; the range is not part of it.
RunFilter filterOf(const Route& route);
Route routeOf(const RunFilter& filter);

/// The states as the choice in the filter bar has them: "done", "failed,stopped"; empty for any.
QString stateCode(const RunFilter& filter);
std::vector<RunState> statesOf(const QString& code);

/// Only runs that have not ended: these are listed whatever the time, since they are happening now.
bool asksForOpenOnly(const RunFilter& filter);
/// The filter with the shared range, where it applies.
RunFilter inRange(RunFilter filter, const TimeRange& range, const QDateTime& now);

/// Takes one "key:value" into the filter; false for a key or a word that is not known.
bool takeTyped(RunFilter& filter, const QString& key, const QString& value);

}
