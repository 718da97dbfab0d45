#include "ui/kit/paint.h"

#include "ui/kit/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace ephor::ui {

qreal paintText(QPainter& painter, const QRectF& rect, const QFont& font, const QColor& color, const QString& text,
    Qt::Alignment alignment)
{
    if (text.isEmpty() || rect.width() <= 0)
        return 0;
    const QFontMetricsF measure(font);
    QString shown = text;
    qreal width = measure.horizontalAdvance(shown);
    if (width > rect.width() + 0.5) {
        shown = measure.elidedText(text, Qt::ElideRight, rect.width());
        width = measure.horizontalAdvance(shown);
    }
    qreal x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.left() + (rect.width() - width) / 2;
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(QPointF(x, std::round(rect.top() + (rect.height() + measure.capHeight()) / 2)), shown);
    return width;
}

qreal paintText(
    QPainter& painter, const QRectF& rect, TextStyle style, Token color, const QString& text, Qt::Alignment alignment)
{
    return paintText(painter, rect, textFont(style), token(color), text, alignment);
}

int textWidth(TextStyle style, const QString& text)
{
    return static_cast<int>(std::ceil(QFontMetricsF(textFont(style)).horizontalAdvance(text)));
}

void paintBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& edge, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(edge.isValid() ? QPen(edge, 1) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    // Half a pixel in, so that the 1 px edge covers whole pixels.
    const QRectF box = edge.isValid() ? rect.adjusted(0.5, 0.5, -0.5, -0.5) : rect;
    painter.drawRoundedRect(box, radius, radius);
    painter.restore();
}

void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(token(Token::link), metrics::focusRing));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

qreal paintKeycap(QPainter* painter, const QPointF& leftCentre, const QString& keys)
{
    const qreal width = textWidth(TextStyle::micro, keys) + 10;
    if (painter != nullptr) {
        const QRectF cap(leftCentre.x(), std::round(leftCentre.y() - 9), width, 18);
        paintBox(*painter, cap, token(Token::canvas), token(Token::borderStrong), metrics::radiusControl);
        paintText(*painter, cap, TextStyle::micro, Token::textMuted, keys, Qt::AlignHCenter);
    }
    return width;
}

void paintLine(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& color)
{
    if (from.y() == to.y())
        painter.fillRect(QRectF(from.x(), std::floor(from.y()), to.x() - from.x(), 1), color);
    else
        painter.fillRect(QRectF(std::floor(from.x()), from.y(), 1, to.y() - from.y()), color);
}

}
