#pragma once

#include "ui/kit/data_table.h"

#include <QTreeView>

namespace ephor::ui {

/// A tree with columns, drawn like a DataTable. Left and right arrows fold.
class TreeTable : public QTreeView {
    Q_OBJECT

public:
    explicit TreeTable(const QString& accessibleName, QWidget* parent = nullptr);

    void setColumns(const std::vector<TableColumn>& columns);
    void setModel(QAbstractItemModel* model) override;
    CellDelegate& cells() const { return *m_delegate; }

Q_SIGNALS:
    void rowOpened(const QModelIndex& index);
    void rowSelected(const QModelIndex& index);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

private:
    CellDelegate* m_delegate;
    std::vector<TableColumn> m_columns;
};

}
