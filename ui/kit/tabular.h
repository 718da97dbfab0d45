#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace ephor::ui {

/// Text whose digits all take the same width, so that columns of numbers line up. Qt 6.4 cannot switch the font
/// feature on, so digits are placed one by one on the widest digit's advance.
qreal tabularWidth(const QFont& font, const QString& text);

/// Draws tabular text with the painter's pen, vertically centred, left or right aligned; elided at the right when
/// it does not fit.
void drawTabular(
    QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QFont& font, const QString& text);

}
