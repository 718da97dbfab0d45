#pragma once

#include "ui/screens/changes/board_rows.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace ephor::ui::changes {

/// The cards of one column.
class BoardCardModel : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setCards(std::vector<BoardCard> cards);
    const BoardCard& at(int row) const { return m_cards[static_cast<std::size_t>(row)]; }
    int rowOf(const QString& key) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<BoardCard> m_cards;
};

/// Paints a card: title on up to three lines, agent, author and age, state.
class BoardCardDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    BoardCardDelegate(const BoardCardModel* cards, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const BoardCardModel* m_cards;
};

}
