#pragma once

#include "ui/kit/cell.h"

#include <QAbstractTableModel>
#include <optional>
#include <vector>

namespace ephor::ui {

/// One cell of a small table.
struct Cell {
    QString text;
    QString secondary = {};
    std::optional<CellKind> kind = {};
    std::optional<State> state = {};
    std::optional<Token> tone = {};
    std::optional<Icon> icon = {};
    QVector<double> series = {};
    QVariant sort = {};
    QString toolTip = {};
};

/// A row and the key it is known by, which survives a refresh.
struct CellRow {
    QVariant key;
    std::vector<Cell> cells;
};

/// Rows held in memory, for tables that are small by nature (under 10,000). Larger ones bring their own paged model.
class CellsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit CellsModel(const QStringList& titles, QObject* parent = nullptr);

    /// Keeps the order people sorted by; and what is chosen, where the keys are the same ones in the same order.
    void setRows(std::vector<CellRow> rows);
    QVariant keyAt(int row) const;
    /// -1 where there is no such row.
    int rowOf(const QVariant& key) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Stable; by CellRole::sort, then by the words.
    void sort(int column, Qt::SortOrder order) override;

private:
    QStringList m_titles;
    void sortRows();
    std::vector<CellRow> m_rows;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

}
