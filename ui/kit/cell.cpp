#include "ui/kit/cell.h"

#include "ui/kit/badge.h"
#include "ui/kit/cell_height.h"
#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/paragraph.h"
#include "ui/kit/sparkline.h"
#include "ui/kit/tabular.h"
#include "ui/kit/theme.h"
#include "ui/kit/wrapped_rows.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace ephor::ui {

namespace {

constexpr int cellPadding = 8;
// The first and the last column keep the padding of the card around them.
constexpr int edgePadding = 12;
constexpr int sparklineWidth = 72;
// Glyph, gap and the paddings of a badge.
constexpr int markRoom = 28;
constexpr int leastSecondary = 40;
// Between words and the grey ones beside them.
constexpr int besideGap = 6;
// Where a cell has an icon of its own.
constexpr int cellIconRoom = 18;

State cellState(const QModelIndex& index)
{
    const QVariant value = index.data(CellRole::state);
    return value.isValid() ? static_cast<State>(value.toInt()) : State::neutral;
}

Token cellTone(const QModelIndex& index, CellKind kind)
{
    const QVariant tone = index.data(CellRole::tone);
    if (tone.isValid())
        return static_cast<Token>(tone.toInt());
    switch (kind) {
    case CellKind::secondaryText:
        return Token::textSecondary;
    case CellKind::mono:
        return Token::textMuted;
    case CellKind::link:
        return Token::link;
    default:
        return Token::textPrimary;
    }
}

TextStyle cellStyle(const QModelIndex& index, CellKind kind)
{
    if (kind == CellKind::mono)
        return TextStyle::monoSmall;
    const bool strong = kind == CellKind::strongText || index.data(CellRole::strong).toBool();
    return strong ? TextStyle::strong : TextStyle::body;
}

void paintNumberCell(QPainter& painter, const QRectF& rect, const QModelIndex& index)
{
    const QFont font = textFont(cellStyle(index, CellKind::number));
    const QString value = index.data().toString();
    painter.setPen(token(cellTone(index, CellKind::number)));
    drawTabular(painter, rect, Qt::AlignRight, font, value);
    const QString secondary = index.data(CellRole::secondary).toString();
    if (secondary.isEmpty())
        return;
    painter.setPen(token(Token::textMuted));
    const qreal width = tabularWidth(font, value) + 8;
    drawTabular(painter, rect.adjusted(0, 0, -width, 0), Qt::AlignRight, textFont(TextStyle::small), secondary);
}

void paintTextCell(QPainter& painter, QRectF rect, const QModelIndex& index, CellKind kind)
{
    if (const QVariant glyph = index.data(CellRole::icon); glyph.isValid()) {
        paintIcon(painter, QRectF(rect.left(), rect.center().y() - 6, 12, 12), static_cast<Icon>(glyph.toInt()),
            token(cellTone(index, CellKind::secondaryText)));
        rect.setLeft(rect.left() + cellIconRoom);
    }
    const QString words = index.data().toString();
    const QString secondary = index.data(CellRole::secondary).toString();
    const TextStyle style = cellStyle(index, kind);
    const int line = lineHeight(style);
    const int micro = lineHeight(TextStyle::micro);
    // Rows grow with the type, too: only relaxed ones, and those of a table that wraps, have room for a second line.
    const bool below = !secondary.isEmpty() && rect.height() + 1 >= line + micro;
    const int most = static_cast<int>(rect.height() + 1 - (below ? micro : 0)) / line;
    const ParagraphWidth width{rect.width(), rect.width()};
    const int lines = paragraphLines(style, words, width, std::min(most, mostCellLines));
    if (below || lines > 1) {
        const QRectF upper(
            rect.left(), rect.center().y() - (lines * line + (below ? micro : 0)) / 2.0, rect.width(), lines * line);
        paintParagraph(painter, upper, style, cellTone(index, kind), words, width, lines);
        if (below)
            paintText(painter, QRectF(rect.left(), upper.bottom(), rect.width(), micro), TextStyle::micro,
                Token::textMuted, secondary);
        return;
    }
    const qreal taken = paintText(painter, rect, style, cellTone(index, kind), words);
    const QRectF beside = rect.adjusted(taken + besideGap, 0, 0, 0);
    // Three dots alone would say less than nothing.
    if (!secondary.isEmpty() && beside.width() >= std::min(textWidth(TextStyle::small, secondary), leastSecondary))
        paintText(painter, beside, TextStyle::small, Token::textMuted, secondary);
}

void paintSkeletonCell(QPainter& painter, const QRectF& rect, const QModelIndex& index, CellKind kind)
{
    // Widths differ from row to row, so that the block reads as text to come.
    const qreal share = 0.45 + 0.1 * ((index.row() * 7 + index.column() * 3) % 5);
    QRectF bar(rect.left(), rect.center().y() - 4, std::min<qreal>(rect.width(), 140) * share, 8);
    if (kind == CellKind::number)
        bar.moveRight(rect.right());
    paintBox(painter, bar, token(Token::sunken), {}, 4);
}

}

CellDelegate::CellDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

void CellDelegate::setColumnKind(int column, CellKind kind)
{
    if (column >= m_kinds.size())
        m_kinds.resize(column + 1);
    m_kinds[column] = kind;
}

CellKind CellDelegate::kindOf(const QModelIndex& index) const
{
    const QVariant own = index.data(CellRole::kind);
    if (own.isValid())
        return static_cast<CellKind>(own.toInt());
    return m_kinds.value(index.column(), CellKind::text);
}

