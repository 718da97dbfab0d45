#include "ui/kit/sparkline.h"

#include "ui/kit/format.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace ephor::ui {

void paintSparkline(QPainter& painter, const QRectF& rect, const QVector<double>& values, const QColor& color)
{
    double low = 0;
    double high = 0;
    int known = 0;
    for (const double value : values) {
        if (!std::isfinite(value))
            continue;
        low = known == 0 ? value : std::min(low, value);
        high = known == 0 ? value : std::max(high, value);
        ++known;
    }
    if (known < 2) {
        paintText(painter, rect, TextStyle::small, Token::textMuted, format::unknown());
        return;
    }
    const double span = high > low ? high - low : 1;
    const QRectF area = rect.adjusted(1, 3, -3, -3);
    QPainterPath path;
    QPointF last;
    bool open = false;
    for (qsizetype at = 0; at < values.size(); ++at) {
        if (!std::isfinite(values[at])) {
            open = false;
            continue;
        }
        const double share = high > low ? (values[at] - low) / span : 0.5;
        last = QPointF(area.left() + area.width() * static_cast<double>(at) / static_cast<double>(values.size() - 1),
            area.bottom() - share * area.height());
        if (open)
            path.lineTo(last);
        else
            path.moveTo(last);
        open = true;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(last, 2, 2);
    painter.restore();
}

Sparkline::Sparkline(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(accessibleName);
}

void Sparkline::setValues(const QVector<double>& values)
{
    m_values = values;
    update();
}

void Sparkline::setColor(Token color)
{
    m_color = color;
    update();
}

void Sparkline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintSparkline(painter, QRectF(rect()), m_values, token(m_color));
}

}
