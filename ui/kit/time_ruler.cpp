#include "ui/kit/time_ruler.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace ephor::ui {

namespace {

constexpr double rulerMargin = 12;
constexpr double rulerLabels = 20;

}

TimeRuler::TimeRuler(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TimeRuler::setBuckets(qint64 fromMsecs, qint64 toMsecs, std::vector<Bucket> buckets)
{
    m_from = fromMsecs;
    m_to = std::max(toMsecs, fromMsecs + 1);
    m_buckets = std::move(buckets);
    update();
}

void TimeRuler::setWindow(qint64 fromMsecs, qint64 toMsecs)
{
    m_window = std::pair(fromMsecs, toMsecs);
    setAccessibleDescription(QDateTime::fromMSecsSinceEpoch(fromMsecs).toString(Qt::ISODate));
    update();
}

double TimeRuler::xOf(qint64 msecs) const
{
    return rulerMargin
        + static_cast<double>(msecs - m_from) / static_cast<double>(m_to - m_from) * (width() - 2 * rulerMargin);
}

void TimeRuler::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), token(Token::surface));
    paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::borderSubtle));
    if (m_to <= m_from)
        return;
    const double base = height() - rulerLabels;
    double highest = 1;
    for (const Bucket& bucket : m_buckets)
        highest = std::max(highest, bucket.total);
    const double wide = (width() - 2 * rulerMargin) / static_cast<double>(std::max<std::size_t>(1, m_buckets.size()));
    for (std::size_t at = 0; at < m_buckets.size(); ++at) {
        const Bucket& bucket = m_buckets[at];
        const double x = rulerMargin + static_cast<double>(at) * wide;
        const double bar = wide > 3 ? wide - 2 : std::max(1.0, wide);
        const double tall = bucket.total / highest * (base - 8);
        painter.fillRect(QRectF(x, base - tall, bar, tall), token(Token::borderStrong));
        // Trouble is never thinner than two pixels: one failure in a thousand rows must still be seen.
        if (bucket.trouble > 0)
            painter.fillRect(QRectF(x, base - std::max(2.0, bucket.trouble / highest * (base - 8)), bar,
                                 std::max(2.0, bucket.trouble / highest * (base - 8))),
                token(Token::error));
    }
    paintLine(painter, QPointF(rulerMargin, base), QPointF(width() - rulerMargin, base), token(Token::borderStrong));
    constexpr int labels = 6;
    const bool days = m_to - m_from > 2 * 86'400'000LL;
    for (int at = 0; at < labels; ++at) {
        const qint64 time = m_from + (m_to - m_from) * at / (labels - 1);
        const QString text
            = QDateTime::fromMSecsSinceEpoch(time).toString(days ? QStringLiteral("d MMM") : QStringLiteral("HH:mm"));
        const QRectF place(xOf(time) - 40, base + 1, 80, rulerLabels - 3);
        if (at == 0)
            paintText(painter, QRectF(rulerMargin, place.top(), 80, place.height()), TextStyle::micro, Token::textMuted,
                text);
        else if (at == labels - 1)
            paintText(painter, QRectF(width() - rulerMargin - 80, place.top(), 80, place.height()), TextStyle::micro,
                Token::textMuted, text, Qt::AlignRight);
        else
            paintText(painter, place, TextStyle::micro, Token::textMuted, text, Qt::AlignHCenter);
    }
    if (m_window) {
        const double left = xOf(m_window->first);
        const QRectF frame(left, 4, std::max(6.0, xOf(m_window->second) - left), base);
        painter.setPen(QPen(token(Token::link), 2));
        painter.drawRect(frame.adjusted(1, 1, -1, -2));
        const QString at = QDateTime::fromMSecsSinceEpoch(m_window->first).toString(QStringLiteral("HH:mm"));
        const bool right = left < 60;
        const QRectF place = right ? QRectF(frame.right() + 6, 2, 60, 16) : QRectF(left - 66, 2, 60, 16);
        paintText(painter, place, TextStyle::micro, Token::link, at, right ? Qt::AlignLeft : Qt::AlignRight);
    }
    if (showsFocus(this))
        paintFocusRing(painter, QRectF(rect()), 2);
}

void TimeRuler::seekTo(double x)
{
    const double share = std::clamp((x - rulerMargin) / (width() - 2 * rulerMargin), 0.0, 1.0);
    Q_EMIT seekRequested(m_from + static_cast<qint64>(share * static_cast<double>(m_to - m_from)));
}

void TimeRuler::mousePressEvent(QMouseEvent* event)
{
    seekTo(event->position().x());
}

void TimeRuler::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        seekTo(event->position().x());
}

void TimeRuler::keyPressEvent(QKeyEvent* event)
{
    const qint64 here = m_window ? m_window->first : m_from;
    const qint64 step = (m_to - m_from) / 50;
    switch (event->key()) {
    case Qt::Key_Left:
        Q_EMIT seekRequested(std::max(m_from, here - step));
        return;
    case Qt::Key_Right:
        Q_EMIT seekRequested(std::min(m_to, here + step));
        return;
    case Qt::Key_Home:
        Q_EMIT seekRequested(m_from);
        return;
    case Qt::Key_End:
        Q_EMIT seekRequested(m_to);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

}
