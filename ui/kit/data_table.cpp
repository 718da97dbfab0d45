#include "ui/kit/data_table.h"

#include "ui/kit/column_fit.h"
#include "ui/kit/paint.h"
#include "ui/kit/table_copy.h"
#include "ui/kit/table_header.h"
#include "ui/kit/theme.h"
#include "ui/kit/wrapped_rows.h"

#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <algorithm>
#include <utility>

namespace ephor::ui {

namespace {

DataTable::Density standardTableDensity = DataTable::Density::standard;

/// A table whose columns fit is small; one that is not after all must still open at once.
constexpr int rowsMeasured = 200;
/// Paddings and the sort arrow of a heading.
constexpr int headingRoom = 24;

/// What a column that takes the rest gets at least, at the design size of the type.
constexpr int leastStretch = 120;

/// What a column that takes the rest is content with, and how far the others then grow: a wide window is no reason to
/// cut names beside an empty stretch.
constexpr int ampleStretch = 440;
constexpr double ampleGrowth = 1.3;

/// Widths are given for the design size of the type; they grow with it as far as the table has room.
double growthOf(int taken, int stretching, int room)
{
    const double scale = std::max(1.0, Theme::instance().typeScale());
    const auto growth = [&](int stretch, double most) {
        return std::clamp((room - stretching * stretch * scale) / std::max(1, taken), 1.0, most);
    };
    const double ample = stretching > 0 ? growth(ampleStretch, scale * ampleGrowth) : 1.0;
    return std::max(growth(leastStretch, scale), ample);
}

/// What a column that takes the rest is content with where its words may take several lines.
constexpr int wrappedWords = 260;

void leaveRoomByWrapping(std::vector<FittedColumn>& columns, int room)
{
    int all = 0;
    for (const FittedColumn& column : columns)
        all += column.all;
    for (FittedColumn& column : columns) {
        if (all > room && column.takesRest) {
            column.words = std::min(column.words, wrappedWords);
            column.all = std::min(column.all, wrappedWords);
        }
    }
}

bool isWords(CellKind kind)
{
    return kind == CellKind::text || kind == CellKind::secondaryText || kind == CellKind::strongText
        || kind == CellKind::mono || kind == CellKind::link || kind == CellKind::status;
}

}

DataTable::DataTable(const QString& accessibleName, QWidget* parent)
    : QTableView(parent)
    , m_delegate(new CellDelegate(this))
{
    setAccessibleName(accessibleName);
    auto* header = new TableHeader(m_delegate, this);
    setHorizontalHeader(header);
    setItemDelegate(m_delegate);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(16);
    // Fixed before any model: measuring ten million rows afterwards takes half a second.
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    fitRowHeight();
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setCornerButtonEnabled(false);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::sectionClicked, this, &DataTable::headerClicked);
    connect(header, &QHeaderView::sectionResized, this, [this, header](int, int before, int width) {
        // A column was shown or hidden: the others give it room, or take it.
        if (before == 0 || width == 0)
            QMetaObject::invokeMethod(this, &DataTable::layOutColumns, Qt::QueuedConnection);
        // A width set by hand stays as it is when rows come.
        if ((QGuiApplication::mouseButtons() & Qt::LeftButton) && header->viewport()->underMouse())
            m_fitsColumns = false;
    });
    connect(header, &QWidget::customContextMenuRequested, this,
        [this, header](const QPoint& at) { openColumnMenu(header->mapToGlobal(at)); });
    connect(verticalHeader(), &QHeaderView::sectionResized, this, [this] {
        if (m_fitRows > 0)
            setFitRows(m_fitRows);
    });
    connect(this, &QAbstractItemView::doubleClicked, this, &DataTable::rowOpened);
    connect(&Theme::instance(), &Theme::themeChanged, this, [this] {
        fitRowHeight();
        layOutColumns();
    });
}

void DataTable::setColumns(std::vector<TableColumn> columns)
{
    m_columns = std::move(columns);
    for (std::size_t at = 0; at < m_columns.size(); ++at)
        m_delegate->setColumnKind(static_cast<int>(at), m_columns[at].kind);
    layOutColumns();
}

void DataTable::setDensity(Density density)
{
    m_density = density;
    fitRowHeight();
}

void DataTable::setStandardDensity(Density density)
{
    standardTableDensity = density;
    for (QWidget* widget : QApplication::allWidgets()) {
        if (auto* table = qobject_cast<DataTable*>(widget))
            table->fitRowHeight();
    }
}

