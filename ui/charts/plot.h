#pragma once

#include "ui/charts/chart_data.h"
#include "ui/charts/ticks.h"

#include <QWidget>
#include <optional>

namespace ephor::ui {

/// The frame shared by all charts: axes, grid, markers, brush, hover. Painted by hand; the data stay plain vectors.
/// UI thread only; call `setSeries` at most four times a second.
class Plot : public QWidget {
    Q_OBJECT

public:
    explicit Plot(const QString& accessibleName, QWidget* parent = nullptr);

    /// Replaces the data. Series beyond seriesLimit are not drawn.
    void setSeries(std::vector<Series> series);
    const std::vector<Series>& series() const { return m_series; }
    void setMarkers(std::vector<EventMarker> markers);
    /// Both ends of the time axis; without it the data decide.
    void setTimeSpan(qint64 from, qint64 to);
    void setValueFormat(ValueFormat format);
    QString formatted(double value) const;
    /// The span in force.
    qint64 from() const { return m_from; }
    qint64 to() const { return m_to; }
    /// Colour and dash a series is drawn with.
    Token seriesToken(int index) const;
    Qt::PenStyle seriesPen(int index) const;

    QSize sizeHint() const override { return {400, 168}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

Q_SIGNALS:
    /// A stretch was brushed with the mouse or with `[` and `]`.
    void rangeBrushed(qint64 fromMsecs, qint64 toMsecs);
    void markerClicked(int index);
    /// A sample was clicked: the series drawn there (-1 for none, as beside a line or above a bar), the stretch of time
    /// the sample stands for.
    void sampleClicked(int series, qint64 fromMsecs, qint64 toMsecs);

protected:
    /// Draws the data; `area` is the inside of the axes.
    virtual void paintData(QPainter& painter, const QRectF& area) const = 0;
    virtual std::pair<double, double> valueExtent() const = 0;
    /// Time the last sample takes beyond its instant; a bar has a width, a point has none.
    virtual qint64 trailingSpan() const { return 0; }
    /// The series drawn at this value of a sample.
    virtual int seriesAt(qsizetype sample, double value) const;
    double valueAt(const QRectF& area, double y) const;
    double xOf(const QRectF& area, qint64 msecs) const;
    double yOf(const QRectF& area, double value) const;

    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF plotArea() const;
    void rescale();
    qint64 timeAt(double x) const;
    void clickSample(const QPointF& at);
    void paintAxes(QPainter& painter, const QRectF& area) const;
    void paintMarkers(QPainter& painter, const QRectF& area) const;
    void paintHover(QPainter& painter, const QRectF& area) const;
    QString readingAt(qint64 msecs) const;

    std::vector<Series> m_series;
    std::vector<EventMarker> m_markers;
    ValueFormat m_format;
    ValueTicks m_ticks;
    qint64 m_from = 0;
    qint64 m_to = 0;
    std::optional<std::pair<qint64, qint64>> m_fixedSpan;
    std::optional<double> m_brushStart;
    std::optional<double> m_hover;
};

}
