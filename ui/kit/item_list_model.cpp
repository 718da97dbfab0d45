#include "ui/kit/item_list_model.h"

#include "ui/kit/badge.h"
#include "ui/kit/paint.h"
#include "ui/kit/person_row.h"
#include "ui/kit/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <algorithm>

namespace ephor::ui {

namespace {

/// Between a title and what trails it.
constexpr int headGap = 8;
/// Left and right of the words of a row.
constexpr int rowEdge = 12;
constexpr int mostDetailLines = 3;

bool isLoud(const ListItem& item)
{
    return item.trailingToken == Token::warn || item.trailingToken == Token::badgeErrorText
        || item.trailingToken == Token::error;
}

TextStyle trailingStyle(const ListItem& item)
{
    return isLoud(item) ? TextStyle::smallStrong : TextStyle::small;
}

}

void ItemListModel::setItems(std::vector<ListItem> items)
{
    beginResetModel();
    m_items = std::move(items);
    m_widestHeads.fill(-1);
    endResetModel();
}

int ItemListModel::widestHead(ListItem::Kind kind) const
{
    if (const double scale = Theme::instance().typeScale(); m_widestHeads[0] < 0 || scale != m_measuredScale) {
        m_measuredScale = scale;
        m_widestHeads.fill(0);
        for (const ListItem& item : m_items) {
            if (item.kind == ListItem::Kind::group || item.detail.isEmpty())
                continue;
            const TextStyle style = item.kind == ListItem::Kind::quiet ? TextStyle::body : TextStyle::strong;
            int& widest = m_widestHeads[std::size_t(item.kind)];
            widest = std::max(
                widest, textWidth(style, item.title) + headGap + textWidth(TextStyle::smallStrong, item.trailing));
        }
    }
    return m_widestHeads[std::size_t(kind)];
}

int ItemListModel::rowOf(const QVariant& key) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
        [&](const ListItem& item) { return item.kind != ListItem::Kind::group && item.key == key; });
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

int ItemListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant ItemListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ListItem& item = at(index.row());
    if (role == Qt::DisplayRole)
        return item.title;
    if (role == Qt::AccessibleTextRole) {
        QStringList parts{item.title};
        for (const QString& part :
            {item.status ? (item.statusText.isEmpty() ? stateWord(*item.status) : item.statusText) : QString(),
                item.trailing, item.detail}) {
            if (!part.isEmpty())
                parts << part;
        }
        return parts.join(QStringLiteral(", "));
    }
    return {};
}

Qt::ItemFlags ItemListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return at(index.row()).kind == ListItem::Kind::group ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

ItemListDelegate::ItemListDelegate(const ItemListModel* items, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_items(items)
{
}

int ItemListDelegate::leftOf(const ListItem& item)
{
    return rowEdge + (!item.initials.isEmpty() ? 32 : item.icon != Icon::none ? 24 : 0);
}

// Where a title of its kind would be cut, times stand beside the details: those may take another line.
bool ItemListDelegate::isTrailingBelow(const ListItem& item, qreal width) const
{
    return !item.detail.isEmpty() && m_items->widestHead(item.kind) > width;
}

int ItemListDelegate::detailLines(const ListItem& item, ParagraphWidth width) const
{
    return paragraphLines(TextStyle::small, item.detail, width, m_isOneLine ? 1 : mostDetailLines);
}

int ItemListDelegate::heightOf(const ListItem& item) const
{
    if (item.kind == ListItem::Kind::group)
        return lineHeight(TextStyle::small) + 12;
    const int one = lineHeight(TextStyle::body);
    if (item.detail.isEmpty())
        return one + 12;
    const auto* list = static_cast<const QAbstractItemView*>(parent());
    const qreal width = list->viewport()->width() - leftOf(item) - rowEdge - 1;
    const bool below = !item.trailing.isEmpty() && isTrailingBelow(item, width);
    const qreal first = below ? width - headGap - textWidth(trailingStyle(item), item.trailing) : width;
    return one + detailLines(item, {first, width}) * lineHeight(TextStyle::small) + 17;
}

QSize ItemListDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {option.rect.width(), heightOf(m_items->at(index.row()))};
}

void ItemListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ListItem& item = m_items->at(index.row());
    const QRectF row(option.rect);
    const bool selected = option.state & QStyle::State_Selected;
    if (item.kind == ListItem::Kind::group) {
        painter->fillRect(row, token(Token::canvas));
        const qreal width = paintText(
            *painter, row.adjusted(12, 0, -12, 0), TextStyle::smallStrong, Token::textSecondary, item.title);
        paintText(
            *painter, row.adjusted(20 + width, 0, -12, 0), TextStyle::smallMedium, Token::textMuted, item.trailing);
    } else {
        if (selected)
            painter->fillRect(row, token(Token::selection));
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(row, token(Token::canvas));
        if (selected)
            painter->fillRect(QRectF(row.left(), row.top(), 3, row.height() - 1), token(Token::link));
    }
    paintLine(
        *painter, QPointF(row.left(), row.bottom() - 1), QPointF(row.right(), row.bottom() - 1), token(Token::grid));
    if (item.kind == ListItem::Kind::group)
        return;

    const bool quiet = item.kind == ListItem::Kind::quiet;
    const qreal top = row.top() + (item.detail.isEmpty() ? 5.5 : 8);
    const qreal line = lineHeight(TextStyle::body);
    const qreal edge = row.left() + rowEdge;
    if (!item.initials.isEmpty())
        paintAvatar(*painter, QRectF(edge, row.center().y() - 12, 24, 24), item.initials);
    else if (item.icon != Icon::none)
        paintIcon(*painter, QRectF(edge, top + (line - 16) / 2, 16, 16), item.icon, token(item.iconToken));
    const qreal left = row.left() + leftOf(item);
    qreal right = row.right() - rowEdge;
    const qreal whole = right - left;
    const bool isBelow = isTrailingBelow(item, whole);
    const qreal trailingTop = isBelow ? top + line : top;
    const qreal trailingLine = isBelow ? lineHeight(TextStyle::small) : line;
    qreal detailRight = right;
    if (!item.trailing.isEmpty()) {
        const Token color
            = selected && item.trailingToken == Token::textMuted ? Token::textSecondary : item.trailingToken;
        const qreal taken = headGap
            + paintText(*painter, QRectF(left, trailingTop, right - left, trailingLine), trailingStyle(item), color,
                item.trailing, Qt::AlignRight);
        (isBelow ? detailRight : right) -= taken;
    }
    qreal x = left;
    x += paintText(*painter, QRectF(x, top, right - x, line), quiet ? TextStyle::body : TextStyle::strong,
        quiet ? Token::textSecondary : Token::textPrimary, item.title);
    if (item.status && right - x > 30)
        paintStatus(*painter, QRectF(x + 12, top, right - x - 12, line), *item.status, item.statusText);
    const ParagraphWidth width{detailRight - left, whole};
    paintParagraph(*painter, QRectF(left, top + line, whole, row.bottom() - top - line), TextStyle::small,
        selected ? Token::textSecondary : Token::textMuted, item.detail, width, detailLines(item, width));
}

}
