#pragma once

#include "ui/kit/command_palette.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace ephor::ui {

/// A row of the open palette.
struct PaletteRow {
    enum class Kind { section, item } kind = Kind::item;
    PaletteItem item; ///< of a section only `section` is used
    QVector<int> matched = {}; ///< matched characters of "group: action"
};

/// The words an item is matched and shown by.
QString paletteText(const PaletteItem& item);
/// Fitting items by score under their sections, then what the providers found.
std::vector<PaletteRow> paletteRowsFor(
    const QString& typed, const std::vector<PaletteItem>& items, const std::vector<std::vector<PaletteItem>>& found);

class PaletteModel : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<PaletteRow> rows);
    const PaletteRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int firstItem() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<PaletteRow> m_rows;
};

class PaletteDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    PaletteDelegate(const PaletteModel* model, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const PaletteModel* m_model;
};

}
