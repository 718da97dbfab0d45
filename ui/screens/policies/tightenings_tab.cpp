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

/// Each costs a request; a table of more than these is narrowed in the matrix.
constexpr std::size_t mostExplained = 200;

bool holdsWords(const CellRow& row, const QString& words)
{
    return words.isEmpty() || std::ranges::any_of(row.cells, [&](const Cell& cell) {
        return cell.text.contains(words, Qt::CaseInsensitive);
    });
}

}

std::vector<StandingTightening> tightenedCells(const ReadMatrix::Response& matrix)
{
    std::vector<StandingTightening> standing;
    for (const ephor::MatrixRow& row : matrix.rows) {
        for (const ephor::MatrixCell& cell : row.cells) {
            if (cell.tightened)
                standing.push_back({{row.agent, cell.tool}, text(row.title.empty() ? row.agent : row.title), cell.calls,
                    std::nullopt});
        }
    }
    return standing;
}

QStringList tighteningTitles()
{
    return {TighteningWords::tr("Agent"), TighteningWords::tr("Tool"), TighteningWords::tr("Tightened to"),
        TighteningWords::tr("Release says"), TighteningWords::tr("By"), TighteningWords::tr("Why"),
        TighteningWords::tr("Calls, 30 days")};
}

std::vector<CellRow> tighteningRows(const std::vector<StandingTightening>& standing, const QString& words)
{
    std::vector<CellRow> rows;
    for (const StandingTightening& each : standing) {
        CellRow row{text(each.at.agent) + u'\n' + text(each.at.tool), {}};
        row.cells.push_back({.text = each.agentTitle});
        row.cells.push_back({.text = text(each.at.tool)});
        if (each.explained && each.explained->tightening) {
            const ExplainGrant::Response& explained = *each.explained;
            const StateWords now = stateOf(explained.tightening->access);
            row.cells.push_back({.text = now.words, .state = now.state});
            if (explained.released) {
                const StateWords released = stateOf(explained.released->access);
                row.cells.push_back({.text = released.words, .state = released.state});
            } else {
                row.cells.push_back({.text = TighteningWords::tr("No rule"), .state = State::neutral});
            }
            row.cells.push_back({.text = text(explained.tightenedBy)});
            row.cells.push_back(
                {.text = text(explained.tightening->reason), .toolTip = text(explained.tightening->reason)});
        } else {
            for (int at = 0; at < 4; ++at)
                row.cells.push_back({.text = format::unknown(), .kind = CellKind::secondaryText});
        }
        row.cells.push_back({.text = numberText(each.calls), .sort = qulonglong(each.calls)});
        if (holdsWords(row, words))
            rows.push_back(std::move(row));
    }
    return rows;
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
    card->setSubtitle(tr("stand over every release and survive rollbacks; loosened only by a change"));
    m_table = new DataTable(tr("Tightenings"), card);
    m_table->setModel(m_rows);
    m_table->setColumns({{QStringLiteral("agent"), 160, CellKind::strongText},
        {QStringLiteral("tool"), 150, CellKind::mono}, {QStringLiteral("now"), 110, CellKind::status},
        {QStringLiteral("released"), 110, CellKind::status}, {QStringLiteral("by"), 130},
        {QStringLiteral("why"), 0, CellKind::secondaryText}, {QStringLiteral("calls"), 110, CellKind::number}});
    m_table->setFilterField(m_search);
    card->setBody(m_table);
    m_view = new LoadView(card, 6, this);
    rows->addWidget(m_view, 1);
    connect(m_view, &LoadView::retryRequested, this, &TighteningsTab::load);
    connect(m_search, &SearchField::searchChanged, this, &TighteningsTab::show);
    const auto open = [this](const QModelIndex& at) {
        const QStringList key = m_rows->keyAt(at.row()).toString().split(u'\n');
        if (key.size() == 2)
            Q_EMIT cellWanted(key[0], key[1]);
    };
    connect(m_table, &DataTable::rowOpened, this, open);
    connect(m_table, &QAbstractItemView::clicked, this, open);
}

void TighteningsTab::load()
{
    m_view->beginAgain();
    for (RequestHandle& handle : m_explaining)
        handle.cancel();
    m_explaining.clear();
    m_read.request<ReadMatrix>(this, m_screen.session(), {}, [this](Result<ReadMatrix::Response> answer) {
        if (!answer)
            return m_view->showError(answer.error());
        take(*answer);
        Q_EMIT loaded(*answer);
    });
}

void TighteningsTab::take(const ReadMatrix::Response& matrix)
{
    m_standing = tightenedCells(matrix);
    explainAll();
}

void TighteningsTab::explainAll()
{
    const std::size_t asked = std::min(m_standing.size(), mostExplained);
    m_awaited = int(asked);
    if (asked == 0)
        return show();
    for (std::size_t at = 0; at < asked; ++at) {
        ExplainGrant::Request ask;
        ask.agent = m_standing[at].at.agent;
        ask.tool = m_standing[at].at.tool;
        m_explaining.push_back(request<ExplainGrant>(
            this, m_screen.session(), std::move(ask), [this, at](Result<ExplainGrant::Response> answer) {
                // One that fails is shown as not known; the rest still tells what stands.
                if (answer)
                    m_standing[at].explained = std::move(*answer);
                if (--m_awaited == 0)
                    show();
            }));
    }
}

void TighteningsTab::show()
{
    if (m_awaited > 0)
        return;
    auto rows = tighteningRows(m_standing, m_search->text().trimmed());
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

void TighteningsTab::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

}
