#include "ui/charts/plot.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/text_style.h"
#include "ui/kit/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace ephor::ui {

namespace {

constexpr double plotRight = 12;
constexpr double plotTop = 8;
constexpr double plotBottom = 20;
// A drag shorter than this is a click.
constexpr double brushThreshold = 4;
constexpr int mostMarkerLines = 8;

}

Plot::Plot(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_format([](double value) { return QLocale::c().toString(value, 'g', 6); })
{
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    rescale();
}

void Plot::setSeries(std::vector<Series> series)
{
    m_series = std::move(series);
    if (m_series.size() > static_cast<std::size_t>(seriesLimit))
        m_series.resize(static_cast<std::size_t>(seriesLimit));
    QStringList words;
    for (const Series& one : m_series)
        words << (one.value.isEmpty() ? one.name : one.name + QLatin1Char(' ') + one.value);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    rescale();
    update();
}

void Plot::setMarkers(std::vector<EventMarker> markers)
{
    m_markers = std::move(markers);
    update();
}

void Plot::setTimeSpan(qint64 from, qint64 to)
{
    m_fixedSpan = std::pair(from, std::max(to, from + 1));
    rescale();
    update();
}

void Plot::setValueFormat(ValueFormat format)
{
    m_format = std::move(format);
    update();
}

QString Plot::formatted(double value) const
{
    return m_format(value);
}

Token Plot::seriesToken(int index) const
{
    const Series& series = m_series[static_cast<std::size_t>(index)];
    if (series.color != Token::count)
        return series.color;
    return static_cast<Token>(static_cast<int>(Token::series1) + index % seriesLimit);
}

Qt::PenStyle Plot::seriesPen(int index) const
{
    const Series& series = m_series[static_cast<std::size_t>(index)];
    switch (series.dash) {
    case Series::Dash::solid:
        return Qt::SolidLine;
    case Series::Dash::dashed:
        return Qt::DashLine;
    case Series::Dash::dotted:
        return Qt::DotLine;
    case Series::Dash::automatic:
        break;
    }
    static constexpr Qt::PenStyle styles[]{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return styles[index % 4];
}

void Plot::rescale()
{
    m_from = m_to = 0;
    bool any = false;
    for (const Series& series : m_series) {
        if (series.points.isEmpty())
            continue;
        const qint64 first = series.points.constFirst().msecs;
        const qint64 last = series.points.constLast().msecs;
        m_from = any ? std::min(m_from, first) : first;
        m_to = any ? std::max(m_to, last) : last;
        any = true;
    }
    m_to += any ? trailingSpan() : 0;
    if (m_fixedSpan) {
        m_from = m_fixedSpan->first;
        m_to = m_fixedSpan->second;
    }
    if (m_to <= m_from)
        m_to = m_from + 1;
    m_ticks = ValueTicks{0, 1, {0, 1}};
    if (any) {
        const auto [low, high] = valueExtent();
        m_ticks = valueTicks(low, high, 4);
    }
}

QRectF Plot::plotArea() const
{
    double widest = 24;
    for (const double value : m_ticks.values)
        widest = std::max<double>(widest, textWidth(TextStyle::micro, m_format(value)));
    // Charts beside each other line up as long as their labels are of the usual width.
    const double left = std::max(40.0, widest + 14);
    return QRectF(rect()).adjusted(left, plotTop, -plotRight, -plotBottom);
}

double Plot::xOf(const QRectF& area, qint64 msecs) const
{
    return area.left() + static_cast<double>(msecs - m_from) / static_cast<double>(m_to - m_from) * area.width();
}

int Plot::seriesAt(qsizetype, double) const
{
    return -1;
}

double Plot::valueAt(const QRectF& area, double y) const
{
    return m_ticks.from + (area.bottom() - y) / area.height() * (m_ticks.to - m_ticks.from);
}

void Plot::clickSample(const QPointF& at)
{
    const QRectF area = plotArea();
    if (m_series.empty() || m_series.front().points.size() < 2 || !area.contains(at))
        return;
    const QVector<Point>& points = m_series.front().points;
    const qint64 time = timeAt(at.x());
    const auto after = std::upper_bound(
        points.begin(), points.end(), time, [](qint64 wanted, const Point& point) { return wanted < point.msecs; });
    if (after == points.begin())
        return;
    const qsizetype sample = after - points.begin() - 1;
    const qint64 from = points[sample].msecs;
    const qint64 to = after == points.end() ? from + (from - points[sample - 1].msecs) : after->msecs;
    if (time < to)
        Q_EMIT sampleClicked(seriesAt(sample, valueAt(area, at.y())), from, to);
}

double Plot::yOf(const QRectF& area, double value) const
{
    return area.bottom() - (value - m_ticks.from) / (m_ticks.to - m_ticks.from) * area.height();
}

qint64 Plot::timeAt(double x) const
{
    const QRectF area = plotArea();
    const double share = std::clamp((x - area.left()) / std::max(1.0, area.width()), 0.0, 1.0);
    return m_from + static_cast<qint64>(share * static_cast<double>(m_to - m_from));
}

void Plot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF area = plotArea();
    const bool empty
        = std::all_of(m_series.begin(), m_series.end(), [](const Series& s) { return s.points.isEmpty(); });
    if (empty) {
        paintText(
            painter, QRectF(rect()), TextStyle::small, Token::textMuted, tr("No data in this range"), Qt::AlignHCenter);
        return;
    }
    paintAxes(painter, area);
    painter.save();
    painter.setClipRect(area.adjusted(-2, -plotTop, 2, 1));
    paintData(painter, area);
    painter.restore();
    paintMarkers(painter, area);
    paintHover(painter, area);
    if (showsFocus(this))
        paintFocusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1), metrics::radiusControl);
}