QRectF CellDelegate::contentRect(const QRect& cell, const QModelIndex& index) const
{
    const bool first = index.column() == 0;
    const bool last = index.model() != nullptr && index.column() == index.model()->columnCount(index.parent()) - 1;
    return QRectF(cell).adjusted(first ? edgePadding : cellPadding, 0, last ? -edgePadding : -cellPadding, -1);
}

QRectF CellDelegate::linkRect(const QRect& cell, const QModelIndex& index) const
{
    if (kindOf(index) != CellKind::link)
        return {};
    QRectF content = contentRect(cell, index);
    content.setWidth(std::min<qreal>(content.width(), textWidth(TextStyle::body, index.data().toString())));
    return content;
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QRectF cell(option.rect);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(cell, token(Token::selection));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(cell, token(Token::canvas));
    paintLine(*painter, QPointF(cell.left(), cell.bottom() - 1), QPointF(cell.right(), cell.bottom() - 1),
        token(Token::grid));
    const CellKind kind = kindOf(index);
    const QRectF content = contentRect(option.rect, index);
    painter->save();
    if (index.data(CellRole::loading).toBool()) {
        paintSkeletonCell(*painter, content, index, kind);
    } else {
        switch (kind) {
        case CellKind::number:
            paintNumberCell(*painter, content, index);
            break;
        case CellKind::status:
            paintStatus(*painter, content, cellState(index), index.data().toString());
            break;
        case CellKind::badge:
            paintBadge(*painter, content, cellState(index), index.data().toString());
            break;
        case CellKind::sparkline:
            paintSparkline(*painter,
                QRectF(content.left(), content.center().y() - 10, std::min<qreal>(content.width(), sparklineWidth), 20),
                index.data(CellRole::series).value<QVector<double>>(),
                token(index.data(CellRole::tone).isValid() ? cellTone(index, kind) : Token::textMuted));
            break;
        case CellKind::icon:
            paintIcon(*painter, QRectF(content.left(), content.center().y() - 8, 16, 16),
                static_cast<Icon>(index.data(CellRole::icon).toInt()), token(cellTone(index, CellKind::secondaryText)));
            break;
        case CellKind::text:
        case CellKind::secondaryText:
        case CellKind::strongText:
        case CellKind::mono:
        case CellKind::link:
            paintTextCell(*painter, content, index, kind);
            break;
        }
    }
    painter->restore();
    if ((option.state & QStyle::State_HasFocus) && showsFocus(option.widget) && index.column() == 0)
        painter->fillRect(QRectF(cell.left(), cell.top(), 3, cell.height() - 1), token(Token::link));
}

int CellDelegate::naturalWidth(const QModelIndex& index, Extent extent) const
{
    const CellKind kind = kindOf(index);
    const QString words = index.data().toString();
    const bool last = index.column() == index.model()->columnCount(index.parent()) - 1;
    const int around = (index.column() == 0 ? edgePadding : cellPadding) + (last ? edgePadding : cellPadding);
    if (kind == CellKind::sparkline)
        return sparklineWidth + around;
    if (kind == CellKind::icon)
        return metrics::icon + around;
    int width = around + 2;
    if (kind == CellKind::number)
        width += static_cast<int>(std::ceil(tabularWidth(textFont(cellStyle(index, kind)), words)));
    else if (kind == CellKind::status || kind == CellKind::badge)
        width += textWidth(TextStyle::body, words) + markRoom;
    else
        width += textWidth(cellStyle(index, kind), words) + (index.data(CellRole::icon).isValid() ? cellIconRoom : 0);
    const QString secondary = index.data(CellRole::secondary).toString();
    if (extent == Extent::all && !secondary.isEmpty())
        width += 8 + textWidth(TextStyle::small, secondary);
    return width;
}

int cellHeight(const CellDelegate& cells, const QModelIndex& index, int columnWidth, int rowHeight)
{
    const CellKind kind = cells.kindOf(index);
    const bool wraps = kind == CellKind::text || kind == CellKind::secondaryText || kind == CellKind::strongText
        || kind == CellKind::mono || kind == CellKind::link;
    if (!wraps || cells.naturalWidth(index, CellDelegate::Extent::all) <= columnWidth)
        return rowHeight;
    const TextStyle style = cellStyle(index, kind);
    qreal width = cells.contentRect(QRect(0, 0, columnWidth, rowHeight), index).width();
    if (index.data(CellRole::icon).isValid())
        width -= cellIconRoom;
    const int lines = paragraphLines(style, index.data().toString(), {width, width}, mostCellLines);
    const bool hasMore = !index.data(CellRole::secondary).toString().isEmpty();
    const int around = std::max(0, rowHeight - lineHeight(TextStyle::body));
    return std::max(rowHeight, lines * lineHeight(style) + (hasMore ? lineHeight(TextStyle::micro) : 0) + around);
}

bool CellDelegate::helpEvent(
    QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const bool told = !index.data(Qt::ToolTipRole).toString().isEmpty();
    if (event->type() != QEvent::ToolTip || !index.isValid() || told
        || naturalWidth(index, Extent::all) <= option.rect.width() + 2)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QStringList words{index.data().toString(), index.data(CellRole::secondary).toString()};
    QToolTip::showText(event->globalPos(), words.join(u' ').trimmed(), view);
    return true;
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const CellKind kind = kindOf(index);
    const int words
        = kind == CellKind::sparkline ? sparklineWidth : textWidth(cellStyle(index, kind), index.data().toString());
    return {words + 2 * edgePadding, std::max(option.rect.height(), metrics::rowCompact)};
}

}
