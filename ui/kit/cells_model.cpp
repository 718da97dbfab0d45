#include "ui/kit/cells_model.h"

#include <algorithm>

namespace ephor::ui {

namespace {

QVariant sortValue(const CellRow& row, std::size_t column)
{
    if (column >= row.cells.size())
        return {};
    const Cell& cell = row.cells[column];
    return cell.sort.isValid() ? cell.sort : QVariant(cell.text);
}

template <typename Value> QVariant asInt(const std::optional<Value>& value)
{
    return value ? QVariant(static_cast<int>(*value)) : QVariant();
}

}

CellsModel::CellsModel(const QStringList& titles, QObject* parent)
    : QAbstractTableModel(parent)
    , m_titles(titles)
{
}

void CellsModel::setRows(std::vector<CellRow> rows)
{
    m_rows.swap(rows);
    sortRows();
    const bool same = !m_rows.empty()
        && std::equal(m_rows.begin(), m_rows.end(), rows.begin(), rows.end(),
            [](const CellRow& one, const CellRow& other) { return one.key == other.key; });
    if (same) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    m_rows.swap(rows);
    beginResetModel();
    m_rows.swap(rows);
    endResetModel();
}

QVariant CellsModel::keyAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].key : QVariant();
}

int CellsModel::rowOf(const QVariant& key) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const CellRow& row) { return row.key == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int CellsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CellsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_titles.size());
}

QVariant CellsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const CellRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (static_cast<std::size_t>(index.column()) >= row.cells.size())
        return {};
    const Cell& cell = row.cells[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::AccessibleTextRole:
        return cell.secondary.isEmpty() ? cell.text : cell.text + QStringLiteral(", ") + cell.secondary;
    case Qt::ToolTipRole:
        return cell.toolTip.isEmpty() ? QVariant() : QVariant(cell.toolTip);
    case CellRole::kind:
        return asInt(cell.kind);
    case CellRole::secondary:
        return cell.secondary;
    case CellRole::state:
        return asInt(cell.state);
    case CellRole::tone:
        return asInt(cell.tone);
    case CellRole::icon:
        return asInt(cell.icon);
    case CellRole::series:
        return QVariant::fromValue(cell.series);
    case CellRole::sort:
        return cell.sort;
    default:
        return {};
    }
}

QVariant CellsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return m_titles.value(section);
}

void CellsModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= columnCount())
        return;
    Q_EMIT layoutAboutToBeChanged();
    m_sortColumn = column;
    m_sortOrder = order;
    sortRows();
    // Rows moved under their indexes; without stable keys for persistent ones they are dropped, not pointed wrong.
    changePersistentIndexList(persistentIndexList(), QModelIndexList(persistentIndexList().size()));
    Q_EMIT layoutChanged();
}

void CellsModel::sortRows()
{
    if (m_sortColumn < 0)
        return;
    const auto column = static_cast<std::size_t>(m_sortColumn);
    const Qt::SortOrder order = m_sortOrder;
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](const CellRow& left, const CellRow& right) {
        const QVariant one = sortValue(left, column);
        const QVariant other = sortValue(right, column);
        const QPartialOrdering compared = QVariant::compare(one, other);
        if (compared == QPartialOrdering::Unordered) {
            const int words = QString::localeAwareCompare(one.toString(), other.toString());
            return order == Qt::AscendingOrder ? words < 0 : words > 0;
        }
        return order == Qt::AscendingOrder ? compared == QPartialOrdering::Less : compared == QPartialOrdering::Greater;
    });
}

}