void Plot::paintAxes(QPainter& painter, const QRectF& area) const
{
    for (const double value : m_ticks.values) {
        const QString label = m_format(value);
        // A fraction of something counted has no name, and a line without one says nothing.
        if (label.isEmpty())
            continue;
        const double y = std::round(yOf(area, value));
        paintLine(painter, QPointF(area.left(), y), QPointF(area.right(), y),
            token(value == 0 ? Token::borderStrong : Token::grid));
        paintText(
            painter, QRectF(0, y - 7, area.left() - 6, 15), TextStyle::micro, Token::textMuted, label, Qt::AlignRight);
    }
    const int most = std::max(2, static_cast<int>(area.width() / 52));
    for (const TimeTick& tick : timeTicks(m_from, m_to, most)) {
        const double x = xOf(area, tick.msecs);
        const double half = textWidth(TextStyle::micro, tick.label) / 2.0;
        // A label that would stick out far is left out rather than cut; a little is moved in.
        if (x - half < area.left() - 16 || x - half > area.right())
            continue;
        const double middle = std::min(x, area.right() - half);
        paintText(painter, QRectF(middle - 40, height() - 17, 80, 14), TextStyle::micro, Token::textMuted, tick.label,
            Qt::AlignHCenter);
    }
}

void Plot::paintMarkers(QPainter& painter, const QRectF& area) const
{
    // Lines of many would be a fence before the data.
    const bool crowded = std::count_if(m_markers.begin(), m_markers.end(), [this](const EventMarker& marker) {
        return marker.msecs >= m_from && marker.msecs <= m_to;
    }) > mostMarkerLines;
    for (const EventMarker& marker : m_markers) {
        if (marker.msecs < m_from || marker.msecs > m_to)
            continue;
        const double x = std::round(xOf(area, marker.msecs)) + 0.5;
        if (!crowded) {
            QPen dots(token(Token::textMuted), 1);
            dots.setDashPattern({2, 3});
            painter.setPen(dots);
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        }
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(token(Token::textSecondary));
        const double top = area.top() - 3;
        const QPointF diamond[]{{x, top}, {x + 4, top + 4}, {x, top + 8}, {x - 4, top + 4}};
        painter.drawPolygon(diamond, 4);
        painter.restore();
        const bool right = x < area.center().x();
        const QRectF words = right ? QRectF(x + 8, top - 3, area.right() - x, 14)
                                   : QRectF(area.left(), top - 3, x - 8 - area.left(), 14);
        paintText(painter, words, TextStyle::micro, marker.color, marker.label, right ? Qt::AlignLeft : Qt::AlignRight);
    }
}

