#pragma once

#include "core/api/insight.h"
#include "ui/bridge/route.h"
#include "ui/kit/state.h"
#include "ui/kit/time_range.h"

#include <QVector>
#include <array>

namespace ephor::ui::home {

/// What one tile says. Pure.
struct TileWords {
    QString value;
    QString exact;
    QString footnote;
    State state = State::neutral;
    QVector<double> series; ///< NaN where a slice knows nothing
    Route drill; ///< the list that makes the number
    QString brief = {}; ///< for `footnote` where it has no room
};

enum class Tile { runs, completed, latency, cost, denied, waiting };
constexpr std::size_t tileCount = 6;

QString tileLabel(Tile tile);
/// Six tiles in order of Tile.
std::array<TileWords, tileCount> tileWords(
    const ReadOverview::Response& overview, const TimeRange& range, const QDateTime& now);

/// "on prior 24 h": the same length of time just before.
QString priorWords(const TimeRange& range);

}