DataTable::Density DataTable::standardDensity()
{
    return standardTableDensity;
}

void DataTable::fitRowHeight()
{
    const Density density = m_density.value_or(standardTableDensity);
    const int base = density == Density::compact ? metrics::rowCompact
        : density == Density::relaxed            ? metrics::rowRelaxed
                                                 : metrics::rowStandard;
    verticalHeader()->setDefaultSectionSize(
        std::max(base, lineHeight(TextStyle::body) + (density == Density::compact ? 4 : 8)));
    WrappedRows::fitAgain(*this);
    if (m_fitRows > 0)
        setFitRows(m_fitRows);
}

void DataTable::setFitColumns()
{
    m_fitsColumns = true;
    layOutColumns();
}

void DataTable::setFilterField(QLineEdit* field)
{
    m_filterField = field;
}

void DataTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    layOutColumns();
    for (std::size_t at = 0; at < m_columns.size(); ++at)
        setColumnHidden(static_cast<int>(at), m_columns[at].shown == TableColumn::Shown::onDemand);
    if (model == nullptr)
        return;
    const auto follow = [this] {
        if (m_fitRows > 0) {
            setFixedHeight(heightFor(std::min(m_fitRows, this->model()->rowCount())));
            updateGeometry();
        }
    };
    connect(model, &QAbstractItemModel::modelReset, this, follow);
    connect(model, &QAbstractItemModel::rowsInserted, this, follow);
    connect(model, &QAbstractItemModel::modelReset, this, &DataTable::layOutSoon);
    connect(model, &QAbstractItemModel::rowsInserted, this, &DataTable::layOutSoon);
    connect(model, &QAbstractItemModel::dataChanged, this, &DataTable::layOutSoon);
    connect(model, &QAbstractItemModel::rowsRemoved, this, follow);
    follow();
}

int DataTable::heightFor(int rows) const
{
    const int one = verticalHeader()->defaultSectionSize();
    int height = horizontalHeader()->sizeHint().height();
    const bool wraps = WrappedRows::areIn(*this) && model() != nullptr;
    for (int row = 0; row < rows; ++row)
        height += wraps && row < model()->rowCount() ? rowHeight(row) : one;
    return height;
}

void DataTable::setFitRows(int most)
{
    m_fitRows = most;
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (model() != nullptr)
        setFixedHeight(heightFor(std::min(most, model()->rowCount())));
}

QSize DataTable::sizeHint() const
{
    const int rows = model() == nullptr ? 4 : std::clamp(model()->rowCount(), 3, 12);
    return {480, heightFor(rows)};
}

QSize DataTable::minimumSizeHint() const
{
    return {160, heightFor(1)};
}

void DataTable::layOutColumns()
{
    if (model() == nullptr || m_columns.empty())
        return;
    if (m_fitsColumns)
        return fitColumns();
    const int count = std::min(static_cast<int>(m_columns.size()), model()->columnCount());
    int taken = 0;
    int stretching = 0;
    for (int at = 0; at < count; ++at) {
        if (isColumnHidden(at))
            continue;
        const int width = m_columns[static_cast<std::size_t>(at)].width;
        taken += width;
        stretching += width == 0;
    }
    const double growth = growthOf(taken, stretching, viewport()->width());
    // What the rounded widths take, not their sum rounded: a pixel too many and the table scrolls sideways.
    int room = viewport()->width();
    for (int at = 0; at < count; ++at)
        room -= isColumnHidden(at) ? 0 : qRound(m_columns[static_cast<std::size_t>(at)].width * growth);
    for (int at = 0; at < count; ++at) {
        const int width = m_columns[static_cast<std::size_t>(at)].width;
        setColumnWidth(at, width > 0 ? qRound(width * growth) : std::max(80, room / std::max(1, stretching)));
    }
    // Without a stretching column the last one takes what is left, so that rows reach the edge of the card.
    horizontalHeader()->setStretchLastSection(stretching == 0);
}

void DataTable::layOutSoon()
{
    // Once for a burst of changes, after the rows are there.
    if (!m_fitsColumns || std::exchange(m_willLayOut, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_willLayOut = false;
            layOutColumns();
        },
        Qt::QueuedConnection);
}

