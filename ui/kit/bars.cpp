#include "ui/kit/bars.h"

#include "ui/kit/format.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace ephor::ui {

IntervalBar::IntervalBar(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void IntervalBar::setScale(double from, double to)
{
    m_from = from;
    m_to = to > from ? to : from + 1;
    update();
}

void IntervalBar::setInterval(double low, double estimate, double high, Token color)
{
    m_low = low;
    m_estimate = estimate;
    m_high = high;
    m_color = color;
    setAccessibleName(tr("%1, between %2 and %3").arg(estimate).arg(low).arg(high));
    setToolTip(accessibleName());
    update();
}

void IntervalBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto x
        = [this](double value) { return 2 + std::clamp((value - m_from) / (m_to - m_from), 0.0, 1.0) * (width() - 4); };
    const double y = height() / 2.0;
    painter.setPen(QPen(token(m_color), 1.5));
    painter.drawLine(QPointF(x(m_low), y), QPointF(x(m_high), y));
    painter.drawLine(QPointF(x(m_low), y - 3), QPointF(x(m_low), y + 3));
    painter.drawLine(QPointF(x(m_high), y - 3), QPointF(x(m_high), y + 3));
    painter.setPen(Qt::NoPen);
    painter.setBrush(token(m_color));
    painter.drawEllipse(QPointF(x(m_estimate), y), 2.5, 2.5);
}

ShareBar::ShareBar(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_name(accessibleName)
{
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::setParts(std::vector<Part> parts)
{
    m_parts = std::move(parts);
    QStringList words;
    for (const Part& part : m_parts)
        words << part.name + QLatin1Char(' ') + format::percent(part.share);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    setToolTip(accessibleDescription());
    update();
}

void ShareBar::setMark(double share)
{
    m_mark = share;
    update();
}

void ShareBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF groove(0, (height() - 8) / 2.0, width(), 8);
    QPainterPath clip;
    clip.addRoundedRect(groove, 4, 4);
    painter.setClipPath(clip);
    painter.fillRect(groove, token(Token::sunken));
    double left = 0;
    for (const Part& part : m_parts) {
        const double wide = std::clamp(part.share, 0.0, 1.0 - left);
        painter.fillRect(
            QRectF(groove.left() + left * groove.width(), groove.top(), wide * groove.width(), 8), token(part.color));
        left += wide;
    }
    painter.setClipping(false);
    if (m_mark >= 0)
        painter.fillRect(QRectF(m_mark * groove.width() - 1, groove.top() - 1, 2, 10), token(Token::textPrimary));
}

FlowStrip::FlowStrip(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FlowStrip::setBoxes(std::vector<Box> boxes)
{
    m_boxes = std::move(boxes);
    QStringList words;
    for (const Box& box : m_boxes)
        words << box.title + QStringLiteral(": ") + box.text;
    setAccessibleDescription(words.join(QLatin1Char('\n')));
    update();
}

void FlowStrip::paintEvent(QPaintEvent*)
{
    if (m_boxes.empty())
        return;
    QPainter painter(this);
    constexpr double arrow = 28;
    const double count = static_cast<double>(m_boxes.size());
    const double wide = (width() - arrow * (count - 1)) / count;
    double x = 0;
    for (const Box& box : m_boxes) {
        const QRectF frame(x, 0, wide, height());
        const bool trouble = box.tone == Box::Tone::trouble;
        const bool plain = box.tone == Box::Tone::neutral;
        paintBox(painter, frame,
            token(plain       ? Token::surface
                    : trouble ? Token::badgeError
                              : Token::badgeWarn),
            token(plain       ? Token::borderSubtle
                    : trouble ? Token::error
                              : Token::warnFill),
            metrics::radiusControl);
        const Token words = plain ? Token::textPrimary : trouble ? Token::badgeErrorText : Token::warn;
        QRectF line(x + 9, 8, wide - 18, 16);
        paintIcon(painter, QRectF(line.left(), line.top() + 2, 12, 12), box.icon, token(words));
        paintText(
            painter, line.adjusted(box.icon == Icon::none ? 0 : 16, 0, 0, 0), TextStyle::smallStrong, words, box.title);
        painter.setFont(textFont(TextStyle::small));
        painter.setPen(token(Token::textSecondary));
        painter.drawText(QRectF(line.left(), 27, line.width(), height() - 31), Qt::TextWordWrap, box.text);
        x += wide;
        if (&box != &m_boxes.back())
            paintIcon(painter, QRectF(x + 6, height() / 2.0 - 8, 16, 16), Icon::chevronRight, token(Token::textMuted));
        x += arrow;
    }
}

}
