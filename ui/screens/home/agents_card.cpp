#include "ui/screens/home/agents_card.h"

#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/theme.h"
#include "ui/screens/home/agent_rows.h"

#include <algorithm>
#include <utility>

namespace ephor::ui::home {

namespace {

constexpr int leastRows = 4;
/// Rows shown without scrolling even in a small window.
constexpr int usualRows = 6;
/// From here on columns may breathe.
constexpr int wideTable = 1'000;
/// Below this, in the type of 100 %, names would be cut.
constexpr int leastTable = 660;
constexpr int versionColumn = 2;
constexpr int trafficColumn = 7;

}

AgentsCard::AgentsCard(QWidget* parent)
    : Card(tr("Agents"), Padding::none, parent)
    , m_model(new CellsModel(
          {tr("Agent"), tr("Health"), tr("Version"), tr("Runs"), tr("Completed"), tr("p95"), tr("Cost"), tr("Traffic")},
          this))
    , m_table(new DataTable(tr("Agents"), this))
{
    layOutColumns(Room::narrow);
    // Figures stay whole when the type grows; names give way.
    m_table->setFitColumns();
    m_table->setModel(m_model);
    m_table->setMinimumHeight(m_table->heightFor(leastRows));
    setBody(m_table);
    auto* all = new LinkLabel(tr("Open list"), this);
    addTrailing(all);
    connect(all, &QAbstractButton::clicked, this, &AgentsCard::listWanted);
    connect(m_table, &DataTable::rowOpened, this,
        [this](const QModelIndex& index) { Q_EMIT agentOpened(m_model->keyAt(index.row()).toString()); });
    connect(m_table, &DataTable::sortRequested, this, [this](int column, Qt::SortOrder order) {
        m_order = std::pair(column, order);
        m_model->sort(column, order);
    });
}

void AgentsCard::setAgents(const std::vector<AgentRow>& agents, const QString& rangeLabel)
{
    const auto live
        = std::count_if(agents.begin(), agents.end(), [](const AgentRow& agent) { return agent.release > 0; });
    setSubtitle(tr("%1 in production, trouble first").arg(numberText(static_cast<std::uint64_t>(live))));
    m_table->setAccessibleDescription(rangeLabel);
    const QVariant key = m_table->currentIndex().isValid() ? m_model->keyAt(m_table->currentIndex().row()) : QVariant();
    m_model->setRows(agentTableRows(agents));
    m_table->setMinimumHeight(m_table->heightFor(std::clamp(static_cast<int>(agents.size()), leastRows, usualRows)));
    // No taller than its rows: the charts take what is left.
    setMaximumHeight(metrics::cardHeader + metrics::space8
        + m_table->heightFor(std::max(leastRows, static_cast<int>(agents.size()))));
    if (m_order)
        m_model->sort(m_order->first, m_order->second);
    if (const int row = key.isValid() ? m_model->rowOf(key) : -1; row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
}

void AgentsCard::layOutColumns(Room room)
{
    const bool wide = room == Room::wide;
    const auto either = [wide](int narrowWidth, int wideWidth) { return wide ? wideWidth : narrowWidth; };
    m_table->setColumns({{QStringLiteral("agent"), 0, CellKind::strongText, TableColumn::Shown::always},
        {QStringLiteral("health"), either(154, 220), CellKind::status}, {QStringLiteral("version"), either(112, 180)},
        {QStringLiteral("runs"), either(58, 96), CellKind::number},
        {QStringLiteral("completed"), either(80, 112), CellKind::number},
        {QStringLiteral("p95"), either(58, 96), CellKind::number},
        {QStringLiteral("cost"), either(74, 112), CellKind::number},
        {QStringLiteral("traffic"), either(64, 104), CellKind::sparkline}});
    // Names before figures: the health of an agent tells of its rollout, too.
    m_table->setColumnHidden(versionColumn, room == Room::tight);
    m_table->setColumnHidden(trafficColumn, room == Room::tight);
}

void AgentsCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    const double scaled = width() / Theme::instance().typeScale();
    const Room room = scaled < leastTable ? Room::tight : width() < wideTable ? Room::narrow : Room::wide;
    if (std::exchange(m_room, room) != room)
        layOutColumns(room);
}

}
