#include "ui/screens/changes/board_card_delegate.h"

#include "ui/kit/badge.h"
#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QListView>
#include <QPainter>
#include <QTextLayout>
#include <cmath>

namespace ephor::ui::changes {

namespace {

constexpr int cardInset = 10;
constexpr int cardGap = 8;
constexpr int mostTitleLines = 3;

struct TitleLayout {
    std::vector<QString> lines;
};

// Whole words on up to three lines; the last one is elided by the painter.
TitleLayout layOutTitle(const QString& title, int width)
{
    TitleLayout laid;
    QTextLayout layout(title, textFont(TextStyle::smallStrong));
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        const bool isLast = int(laid.lines.size()) == mostTitleLines - 1;
        laid.lines.push_back(isLast ? title.mid(line.textStart()) : title.mid(line.textStart(), line.textLength()));
        if (isLast)
            break;
    }
    layout.endLayout();
    return laid;
}

int heightOf(const BoardCard& card, int width)
{
    const int lines = int(layOutTitle(card.title, width - 2 * cardInset).lines.size());
    const int small = lineHeight(TextStyle::small);
    return cardInset + small + 2 + lines * lineHeight(TextStyle::smallStrong) + 4 + 2 * small + 6 + small
        + (card.share ? 10 : 0) + (card.isSetup ? small + 4 : 0) + cardInset + cardGap;
}

}

void BoardCardModel::setCards(std::vector<BoardCard> cards)
{
    if (cards == m_cards)
        return;
    beginResetModel();
    m_cards = std::move(cards);
    endResetModel();
}

int BoardCardModel::rowOf(const QString& key) const
{
    for (std::size_t at = 0; at < m_cards.size(); ++at) {
        if (m_cards[at].key == key)
            return int(at);
    }
    return -1;
}

int BoardCardModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_cards.size());
}

QVariant BoardCardModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const BoardCard& card = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return card.title;
    case Qt::ToolTipRole:
        return card.title + u'\n' + card.ageTip;
    case Qt::AccessibleTextRole: {
        QStringList words{card.key, card.title, card.agent, card.author, card.age, card.status};
        if (card.isSetup)
            words << tr("self-approved (setup)");
        return words.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

BoardCardDelegate::BoardCardDelegate(const BoardCardModel* cards, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_cards(cards)
{
}

QSize BoardCardDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* list = qobject_cast<const QListView*>(option.widget);
    const int width = list ? list->viewport()->width() : 180;
    return {width, heightOf(m_cards->at(index.row()), width)};
}

void BoardCardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const BoardCard& card = m_cards->at(index.row());
    const bool isChosen = option.state & QStyle::State_Selected;
    const bool hasRing = isChosen && showsFocus(option.widget);
    const QRectF box = QRectF(option.rect).adjusted(0, 0, 0, -cardGap);
    const Token edge = option.state & QStyle::State_MouseOver ? Token::borderStrong : Token::borderSubtle;
    paintBox(*painter, box, token(Token::surface), token(edge), metrics::radiusCard);
    if (hasRing)
        paintFocusRing(*painter, box, metrics::radiusCard);
    const qreal left = box.left() + cardInset;
    const qreal width = box.width() - 2 * cardInset;
    qreal y = box.top() + cardInset;
    const int small = lineHeight(TextStyle::small);
    const int strong = lineHeight(TextStyle::smallStrong);
    paintText(*painter, QRectF(left, y, width, small), TextStyle::monoSmall, Token::textMuted, card.key);
    const qreal key = textWidth(TextStyle::monoSmall, card.key) + metrics::space8;
    paintText(*painter, QRectF(left + key, y, std::max(0.0, width - key), small), TextStyle::micro, Token::textMuted,
        card.age, Qt::AlignRight);
    y += small + 2;
    for (const QString& line : layOutTitle(card.title, int(width)).lines) {
        paintText(*painter, QRectF(left, y, width, strong), TextStyle::smallStrong, Token::textPrimary, line.trimmed());
        y += strong;
    }
    y += 4;
    paintText(*painter, QRectF(left, y, width, small), TextStyle::small, Token::textSecondary, card.agent);
    y += small;
    paintText(*painter, QRectF(left, y, width, small), TextStyle::small, Token::textMuted, card.author);
    y += small + 6;
    paintStatus(*painter, QRectF(left, y, width, small), card.state, card.status, TextStyle::small);
    y += small;
    if (card.share) {
        const QRectF groove(left, y + 4, width, 4);
        paintBox(*painter, groove, token(Token::sunken), {}, 2);
        paintBox(*painter, QRectF(groove.left(), groove.top(), std::max(4.0, groove.width() * *card.share), 4),
            token(Token::series1), {}, 2);
        y += 10;
    }
    if (card.isSetup)
        paintStatus(
            *painter, QRectF(left, y + 4, width, small), State::warning, tr("Self-approved (setup)"), TextStyle::small);
}

}
