#pragma once

#include "ui/kit/item_list.h"
#include "ui/kit/paragraph.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <array>

namespace ephor::ui {

/// Rows of an ItemList.
class ItemListModel : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<ListItem> items);
    const ListItem& at(int row) const { return m_items[static_cast<std::size_t>(row)]; }
    int rowOf(const QVariant& key) const;
    /// Pixels that the longest title of this kind takes with what trails it.
    int widestHead(ListItem::Kind kind) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<ListItem> m_items;
    mutable std::array<int, 3> m_widestHeads = {-1, -1, -1}; ///< by the kind; below zero: not measured yet
    mutable double m_measuredScale = 0;
};

/// Paints the rows of an ItemList.
class ItemListDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    ItemListDelegate(const ItemListModel* items, QObject* parent);

    /// Pixels of a row; details that do not fit on one line take up to `mostDetailLines`.
    int heightOf(const ListItem& item) const;
    /// Details stay on one line: a list as high as its rows does not know its width beforehand.
    void keepOneLine() { m_isOneLine = true; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int detailLines(const ListItem& item, ParagraphWidth width) const;
    /// Where the words of an item begin and end in a row of the list.
    static int leftOf(const ListItem& item);
    bool isTrailingBelow(const ListItem& item, qreal width) const;

    const ItemListModel* m_items;
    bool m_isOneLine = false;
};

}
