#include "ui/screens/activity/record_tab.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/screen.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"

#include <QVBoxLayout>

namespace ephor::ui::activity {

std::vector<CellRow> entryRows(const std::vector<RecordRow>& entries)
{
    std::vector<CellRow> rows;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        Cell index{QStringLiteral("#%1").arg(numberText(entry->index))};
        index.sort = static_cast<qulonglong>(entry->index);
        Cell at{clockTime(entry->at)};
        at.toolTip = absoluteTime(entry->at);
        Cell kind{entryKindWords(entry->kind)};
        Cell operation{text(entry->operation)};
        operation.secondary = text(entry->detail);
        operation.toolTip = operation.secondary;
        Cell actor{text(entry->actorName.empty() ? entry->actor : entry->actorName)};
        actor.toolTip = text(entry->actor);
        const StateWords words = outcomeOf(entry->outcome);
        Cell outcome{words.words};
        outcome.state = words.state;
        Cell reason{text(entry->reason)};
        reason.toolTip = reason.text;
        rows.push_back({static_cast<qulonglong>(entry->index), {index, at, kind, operation, actor, outcome, reason}});
    }
    return rows;
}

RecordTab::RecordTab(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_card(new Card(tr("Entries of this run"), Card::Padding::none, this))
    , m_model(new CellsModel(
          {tr("Entry"), tr("Time"), tr("Kind"), tr("Act"), tr("Actor"), tr("Outcome"), tr("Reason")}, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_card);
    auto* table = new DataTable(tr("Entries of this run"), m_card);
    table->setColumns({{QStringLiteral("entry"), 96, CellKind::link, TableColumn::Shown::always},
        {QStringLiteral("time"), 76}, {QStringLiteral("kind"), 96}, {QStringLiteral("act"), 240, CellKind::mono},
        {QStringLiteral("actor"), 130}, {QStringLiteral("outcome"), 110, CellKind::status},
        {QStringLiteral("reason"), 0, CellKind::secondaryText}});
    table->setModel(m_model);
    m_view = new LoadView(table, 6, m_card);
    m_card->setBody(m_view);
    const auto open = [this](const QModelIndex& index) {
        Q_EMIT navigate(routes::entry(m_model->keyAt(index.row()).toULongLong()));
    };
    connect(table, &DataTable::rowOpened, this, open);
    connect(table, &DataTable::linkActivated, this, open);
    connect(table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    connect(m_view, &LoadView::retryRequested, this, &RecordTab::load);
}

void RecordTab::setRun(const QString& id)
{
    if (id == m_run)
        return;
    m_run = id;
    m_view->beginNew();
    load();
}

void RecordTab::refresh()
{
    if (!m_run.isEmpty())
        load();
}

void RecordTab::load()
{
    if (!m_context.session.may(Permission::ReadRecord)) {
        m_view->showInstead(new EmptyState(EmptyState::Kind::noPermission, tr("Your roles do not read the record"),
                                tr("Ask a governance officer or an auditor; the run's own entries are named above.")),
            m_context.now());
        return;
    }
    m_view->beginAgain();
    QueryRecord::Request ask;
    ask.filter.reference = utf8(m_run);
    ask.limit = mostEntriesOfRun;
    m_asked.request<QueryRecord>(this, m_context.session, std::move(ask), [this](Result<QueryRecord::Response> answer) {
        if (!answer) {
            m_view->showError(answer.error());
            return;
        }
        m_card->setSubtitle(counted(answer->rows.size(), tr("1 entry"), tr("%1 entries, oldest first")));
        m_model->setRows(entryRows(answer->rows));
        m_view->showContent(m_context.now());
    });
}

}
