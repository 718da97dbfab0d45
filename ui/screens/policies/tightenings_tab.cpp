#include "ui/screens/policies/tightenings_tab.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/format.h"
#include "ui/kit/label.h"
#include "ui/screens/policies/cell_story.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

struct TighteningWords {
    Q_DECLARE_TR_FUNCTIONS(TighteningWords)
};

constexpr int undoColumn = 8;

bool holdsWords(const CellRow& row, const QString& words)
{
    return words.isEmpty() || std::ranges::any_of(row.cells, [&](const Cell& cell) {
        return cell.text.contains(words, Qt::CaseInsensitive);
    });
}

QString nameOr(const std::string& name, const QString& everything)
{
    return name == "*" ? everything : text(name);
}

QString agentWords(const StandingTightening& standing)
{
    return standing.agentTitle.empty() ? nameOr(standing.agent, TighteningWords::tr("Every agent"))
                                       : text(standing.agentTitle);
}

QString toolWords(const StandingTightening& standing)
{
    return nameOr(standing.tool, TighteningWords::tr("Every tool"));
}

}

QStringList tighteningTitles()
{
    return {TighteningWords::tr("Agent"), TighteningWords::tr("Tool"), TighteningWords::tr("Tightened to"),
        TighteningWords::tr("Release says"), TighteningWords::tr("When"), TighteningWords::tr("By"),
        TighteningWords::tr("Why"), TighteningWords::tr("Calls, 30 d"), TighteningWords::tr("Undo")};
}

std::vector<CellRow> tighteningRows(
    const std::vector<StandingTightening>& standing, const QString& words, const QDateTime& now)
{
    std::vector<CellRow> rows;
    for (std::size_t place = 0; place < standing.size(); ++place) {
        const StandingTightening& each = standing[place];
        CellRow row{qulonglong(place), {}};
        row.cells.push_back({.text = agentWords(each), .toolTip = text(each.agent)});
        row.cells.push_back({.text = toolWords(each)});
        const StateWords tightened = stateOf(each.access);
        row.cells.push_back({.text = tightened.words, .state = tightened.state});
        if (each.released) {
            const StateWords released = stateOf(each.released->access);
            row.cells.push_back({.text = released.words,
                .state = released.state,
                .toolTip = TighteningWords::tr("In release %1").arg(versionText(each.releaseNumber))});
        } else {
            row.cells.push_back({.text = TighteningWords::tr("No rule"), .state = State::neutral});
        }
        row.cells.push_back({.text = relativeTime(each.at, now),
            .sort = qlonglong(each.at.time_since_epoch().count()),
            .toolTip = absoluteTime(each.at)});
        row.cells.push_back({.text = text(each.by)});
        row.cells.push_back({.text = text(each.reason), .toolTip = text(each.reason)});
        // Calls are counted by cell; what stands over many has no count of its own.
        const bool isCell = each.agent != "*" && each.tool != "*";
        row.cells.push_back(
            {.text = isCell ? numberText(each.calls) : format::unknown(), .sort = qulonglong(each.calls)});
        row.cells.push_back(undoProposal(each)
                ? Cell{.text = TighteningWords::tr("Propose…"),
                      .toolTip
                      = TighteningWords::tr("Draft the change that lets the release hold again; others approve it")}
                : Cell{.text = {},
                      .toolTip
                      = TighteningWords::tr("No release has a rule here: without the tightening nothing would be "
                                            "allowed either")});
        if (holdsWords(row, words))
            rows.push_back(std::move(row));
    }
    return rows;
}

std::optional<ProposeChange::Proposal> undoProposal(const StandingTightening& standing)
{
    if (!standing.released || standing.agent == "*" || standing.tool == "*")
        return std::nullopt;
    const QString agent = agentWords(standing);
    const QString tool = text(standing.tool);
    const QString access = stateOf(standing.released->access).words.toLower();
    ProposeChange::Proposal proposal;
    proposal.title = TighteningWords::tr("%1: %2 back to %3").arg(agent, tool, access);
    proposal.agents = {{text(standing.agent), agent}};
    proposal.grants = {*standing.released};
    proposal.summary = TighteningWords::tr(
        "Undoes the tightening of %1 by %2. What release %3 says holds again once the change is live: %4.")
                           .arg(tool, text(standing.by), versionText(standing.releaseNumber), access);
    return proposal;
}

