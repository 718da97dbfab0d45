#pragma once

#include "ui/kit/text_style.h"
#include "ui/kit/tokens.h"

#include <QRectF>
#include <QString>

class QPainter;
class QWidget;

namespace ephor::ui {

/// One line of text in a style, vertically centred in `rect` and elided at the right. Returns the width it took.
qreal paintText(QPainter& painter, const QRectF& rect, TextStyle style, Token color, const QString& text,
    Qt::Alignment alignment = Qt::AlignLeft);
/// The same with a font and a colour made by the caller.
qreal paintText(QPainter& painter, const QRectF& rect, const QFont& font, const QColor& color, const QString& text,
    Qt::Alignment alignment = Qt::AlignLeft);

/// Width of one line in a style.
int textWidth(TextStyle style, const QString& text);

/// A filled rounded box with a crisp 1 px edge; an invalid colour leaves that part out.
void paintBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& edge, qreal radius);

/// The focus ring, 2 px inside the edge of `rect`.
void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius);

/// A keycap as in "Ctrl K"; returns its width. With a null painter only measures.
qreal paintKeycap(QPainter* painter, const QPointF& leftCentre, const QString& keys);

/// A line of a 1 px border that stays sharp at any ratio.
void paintLine(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& color);

}
