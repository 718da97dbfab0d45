#pragma once

#include "ui/kit/tokens.h"

#include <QString>
#include <QVector>
#include <functional>
#include <vector>

namespace ephor::ui {

/// A sample. NaN is a gap and stays one.
struct Point {
    qint64 msecs = 0; ///< since the epoch
    double value = 0;
};

/// One course of a chart.
struct Series {
    QString name;
    QVector<Point> points; ///< ascending in time; thinned by the caller to about twice the width in pixels
    QString value = {}; ///< shown after the name in the legend
    Token color = Token::count; ///< the next free series colour where not given
    enum class Dash { solid, dashed, dotted, automatic } dash = Dash::automatic;
};

/// Something that happened: a release, an incident. Marked on every chart of a screen.
struct EventMarker {
    qint64 msecs = 0;
    QString label = {};
    Token color = Token::textSecondary;
};

/// Turns a value into words for axis, legend and table.
using ValueFormat = std::function<QString(double)>;

/// At most this many courses; more belong in a sum called "others" (six hues are told apart, seven are not).
inline constexpr int seriesLimit = 6;

}
