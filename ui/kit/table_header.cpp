#include "ui/kit/table_header.h"

#include "ui/kit/cell.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>

namespace ephor::ui {

TableHeader::TableHeader(const CellDelegate* cells, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_cells(cells)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setMinimumSectionSize(32);
    setFocusPolicy(Qt::NoFocus);
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), std::max(metrics::rowStandard, lineHeight(TextStyle::micro) + 12)};
}

void TableHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const QRectF box(rect);
    painter->fillRect(box, token(Token::surface));
    paintLine(*painter, QPointF(box.left(), box.bottom() - 1), QPointF(box.right(), box.bottom() - 1),
        token(Token::borderSubtle));
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    const bool number = m_cells->columnKind(section) == CellKind::number;
    const bool first = section == 0;
    const bool last = section == count() - 1;
    QRectF words = box.adjusted(first ? 12 : 8, 0, last ? -12 : -8, -1);
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    if (sorted) {
        const Icon arrow = sortIndicatorOrder() == Qt::AscendingOrder ? Icon::arrowUp : Icon::arrowDown;
        const int width = textWidth(TextStyle::micro, title);
        const qreal x = number ? words.right() - 10 : std::min(words.left() + width + 3, words.right() - 10);
        paintIcon(*painter, QRectF(x, words.center().y() - 5, 10, 10), arrow, token(Token::textSecondary));
        words.setRight(number ? words.right() - 12 : words.right() - (width + 13 > words.width() ? 12 : 0));
    }
    paintText(*painter, words, TextStyle::micro, sorted ? Token::textSecondary : Token::textMuted, title,
        number ? Qt::AlignRight : Qt::AlignLeft);
}

}
