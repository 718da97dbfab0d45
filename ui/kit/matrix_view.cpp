#include "ui/kit/matrix_view.h"

#include "ui/kit/matrix_model.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

namespace ephor::ui {

namespace {

constexpr int matrixRow = 31;
constexpr int matrixGroupRow = 25;

}

MatrixView::MatrixView(const QString& accessibleName, QWidget* parent)
    : QTableView(parent)
    , m_model(new MatrixModel(this))
    , m_rowHeader(new MatrixRowHeader(m_model, this))
    , m_columnHeader(new MatrixColumnHeader(m_model, this))
{
    setAccessibleName(accessibleName);
    setVerticalHeader(m_rowHeader);
    setHorizontalHeader(m_columnHeader);
    setModel(m_model);
    setItemDelegate(new MatrixDelegate(m_model, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setCornerButtonEnabled(false);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::themeChanged, this, [this] {
        fitRowHeights();
        fitColumnWidths();
    });
    // A header that scrolls paints only what came into sight, and titles of groups move within it.
    connect(
        horizontalScrollBar(), &QScrollBar::valueChanged, m_columnHeader->viewport(), qOverload<>(&QWidget::update));
    connect(this, &QAbstractItemView::doubleClicked, this,
        [this](const QModelIndex& at) { Q_EMIT cellOpened(m_model->row(at.row()).key, at.column()); });
}

MatrixView::~MatrixView() = default;

void MatrixView::setMatrix(std::vector<MatrixColumn> columns, std::vector<MatrixRow> rows)
{
    m_model->set(std::move(columns), std::move(rows));
    fitRowHeights();
    fitColumnWidths();
}

void MatrixView::fitRowHeights()
{
    for (int row = 0; row < m_model->rowCount(); ++row)
        setRowHeight(row,
            m_model->row(row).kind == MatrixRow::Kind::group ? matrixMeasure(matrixGroupRow)
                                                             : matrixMeasure(matrixRow));
}

void MatrixView::fitColumnWidths()
{
    if (m_model->columnCount() * narrowestMatrixColumn <= viewport()->width()) {
        m_columnHeader->setSectionResizeMode(QHeaderView::Stretch);
        return;
    }
    m_columnHeader->setSectionResizeMode(QHeaderView::Fixed);
    m_columnHeader->setDefaultSectionSize(matrixMeasure(scrolledMatrixColumn));
}

void MatrixView::setCorner(const QString& upper, const QString& lower)
{
    m_rowHeader->setCorner(upper, lower);
}

QRect MatrixView::cellRect(int row, int column) const
{
    const QRect inside = visualRect(m_model->index(row, column));
    return {viewport()->mapToGlobal(inside.topLeft()), inside.size()};
}

void MatrixView::updateGeometries()
{
    QTableView::updateGeometries();
    m_rowHeader->placeCorner(m_columnHeader->height());
}

void MatrixView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumnWidths();
    m_rowHeader->placeCorner(m_columnHeader->height());
}

void MatrixView::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex at = currentIndex();
    if (at.isValid() && m_model->row(at.row()).kind == MatrixRow::Kind::item) {
        const QVariant key = m_model->row(at.row()).key;
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT cellOpened(key, at.column());
            return;
        case Qt::Key_Space:
        case Qt::Key_Menu:
            Q_EMIT editRequested(key, at.column(), cellRect(at.row(), at.column()).bottomLeft());
            return;
        default:
            break;
        }
    }
    QTableView::keyPressEvent(event);
}

void MatrixView::mouseMoveEvent(QMouseEvent* event)
{
    QTableView::mouseMoveEvent(event);
    const QModelIndex at = indexAt(event->pos());
    if (at.isValid() && m_model->row(at.row()).kind == MatrixRow::Kind::item)
        Q_EMIT cellHovered(m_model->row(at.row()).key, at.column());
}

void MatrixView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    m_rowHeader->setCurrentRow(current.row());
    m_columnHeader->setCurrentColumn(current.column());
    if (current.isValid() && m_model->row(current.row()).kind == MatrixRow::Kind::item)
        Q_EMIT cellSelected(m_model->row(current.row()).key, current.column());
}

}
