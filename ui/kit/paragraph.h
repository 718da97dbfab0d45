#pragma once

#include "ui/kit/text_style.h"
#include "ui/kit/tokens.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace ephor::ui {

/// Where the lines of a wrapped text end: the first may be shorter, since something stands beside it.
struct ParagraphWidth {
    qreal first = 0; ///< pixels
    qreal rest = 0; ///< pixels, of every line after the first
};

/// Lines that the text takes, at least one and at most `most`.
int paragraphLines(TextStyle style, const QString& text, ParagraphWidth width, int most);

/// Text over several lines from the top of `rect`, at most `most`; the last is elided where even they are too few.
void paintParagraph(QPainter& painter, const QRectF& rect, TextStyle style, Token color, const QString& text,
    ParagraphWidth width, int most);

}
