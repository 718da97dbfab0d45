#include "ui/screens/library/variables_card.h"

#include "ui/kit/badge.h"
#include "ui/kit/data_table.h"

#include <algorithm>

namespace ephor::ui::library {

namespace {

constexpr int shownVariables = 7;

}

VariablesCard::VariablesCard(QWidget* parent)
    : Card(tr("Variables"), Padding::none, parent)
    , m_unknown(new StatusBadge(State::failed, {}, this))
    , m_table(new DataTable(tr("Variables"), this))
{
    m_unknown->hide();
    addLeading(m_unknown);
    m_table->setDensity(DataTable::Density::compact);
    m_table->setColumns({{QStringLiteral("name"), 0, CellKind::mono},
        {QStringLiteral("type"), 72, CellKind::secondaryText}, {QStringLiteral("where"), 112, CellKind::text}});
    m_model = new CellsModel({tr("Name"), tr("Type"), tr("In the text")}, m_table);
    m_table->setModel(m_model);
    m_table->setFitRows(shownVariables);
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    connect(m_table, &DataTable::rowOpened, this, [this](const QModelIndex& index) {
        const QString name = m_model->keyAt(index.row()).toString();
        const auto found = std::ranges::find(m_lines, name, &VariableLine::name);
        if (found != m_lines.end() && !found->lines.isEmpty())
            Q_EMIT lineChosen(found->lines.front());
    });
    setBody(m_table);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void VariablesCard::setLines(const std::vector<VariableLine>& lines)
{
    m_lines = lines;
    const auto unknown = std::ranges::count(lines, true, &VariableLine::isUnknown);
    const auto used = std::ranges::count_if(lines, [](const VariableLine& line) { return !line.lines.isEmpty(); });
    m_unknown->setVisible(unknown > 0);
    m_unknown->setState(State::failed, tr("%n unknown", nullptr, int(unknown)));
    setSubtitle(lines.empty() ? tr("none") : tr("%1 used").arg(used));
    m_table->setVisible(!lines.empty());
    setFolded(lines.empty());
    m_model->setRows(variableCells(lines));
}

}
