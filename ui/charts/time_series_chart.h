#pragma once

#include "ui/charts/plot.h"

namespace ephor::ui {

/// Lines over time. Gaps stay gaps; more than one line differ by dash as well as by colour.
class TimeSeriesChart : public Plot {
    Q_OBJECT

public:
    using Plot::Plot;

protected:
    void paintData(QPainter& painter, const QRectF& area) const override;
    std::pair<double, double> valueExtent() const override;
};

/// Bars over time, one on the other in the order given: the first series lies on the axis. All series share their
/// instants; a bar spans up to the next one.
class StackedBars : public Plot {
    Q_OBJECT

public:
    using Plot::Plot;

protected:
    void paintData(QPainter& painter, const QRectF& area) const override;
    std::pair<double, double> valueExtent() const override;
    qint64 trailingSpan() const override;
    int seriesAt(qsizetype sample, double value) const override;
};

}
