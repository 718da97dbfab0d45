#include "ui/kit/tabular.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace ephor::ui {

namespace {

bool isFigure(QChar character)
{
    return character >= QLatin1Char('0') && character <= QLatin1Char('9');
}

qreal figureAdvance(const QFontMetricsF& metrics)
{
    qreal widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

/// Runs of figures and of other text, in order, so that letters keep their kerning.
template <typename Visit> void eachTabularRun(const QString& text, const Visit& visit)
{
    qsizetype start = 0;
    while (start < text.size()) {
        qsizetype end = start + 1;
        if (!isFigure(text[start])) {
            while (end < text.size() && !isFigure(text[end]))
                ++end;
        }
        visit(text.mid(start, end - start));
        start = end;
    }
}

}

qreal tabularWidth(const QFont& font, const QString& text)
{
    const QFontMetricsF metrics(font);
    const qreal figure = figureAdvance(metrics);
    qreal width = 0;
    eachTabularRun(
        text, [&](const QString& run) { width += isFigure(run[0]) ? figure : metrics.horizontalAdvance(run); });
    return width;
}

void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QFont& font, const QString& text)
{
    const QFontMetricsF metrics(font);
    const qreal figure = figureAdvance(metrics);
    QString shown = text;
    qreal width = tabularWidth(font, shown);
    if (width > rect.width() + 0.5) {
        shown = metrics.elidedText(text, Qt::ElideRight, rect.width());
        width = tabularWidth(font, shown);
    }
    painter.setFont(font);
    qreal x = alignment & Qt::AlignRight ? rect.right() - width : rect.left();
    const qreal baseline = std::round(rect.top() + (rect.height() + metrics.capHeight()) / 2);
    eachTabularRun(shown, [&](const QString& run) {
        if (isFigure(run[0])) {
            painter.drawText(QPointF(x + (figure - metrics.horizontalAdvance(run[0])) / 2, baseline), run);
            x += figure;
        } else {
            painter.drawText(QPointF(x, baseline), run);
            x += metrics.horizontalAdvance(run);
        }
    });
}

}