TighteningsTab::TighteningsTab(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
    , m_search(new SearchField(tr("Agent, tool, person or reason"), this))
    , m_count(new Label({}, TextStyle::small, Token::textMuted, this))
    , m_rows(new CellsModel(tighteningTitles(), this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(metrics::space8);
    m_search->setKeyHint(QStringLiteral("/"));
    m_search->setMaximumWidth(280);
    bar->addWidget(m_search, 1);
    bar->addWidget(m_count);
    bar->addStretch(1);
    rows->addLayout(bar);
    auto* card = new Card(tr("Tightenings in force"), Card::Padding::none, this);
    card->setSubtitle(tr("stand over every release and survive rollbacks; undone only by a change"));
    m_table = new DataTable(tr("Tightenings"), card);
    m_table->setModel(m_rows);
    m_table->setColumns({{QStringLiteral("agent"), 130, CellKind::strongText},
        {QStringLiteral("tool"), 134, CellKind::mono}, {QStringLiteral("now"), 92, CellKind::status},
        {QStringLiteral("released"), 92, CellKind::status}, {QStringLiteral("when"), 84}, {QStringLiteral("by"), 104},
        {QStringLiteral("why"), 0, CellKind::secondaryText}, {QStringLiteral("calls"), 88, CellKind::number},
        {QStringLiteral("undo"), 84, CellKind::link}});
    m_table->setFitColumns();
    m_table->setFilterField(m_search);
    card->setBody(m_table);
    m_view = new LoadView(card, 6, this);
    rows->addWidget(m_view, 1);
    connect(m_view, &LoadView::retryRequested, this, &TighteningsTab::load);
    connect(m_search, &SearchField::searchChanged, this, &TighteningsTab::show);
    connect(m_table, &DataTable::sortRequested, m_rows, &CellsModel::sort);
    connect(m_table, &DataTable::rowOpened, this, [this](const QModelIndex& index) {
        if (const StandingTightening* standing = at(index.row()))
            Q_EMIT cellWanted(text(standing->agent), text(standing->tool));
    });
    connect(m_table, &DataTable::linkActivated, this, [this](const QModelIndex& index) {
        if (index.column() == undoColumn)
            undo(index.row());
    });
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { Q_EMIT commandsChanged(); });
}

void TighteningsTab::load()
{
    m_view->beginAgain();
    m_read.request<ListTightenings>(this, m_screen.session(), {}, [this](Result<ListTightenings::Response> answer) {
        if (!answer)
            return m_view->showError(answer.error());
        m_standing = std::move(answer->tightenings);
        m_isLoaded = true;
        show();
        Q_EMIT loaded(m_standing.size());
    });
}

void TighteningsTab::show()
{
    if (!m_isLoaded)
        return;
    auto rows = tighteningRows(m_standing, m_search->text().trimmed(), m_screen.now());
    m_count->setText(rows.size() == m_standing.size()
            ? QString()
            : tr("%1 of %2").arg(numberText(rows.size()), numberText(m_standing.size())));
    if (m_standing.empty()) {
        m_view->showInstead(
            new EmptyState(EmptyState::Kind::cleared, tr("Nothing is tightened over its release"),
                tr("A tightening is one person\u2019s act with a reason: it binds at the next call, needs "
                   "no approval and survives rollbacks. Stage one in the access matrix.")),
            m_screen.now());
        return;
    }
    if (rows.empty()) {
        m_view->showInstead(
            new EmptyState(EmptyState::Kind::noResults, tr("No tightening fits"), tr("Other words may find it.")),
            m_screen.now());
        return;
    }
    m_rows->setRows(std::move(rows));
    m_view->showContent(m_screen.now());
}

const StandingTightening* TighteningsTab::at(int row) const
{
    const QVariant key = m_rows->keyAt(row);
    const std::size_t place = key.toULongLong();
    return key.isValid() && place < m_standing.size() ? &m_standing[place] : nullptr;
}

QString TighteningsTab::whyNotUndo(const StandingTightening& standing) const
{
    if (!m_screen.session().may(Permission::EditDefinitions))
        return tr("Your roles do not draft changes; ask an administrator or the agent's owner.");
    if (!undoProposal(standing))
        return tr("No release has a rule here: without the tightening nothing would be allowed either.");
    return {};
}

QList<Command> TighteningsTab::commands()
{
    const int row = m_table->currentIndex().row();
    const StandingTightening* standing = at(row);
    if (!standing)
        return {};
    const QString whyNot = whyNotUndo(*standing);
    return {{QStringLiteral("policies.undo-tightening"), tr("Policies"), tr("Propose to undo the tightening"),
        [this, row] { undo(row); }, {}, Icon::policies, whyNot.isEmpty(), whyNot}};
}

void TighteningsTab::undo(int row)
{
    const StandingTightening* standing = at(row);
    if (!standing)
        return;
    if (const QString whyNot = whyNotUndo(*standing); !whyNot.isEmpty()) {
        m_count->setText(whyNot);
        return;
    }
    auto* dialog = new ProposeChange(m_screen.session(), *undoProposal(*standing), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ProposeChange::submitted, this,
        [this](const ChangeSummary& change) { Q_EMIT changeWanted(text(change.id)); });
    dialog->open();
}

void TighteningsTab::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

}
