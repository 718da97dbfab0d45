#include "ui/kit/paragraph.h"

#include "ui/kit/paint.h"

#include <QPainter>
#include <QTextLayout>
#include <vector>

namespace ephor::ui {

namespace {

/// Where each line begins.
std::vector<int> lineStarts(TextStyle style, const QString& text, ParagraphWidth width, int most)
{
    std::vector<int> starts;
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, textFont(style));
    layout.setTextOption(option);
    layout.beginLayout();
    while (static_cast<int>(starts.size()) < most) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        // A layout without room would give a line to every letter.
        line.setLineWidth(std::max<qreal>(24, starts.empty() ? width.first : width.rest));
        starts.push_back(line.textStart());
    }
    layout.endLayout();
    return starts;
}

}

int paragraphLines(TextStyle style, const QString& text, ParagraphWidth width, int most)
{
    if (most <= 1 || textWidth(style, text) <= width.first)
        return 1;
    return std::max(1, static_cast<int>(lineStarts(style, text, width, most).size()));
}

void paintParagraph(QPainter& painter, const QRectF& rect, TextStyle style, Token color, const QString& text,
    ParagraphWidth width, int most)
{
    const std::vector<int> starts = lineStarts(style, text, width, most);
    const qreal line = lineHeight(style);
    for (std::size_t at = 0; at < starts.size(); ++at) {
        const bool last = at + 1 == starts.size();
        const QString words = last ? text.mid(starts[at]) : text.mid(starts[at], starts[at + 1] - starts[at]).trimmed();
        paintText(painter,
            QRectF(rect.left(), rect.top() + static_cast<qreal>(at) * line, at == 0 ? width.first : width.rest, line),
            style, color, words);
    }
}

}
