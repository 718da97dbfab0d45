#include "ui/screens/activity/inspected_list.h"

#include "ui/bridge/label_words.h"
#include "ui/bridge/noticed_words.h"
#include "ui/bridge/values.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"

namespace ephor::ui::activity {

namespace {

/// Rows before the list has a scroll bar of its own.
constexpr int shownTexts = 8;

CellRow inspectedRow(const Inspected& text, std::size_t at, const Entities& known)
{
    const StateWords trust = trustWords(text.label.integrity);
    const QString found = noticedLine(text.noticed, known);
    CellRow row{qulonglong(at), {}};
    row.cells.push_back({.text = QString::number(text.message + 1), .sort = qulonglong(text.message)});
    row.cells.push_back({.text = surfaceWords(text.surface)});
    row.cells.push_back({.text = ui::text(text.tool)});
    row.cells.push_back({.text = trust.words, .state = trust.state, .toolTip = trustMeaning(text.label.integrity)});
    row.cells.push_back({.text = sensitivityWords(text.label.confidentiality),
        .icon = sensitivityIcon(text.label.confidentiality),
        .sort = qulonglong(text.label.confidentiality),
        .toolTip = sensitivityMeaning(text.label.confidentiality)});
    row.cells.push_back({.text = found.isEmpty() ? InspectedList::tr("nothing") : found, .toolTip = found});
    return row;
}

}

InspectedList::InspectedList(QWidget* parent)
    : Card(tr("What Ephor found in its texts"), Padding::none, parent)
    , m_model(nullptr)
    , m_table(new DataTable(tr("What Ephor found in its texts"), this))
{
    m_table->setColumns({{QStringLiteral("message"), 76, CellKind::number}, {QStringLiteral("where"), 150},
        {QStringLiteral("tool"), 130, CellKind::mono}, {QStringLiteral("trust"), 104, CellKind::status},
        {QStringLiteral("sensitivity"), 116}, {QStringLiteral("found"), 0, CellKind::secondaryText}});
    m_model = new CellsModel(
        {tr("Message"), tr("Where"), tr("Tool"), tr("Trust"), tr("Sensitivity"), tr("Found")}, m_table);
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setFitRows(shownTexts);
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    setSubtitle(tr("kinds and counts only; reading them opens nothing"));
    setBody(m_table);
}

void InspectedList::setInspected(const std::vector<Inspected>& inspected, const Entities& known)
{
    std::vector<CellRow> rows;
    for (std::size_t at = 0; at < inspected.size(); ++at)
        rows.push_back(inspectedRow(inspected[at], at, known));
    m_model->setRows(std::move(rows));
}

}
