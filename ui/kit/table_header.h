#pragma once

#include <QHeaderView>

namespace ephor::ui {

class CellDelegate;

/// The header of tables and trees: micro type, muted, aligned as its column, an arrow on the sorted one.
class TableHeader : public QHeaderView {
    Q_OBJECT

public:
    TableHeader(const CellDelegate* cells, QWidget* parent);

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;

private:
    const CellDelegate* m_cells;
};

}
