#pragma once

#include "ui/kit/matrix_view.h"
#include "ui/kit/theme.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <algorithm>

namespace ephor::ui {

/// Cells give up their air below this width, and their words below the next one: sixteen tools fit a small window.
inline constexpr int airyMatrixColumn = 60;
inline constexpr int wordyMatrixColumn = 52;
/// A measure made for the design size, in the type as it is.
inline int matrixMeasure(int pixels)
{
    return qRound(pixels * std::max(1.0, Theme::instance().typeScale()));
}
/// Icon and air; less cannot be hit.
inline constexpr int narrowestMatrixColumn = 32;
/// Where even the narrowest do not fit, the matrix scrolls, and its columns have room for their words.
inline constexpr int scrolledMatrixColumn = 68;
/// Where what a column holds begins.
inline double matrixInset(double columnWidth)
{
    return columnWidth < airyMatrixColumn ? 5 : 8;
}

class MatrixModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void set(std::vector<MatrixColumn> columns, std::vector<MatrixRow> rows);
    const MatrixColumn& column(int at) const { return m_columns[static_cast<std::size_t>(at)]; }
    const MatrixRow& row(int at) const { return m_rows[static_cast<std::size_t>(at)]; }
    /// Nothing where the row is shorter than the columns: no grant.
    MatrixCell cell(int row, int column) const;
    bool startsGroup(int column) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<MatrixColumn> m_columns;
    std::vector<MatrixRow> m_rows;
};

/// The frozen first column, with the corner over it.
class MatrixRowHeader : public QHeaderView {
    Q_OBJECT

public:
    MatrixRowHeader(const MatrixModel* model, QTableView* view);

    QSize sizeHint() const override { return {matrixMeasure(188), 0}; }
    void setCorner(const QString& upper, const QString& lower);
    void placeCorner(int height);
    void setCurrentRow(int row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;

private:
    const MatrixModel* m_model;
    class MatrixCorner* m_corner;
    int m_current = -1;
};

/// Two rows of titles: the group over its columns, then icon and name.
class MatrixColumnHeader : public QHeaderView {
    Q_OBJECT

public:
    MatrixColumnHeader(const MatrixModel* model, QTableView* view);

    QSize sizeHint() const override { return {QHeaderView::sizeHint().width(), matrixMeasure(64)}; }
    void setCurrentColumn(int column);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    void paintEvent(QPaintEvent* event) override;

private:
    const MatrixModel* m_model;
    int m_current = -1;
};

class MatrixDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    MatrixDelegate(const MatrixModel* model, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const MatrixModel* m_model;
};

}
