#include "ui/kit/tree_table.h"

#include "ui/kit/paint.h"
#include "ui/kit/table_header.h"
#include "ui/kit/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace ephor::ui {

TreeTable::TreeTable(const QString& accessibleName, QWidget* parent)
    : QTreeView(parent)
    , m_delegate(new CellDelegate(this))
{
    setAccessibleName(accessibleName);
    setHeader(new TableHeader(m_delegate, this));
    setItemDelegate(m_delegate);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setMouseTracking(true);
    setIndentation(metrics::space16);
    connect(this, &QAbstractItemView::doubleClicked, this, &TreeTable::rowOpened);
}

void TreeTable::setColumns(const std::vector<TableColumn>& columns)
{
    m_columns = columns;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        m_delegate->setColumnKind(static_cast<int>(at), columns[at].kind);
        if (model() == nullptr || static_cast<int>(at) >= header()->count())
            continue;
        if (columns[at].width == 0)
            header()->setSectionResizeMode(static_cast<int>(at), QHeaderView::Stretch);
        else
            header()->resizeSection(static_cast<int>(at), columns[at].width);
    }
    header()->setStretchLastSection(false);
}

void TreeTable::setModel(QAbstractItemModel* model)
{
    QTreeView::setModel(model);
    setColumns(std::vector<TableColumn>(m_columns));
}

void TreeTable::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT rowOpened(currentIndex());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void TreeTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    if (current.isValid())
        Q_EMIT rowSelected(current);
}

void TreeTable::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const
{
    if (selectionModel() != nullptr && selectionModel()->isSelected(index))
        painter->fillRect(rect, token(Token::selection));
    paintLine(
        *painter, QPointF(rect.left(), rect.bottom()), QPointF(rect.right() + 1, rect.bottom()), token(Token::grid));
    if (!model()->hasChildren(index))
        return;
    const QRectF arrow(rect.right() - 13, rect.center().y() - 6, 12, 12);
    paintIcon(*painter, arrow, isExpanded(index) ? Icon::chevronDown : Icon::chevronRight, token(Token::textMuted));
}

}
