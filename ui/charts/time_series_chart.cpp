#include "ui/charts/time_series_chart.h"

#include "ui/kit/theme.h"

#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

namespace ephor::ui {

namespace {

/// More points than two a pixel are folded to the lowest and highest of each pixel, so that spikes survive and a wide
/// pen never draws thousands of zig-zags.
QPolygonF foldedToPixels(const QPolygonF& line, double width)
{
    if (double(line.size()) <= 2 * width)
        return line;
    QPolygonF folded;
    qsizetype at = 0;
    while (at < line.size()) {
        const double pixel = std::floor(line[at].x());
        QPointF low = line[at];
        QPointF high = line[at];
        for (; at < line.size() && std::floor(line[at].x()) == pixel; ++at) {
            if (line[at].y() > low.y())
                low = line[at];
            if (line[at].y() < high.y())
                high = line[at];
        }
        folded << (low.x() <= high.x() ? low : high);
        if (low != high)
            folded << (low.x() <= high.x() ? high : low);
    }
    return folded;
}

}

std::pair<double, double> TimeSeriesChart::valueExtent() const
{
    double low = 0;
    double high = 0;
    for (const Series& one : series()) {
        for (const Point& point : one.points) {
            if (!std::isfinite(point.value))
                continue;
            low = std::min(low, point.value);
            high = std::max(high, point.value);
        }
    }
    return {low, high};
}

void TimeSeriesChart::paintData(QPainter& painter, const QRectF& area) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    // The first series is the main one and lies on top.
    for (int index = static_cast<int>(series().size()) - 1; index >= 0; --index) {
        const QColor color = token(seriesToken(index));
        QPen pen(color, 1.5, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
        if (seriesPen(index) == Qt::DashLine)
            pen.setDashPattern({3.4, 1.4});
        else if (seriesPen(index) == Qt::DotLine)
            pen.setDashPattern({1.4, 1.4});
        else if (seriesPen(index) != Qt::SolidLine)
            pen.setDashPattern({4, 1.4, 1.2, 1.4});
        QPolygonF run;
        const auto flush = [&] {
            if (run.size() == 1) {
                painter.setPen(Qt::NoPen);
                painter.setBrush(color);
                painter.drawEllipse(run[0], 2, 2);
            } else if (run.size() > 1) {
                painter.setPen(pen);
                painter.setBrush(Qt::NoBrush);
                painter.drawPolyline(foldedToPixels(run, area.width()));
            }
            run.clear();
        };
        for (const Point& point : series()[static_cast<std::size_t>(index)].points) {
            if (std::isfinite(point.value))
                run << QPointF(xOf(area, point.msecs), yOf(area, point.value));
            else
                flush();
        }
        flush();
    }
}

std::pair<double, double> StackedBars::valueExtent() const
{
    double high = 0;
    qsizetype longest = 0;
    for (const Series& one : series())
        longest = std::max(longest, one.points.size());
    for (qsizetype at = 0; at < longest; ++at) {
        double sum = 0;
        for (const Series& one : series()) {
            if (at < one.points.size() && std::isfinite(one.points[at].value))
                sum += std::max(0.0, one.points[at].value);
        }
        high = std::max(high, sum);
    }
    return {0, high};
}

qint64 StackedBars::trailingSpan() const
{
    const QVector<Point>& points = series().front().points;
    return points.size() < 2 ? 1 : points.constLast().msecs - points[points.size() - 2].msecs;
}

int StackedBars::seriesAt(qsizetype sample, double value) const
{
    double sum = 0;
    for (std::size_t index = 0; index < series().size(); ++index) {
        const QVector<Point>& points = series()[index].points;
        const double height = sample < points.size() && std::isfinite(points[sample].value) ? points[sample].value : 0;
        if (value >= sum && value < sum + height)
            return static_cast<int>(index);
        sum += std::max(0.0, height);
    }
    return -1;
}

void StackedBars::paintData(QPainter& painter, const QRectF& area) const
{
    if (series().empty())
        return;
    const QVector<Point>& first = series().front().points;
    for (qsizetype at = 0; at < first.size(); ++at) {
        const qint64 start = first[at].msecs;
        const qint64 next = at + 1 < first.size() ? first[at + 1].msecs
            : at > 0                              ? start + (start - first[at - 1].msecs)
                                                  : to();
        const double left = std::round(xOf(area, start)) + 1;
        const double wide = std::max(1.0, std::floor(xOf(area, next) - xOf(area, start)) - 2);
        double sum = 0;
        for (int index = 0; index < static_cast<int>(series().size()); ++index) {
            const QVector<Point>& points = series()[static_cast<std::size_t>(index)].points;
            const double value = at < points.size() ? points[at].value : 0;
            if (!std::isfinite(value) || value <= 0)
                continue;
            const double lower = yOf(area, sum);
            const double upper = yOf(area, sum + value);
            painter.fillRect(QRectF(left, upper, wide, std::max(0.8, lower - upper)), token(seriesToken(index)));
            sum += value;
        }
    }
}

}