void DataTable::fitColumns()
{
    std::vector<FittedColumn> fitted;
    const int count = std::min(static_cast<int>(m_columns.size()), model()->columnCount());
    const int rows = std::min(model()->rowCount(), rowsMeasured);
    for (int at = 0; at < count; ++at) {
        if (isColumnHidden(at))
            continue;
        const TableColumn& column = m_columns[static_cast<std::size_t>(at)];
        const QString title = model()->headerData(at, Qt::Horizontal).toString();
        const int heading = textWidth(TextStyle::micro, title) + headingRoom;
        FittedColumn one{at, heading, heading, column.width == 0, isWords(column.kind)};
        for (int row = 0; row < rows; ++row) {
            const QModelIndex index = model()->index(row, at);
            one.words = std::max(one.words, m_delegate->naturalWidth(index, CellDelegate::Extent::words));
            one.all = std::max(one.all, m_delegate->naturalWidth(index, CellDelegate::Extent::all));
        }
        fitted.push_back(one);
    }
    if (WrappedRows::areIn(*this))
        leaveRoomByWrapping(fitted, viewport()->width());
    const std::vector<int> widths = fittedWidths(fitted, viewport()->width());
    for (std::size_t at = 0; at < fitted.size(); ++at)
        setColumnWidth(fitted[at].column, widths[at]);
    horizontalHeader()->setStretchLastSection(false);
}

void DataTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    layOutColumns();
}

void DataTable::headerClicked(int column)
{
    QHeaderView* header = horizontalHeader();
    const bool again = header->isSortIndicatorShown() && header->sortIndicatorSection() == column;
    const Qt::SortOrder order
        = again && header->sortIndicatorOrder() == Qt::DescendingOrder ? Qt::AscendingOrder : Qt::DescendingOrder;
    header->setSortIndicatorShown(true);
    header->setSortIndicator(column, order);
    Q_EMIT sortRequested(column, order);
}

void DataTable::copySelection() const
{
    if (model() == nullptr || selectionModel() == nullptr)
        return;
    QList<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows << index.row();
    QList<int> columns;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int logical = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(logical))
            columns << logical;
    }
    if (!rows.isEmpty())
        QGuiApplication::clipboard()->setText(rowsAsTsv(*model(), rows, columns));
}

void DataTable::openColumnMenu(const QPoint& globalPosition)
{
    if (model() == nullptr)
        return;
    QMenu menu(this);
    for (std::size_t at = 0; at < m_columns.size(); ++at) {
        const int column = static_cast<int>(at);
        QAction* action = menu.addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(m_columns[at].shown != TableColumn::Shown::always);
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            layOutColumns();
        });
    }
    menu.exec(globalPosition);
}

QByteArray DataTable::saveLayout() const
{
    return horizontalHeader()->saveState();
}

bool DataTable::restoreLayout(const QByteArray& layout)
{
    return horizontalHeader()->restoreState(layout);
}

void DataTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    const auto step = [this](int by) {
        const QModelIndex next = model()->index(currentIndex().row() + by, std::max(0, currentIndex().column()));
        if (next.isValid())
            setCurrentIndex(next);
    };
    if (model() != nullptr && event->modifiers() == Qt::NoModifier) {
        switch (event->key()) {
        case Qt::Key_Slash:
            if (m_filterField != nullptr) {
                m_filterField->setFocus(Qt::ShortcutFocusReason);
                m_filterField->selectAll();
                return;
            }
            break;
        case Qt::Key_J:
            step(1);
            return;
        case Qt::Key_K:
            step(-1);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (currentIndex().isValid())
                Q_EMIT rowOpened(currentIndex());
            return;
        case Qt::Key_Space:
            if (currentIndex().isValid())
                Q_EMIT rowPeeked(currentIndex());
            return;
        default:
            break;
        }
    }
    QTableView::keyPressEvent(event);
}

void DataTable::mouseMoveEvent(QMouseEvent* event)
{
    QTableView::mouseMoveEvent(event);
    const QModelIndex under = indexAt(event->pos());
    const bool link = under.isValid() && m_delegate->linkRect(visualRect(under), under).contains(event->position());
    viewport()->setCursor(link ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void DataTable::mouseReleaseEvent(QMouseEvent* event)
{
    QTableView::mouseReleaseEvent(event);
    const QModelIndex under = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && under.isValid()
        && m_delegate->linkRect(visualRect(under), under).contains(event->position()))
        Q_EMIT linkActivated(under);
}

void DataTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid() && current.row() != previous.row())
        Q_EMIT rowSelected(current);
}

}