void Plot::paintHover(QPainter& painter, const QRectF& area) const
{
    if (m_brushStart && m_hover) {
        const double left = std::clamp(std::min(*m_brushStart, *m_hover), area.left(), area.right());
        const double right = std::clamp(std::max(*m_brushStart, *m_hover), area.left(), area.right());
        QColor fill = token(Token::link);
        fill.setAlpha(40);
        painter.fillRect(QRectF(left, area.top(), right - left, area.height()), fill);
        paintLine(painter, QPointF(left, area.top()), QPointF(left, area.bottom()), token(Token::link));
        paintLine(painter, QPointF(right, area.top()), QPointF(right, area.bottom()), token(Token::link));
    } else if (m_hover && *m_hover >= area.left() && *m_hover <= area.right()) {
        paintLine(
            painter, QPointF(*m_hover, area.top()), QPointF(*m_hover, area.bottom()), token(Token::borderControl));
    }
}

QString Plot::readingAt(qint64 msecs) const
{
    QStringList lines{
        QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(msecs), QStringLiteral("ddd d MMM HH:mm:ss"))};
    for (const Series& series : m_series) {
        const auto after = std::lower_bound(series.points.begin(), series.points.end(), msecs,
            [](const Point& point, qint64 at) { return point.msecs < at; });
        auto nearest = after;
        if (after == series.points.end()
            || (after != series.points.begin() && msecs - (after - 1)->msecs < after->msecs - msecs)) {
            if (after == series.points.begin())
                continue;
            nearest = after - 1;
        }
        lines << series.name + QLatin1Char(' ')
                + (std::isfinite(nearest->value) ? m_format(nearest->value) : tr("no data"));
    }
    return lines.join(QLatin1Char('\n'));
}

bool Plot::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (plotArea().contains(help->pos()) && !m_series.empty())
            QToolTip::showText(help->globalPos(), readingAt(timeAt(help->pos().x())), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void Plot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QRectF area = plotArea();
    for (std::size_t at = 0; at < m_markers.size(); ++at) {
        const bool near = std::abs(xOf(area, m_markers[at].msecs) - event->position().x()) < 6;
        if (near && event->position().y() < area.top() + 12) {
            Q_EMIT markerClicked(static_cast<int>(at));
            return;
        }
    }
    if (area.contains(event->position()))
        m_brushStart = event->position().x();
}

void Plot::mouseMoveEvent(QMouseEvent* event)
{
    m_hover = event->position().x();
    update();
}

void Plot::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_brushStart)
        return;
    const double start = *m_brushStart;
    m_brushStart.reset();
    update();
    const double end = event->position().x();
    if (std::abs(end - start) >= brushThreshold)
        Q_EMIT rangeBrushed(timeAt(std::min(start, end)), timeAt(std::max(start, end)));
    else
        clickSample(event->position());
}

void Plot::leaveEvent(QEvent*)
{
    m_hover.reset();
    update();
}

void Plot::keyPressEvent(QKeyEvent* event)
{
    const qint64 span = m_to - m_from;
    switch (event->key()) {
    case Qt::Key_BracketLeft:
        Q_EMIT rangeBrushed(m_from - span, m_from);
        return;
    case Qt::Key_BracketRight:
        Q_EMIT rangeBrushed(m_to, m_to + span);
        return;
    case Qt::Key_Escape:
        if (m_brushStart) {
            m_brushStart.reset();
            update();
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

}
