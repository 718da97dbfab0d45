#include "ui/kit/wrapped_rows.h"

#include "ui/kit/cell_height.h"
#include "ui/kit/data_table.h"

#include <QHeaderView>
#include <algorithm>
#include <utility>

namespace ephor::ui {

WrappedRows::WrappedRows(DataTable* table)
    : QObject(table)
    , m_table(table)
{
    connect(table->horizontalHeader(), &QHeaderView::sectionResized, this, &WrappedRows::fitSoon);
    connect(table->horizontalHeader(), &QHeaderView::sectionCountChanged, this, &WrappedRows::watch);
    watch();
}

bool WrappedRows::areIn(const DataTable& table)
{
    return table.findChild<WrappedRows*>(QString(), Qt::FindDirectChildrenOnly) != nullptr;
}

void WrappedRows::fitAgain(const DataTable& table)
{
    if (auto* const rows = table.findChild<WrappedRows*>(QString(), Qt::FindDirectChildrenOnly))
        rows->fitSoon();
}

void WrappedRows::watch()
{
    const QAbstractItemModel* model = m_table->model();
    if (model != nullptr && std::exchange(m_watched, model) != model) {
        connect(model, &QAbstractItemModel::modelReset, this, &WrappedRows::fitSoon);
        connect(model, &QAbstractItemModel::layoutChanged, this, &WrappedRows::fitSoon);
        connect(model, &QAbstractItemModel::rowsInserted, this, &WrappedRows::fitSoon);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &WrappedRows::fitSoon);
        connect(model, &QAbstractItemModel::dataChanged, this, &WrappedRows::fitSoon);
    }
    fitSoon();
}

void WrappedRows::fitSoon()
{
    // Once for a burst of changes, after the columns have their widths.
    if (!std::exchange(m_willFit, true))
        QMetaObject::invokeMethod(this, &WrappedRows::fit, Qt::QueuedConnection);
}

void WrappedRows::fit()
{
    m_willFit = false;
    const QAbstractItemModel* model = m_table->model();
    if (model == nullptr || model->rowCount() > mostWrappedRows)
        return;
    for (int row = 0; row < model->rowCount(); ++row) {
        const int one = m_table->verticalHeader()->defaultSectionSize();
        int height = one;
        for (int column = 0; column < model->columnCount(); ++column) {
            if (!m_table->isColumnHidden(column))
                height = std::max(
                    height, cellHeight(m_table->cells(), model->index(row, column), m_table->columnWidth(column), one));
        }
        if (m_table->rowHeight(row) != height)
            m_table->setRowHeight(row, height);
    }
}

}
