#include "ui/screens/policies/access_tab.h"

#include "core/domain/reflect.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/cell_card.h"
#include "ui/screens/policies/staged_bar.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace ephor::ui::policies {

namespace {

/// Cells from which on a matrix opens with its differences only.
constexpr std::size_t largeMatrix = 1'000;
/// Shorter than a look at a cell, longer than the time between two steps of a key held down.
constexpr int restMilliseconds = 120;

}

AccessTab::AccessTab(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
    , m_edits(new StagedEdits(this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeBar());
    m_missing = new Banner(State::warning, {}, {}, this);
    m_missing->hide();
    rows->addWidget(m_missing);
    m_view = new LoadView(makeMatrix(), 10, this);
    rows->addWidget(m_view, 1);
    m_bar = new StagedBar(this);
    m_bar->hide();
    rows->addWidget(m_bar);
    m_card = new CellCard(screen.session(), this);
    m_explainSoon.setSingleShot(true);
    m_explainSoon.setInterval(restMilliseconds);
    connect(&m_explainSoon, &QTimer::timeout, this, &AccessTab::explain);
    connect(m_view, &LoadView::retryRequested, this, &AccessTab::load);
    connect(m_edits, &StagedEdits::changed, this, &AccessTab::stagedChanged);
    connect(m_bar, &StagedBar::discardWanted, m_edits, &StagedEdits::discard);
    connect(m_bar, &StagedBar::reviewWanted, this, &AccessTab::review);
    connect(m_card, &CellCard::editWanted, this,
        [this] { offerAnswers(m_card->mapToGlobal(m_card->rect().bottomLeft())); });
    connect(m_card, &CellCard::rulesWanted, this,
        [this](const QString& agent) { Q_EMIT navigate(routes::rule({}, agent)); });
    connect(m_card, &CellCard::runsWanted, this, [this](const QString& agent, const QString& tool) {
        Route route{QStringLiteral("activity"), {QStringLiteral("runs")}};
        Q_EMIT navigate(route.with(QStringLiteral("agent"), agent).with(QStringLiteral("q"), tool));
    });
}

void AccessTab::open(const Route& route)
{
    MatrixFilter filter;
    filter.team = route.query.value(QStringLiteral("team"));
    if (const auto effect = enumeratorFrom<SideEffect>(utf8(route.query.value(QStringLiteral("effect")))))
        filter.effect = *effect;
    filter.words = route.query.value(QStringLiteral("q"));
    filter.rows = route.query.contains(QStringLiteral("differing")) ? Rows::differing : Rows::all;
    m_filter = filter;
    m_mayNarrow = !m_isLoaded && route.query.isEmpty();
    const std::string agent = utf8(route.query.value(QStringLiteral("agent")));
    const std::string tool = utf8(route.query.value(QStringLiteral("tool")));
    m_chosen = agent.empty() || tool.empty() ? std::nullopt : std::optional(CellAt{agent, tool});
    m_mustExplain = m_chosen.has_value();
    m_missing->hide();
    const QSignalBlocker quietRows(m_differing);
    const QSignalBlocker quietTeam(m_team);
    const QSignalBlocker quietEffect(m_effect);
    const QSignalBlocker quietWords(m_search);
    m_differing->setChecked(filter.rows == Rows::differing);
    m_search->setText(filter.words);
    m_effect->setCurrent(filter.effect ? int(*filter.effect) + 1 : 0);
    if (!filter.team.isEmpty() && m_team->findData(filter.team) < 0)
        m_team->addItem(filter.team, filter.team);
    m_team->setCurrentIndex(std::max(0, m_team->findData(filter.team)));
    load();
}

Route AccessTab::route() const
{
    Route route = m_chosen ? routes::matrix(text(m_chosen->agent), text(m_chosen->tool)) : routes::matrix();
    route = route.with(QStringLiteral("team"), m_filter.team);
    route = route.with(QStringLiteral("effect"), m_filter.effect ? text(wordOf(*m_filter.effect)) : QString());
    route = route.with(QStringLiteral("q"), m_filter.words);
    return route.with(QStringLiteral("differing"), m_filter.rows == Rows::differing ? QStringLiteral("1") : QString());
}

void AccessTab::readControls()
{
    MatrixFilter filter;
    filter.team = m_team->currentData().toString();
    if (const int effect = m_effect->current(); effect > 0)
        filter.effect = shownEffects[std::size_t(effect) - 1];
    filter.words = m_search->text().trimmed();
    filter.rows = m_differing->isChecked() ? Rows::differing : Rows::all;
    if (filter == m_filter)
        return;
    m_filter = filter;
    m_card->hide();
    show();
    Q_EMIT moved();
}

void AccessTab::load()
{
    m_view->beginAgain();
    m_read.request<ReadMatrix>(this, m_screen.session(), {}, [this](Result<ReadMatrix::Response> answer) {
        if (answer)
            take(std::move(*answer));
        else
            m_view->showError(answer.error());
    });
}

void AccessTab::take(ReadMatrix::Response matrix)
{
    m_matrix = std::move(matrix);
    m_inForce = accessInForce(m_matrix);
    {
        const QSignalBlocker quiet(m_team);
        const QString chosen = m_filter.team;
        const QStringList teams = teamsOf(m_matrix);
        m_team->clear();
        m_team->addItem(tr("all %1").arg(numberText(std::uint64_t(teams.size()))), QString());
        for (const QString& team : teams)
            m_team->addItem(teamTitle(m_matrix, team), team);
        m_team->setCurrentIndex(std::max(0, m_team->findData(chosen)));
    }
    m_effect->setLabels(effectLabels(effectCounts(m_matrix)));
    m_isLoaded = true;
    m_edits->settle(m_inForce);
    narrow();
    tellMissing();
    show();
    if (std::exchange(m_mustExplain, false) || m_card->isVisible())
        explain();
    Q_EMIT loaded(m_matrix);
}

// A link from elsewhere may be older than the matrix, or mistyped: what it names is told, and no other cell is chosen.
void AccessTab::tellMissing()
{
    if (!m_chosen)
        return;
    const bool hasAgent = std::ranges::count(m_matrix.rows, m_chosen->agent, &ephor::MatrixRow::agent) > 0;
    const bool hasTool = std::ranges::count(m_matrix.tools, m_chosen->tool, &ephor::MatrixTool::name) > 0;
    if (hasAgent && hasTool)
        return;
    const QString agent = hasAgent ? titleOf(m_chosen->agent) : text(m_chosen->agent);
    m_missing->setText(State::warning, tr("%1 on %2 is no cell of this matrix.").arg(agent, text(m_chosen->tool)),
        hasTool ? tr("No agent is named %1. Choose an agent below.").arg(agent)
            : hasAgent
            ? tr("No tool is named %1. Choose an operation below.").arg(text(m_chosen->tool))
            : tr("No agent is named %1 and no tool %2. Choose a cell below.").arg(agent, text(m_chosen->tool)));
    m_missing->show();
    m_chosen.reset();
    m_grid->setCurrentIndex({});
    m_mustExplain = false;
}

// Nobody reads thousands of cells at once: those that differ are what there is to see first.
void AccessTab::narrow()
{
    if (!std::exchange(m_mayNarrow, false) || m_matrix.rows.size() * m_matrix.tools.size() < largeMatrix)
        return;
    MatrixFilter narrowed = m_filter;
    narrowed.rows = Rows::differing;
    if (matrixTable(m_matrix, m_edits->cells(), narrowed).rows.empty())
        return;
    m_filter = narrowed;
    const QSignalBlocker quiet(m_differing);
    m_differing->setChecked(true);
}

void AccessTab::show()
{
    if (!m_isLoaded)
        return;
    m_table = matrixTable(m_matrix, m_edits->cells(), m_filter);
    showCounts();
    if (m_matrix.rows.empty() || m_matrix.tools.empty()) {
        m_card->hide();
        m_view->showInstead(new EmptyState(EmptyState::Kind::firstUse, tr("No agent or no tool yet"),
                                tr("Here each agent meets each tool: allow, ask, deny. Save an agent and a tool in the "
                                   "library first; without a rule every call is denied.")),
            m_screen.now());
        return;
    }
    if (m_table.rows.empty() || m_table.columns.empty()) {
        m_card->hide();
        auto* empty = new EmptyState(EmptyState::Kind::noResults, tr("No cell fits"),
            tr("No agent and tool fit team, side effect and these words together."), tr("Show the whole matrix"));
        connect(empty, &EmptyState::actionTriggered, this, [this] {
            open(routes::matrix());
            Q_EMIT moved();
        });
        m_view->showInstead(empty, m_screen.now());
        return;
    }
    const QPoint scrolled(m_grid->horizontalScrollBar()->value(), m_grid->verticalScrollBar()->value());
    {
        const QSignalBlocker quiet(m_grid);
        m_grid->setMatrix(m_table.columns, m_table.rows);
        restoreSelection();
    }
    m_view->showContent(m_screen.now());
    m_grid->horizontalScrollBar()->setValue(scrolled.x());
    m_grid->verticalScrollBar()->setValue(scrolled.y());
}

void AccessTab::showCounts()
{
    const AccessCounts& counts = m_table.counts;
    const auto say = [this](std::size_t at, ui::Access access, std::size_t count) {
        m_counts[at]->setText(accessWord(access) + u' ' + numberText(count));
    };
    say(0, ui::Access::allow, counts.allow);
    say(1, ui::Access::ask, counts.ask);
    say(2, ui::Access::deny, counts.deny);
    m_counts[3]->setText(QStringLiteral("\u00B7 ") + accessWord(ui::Access::none) + u' ' + numberText(counts.none));
    m_totals->setText(tr("in force, %1 on %2, %3")
            .arg(counted(counts.agents, tr("1 agent"), tr("%1 agents")),
                counted(counts.tools, tr("1 operation"), tr("%1 operations")),
                counted(counts.agents * counts.tools, tr("1 cell"), tr("%1 cells"))));
    m_differCount->setText(counted(counts.differing, tr("1 cell"), tr("%1 cells")));
}

std::optional<CellAt> AccessTab::cellOf(const QVariant& rowKey, int column) const
{
    if (column < 0 || std::size_t(column) >= m_table.tools.size())
        return std::nullopt;
    return CellAt{utf8(rowKey.toString()), m_table.tools[std::size_t(column)]};
}

QString AccessTab::titleOf(const std::string& agent) const
{
    const auto found = std::ranges::find(m_matrix.rows, agent, &ephor::MatrixRow::agent);
    return found == m_matrix.rows.end() || found->title.empty() ? text(agent) : text(found->title);
}

void AccessTab::restoreSelection()
{
    if (!m_chosen)
        return;
    const auto column = std::ranges::find(m_table.tools, m_chosen->tool);
    if (column == m_table.tools.end())
        return;
    for (std::size_t row = 0; row < m_table.rows.size(); ++row) {
        if (m_table.rows[row].kind == ui::MatrixRow::Kind::item
            && m_table.rows[row].key.toString() == text(m_chosen->agent))
            m_grid->setCurrentIndex(m_grid->model()->index(int(row), int(column - m_table.tools.begin())));
    }
}

void AccessTab::select(const CellAt& at)
{
    if (m_chosen == at && m_card->isVisible())
        return;
    m_chosen = at;
    m_missing->hide();
    if (m_lastStep.isValid() && m_lastStep.elapsed() < restMilliseconds) {
        m_card->hide();
        m_explainSoon.start();
    } else {
        explain();
    }
    m_lastStep.start();
    Q_EMIT moved();
}

void AccessTab::explain()
{
    m_explainSoon.stop();
    const QModelIndex index = m_grid->currentIndex();
    if (!m_chosen || !index.isValid() || !m_view->isShowingContent()) {
        m_card->hide();
        return;
    }
    m_grid->scrollTo(index);
    const QRect global = m_grid->cellRect(index.row(), index.column());
    const auto edit = m_edits->cells().find(*m_chosen);
    m_card->showFor(*m_chosen, titleOf(m_chosen->agent), QRect(mapFromGlobal(global.topLeft()), global.size()),
        m_screen.now(), edit == m_edits->cells().end() ? std::nullopt : std::optional(edit->second));
}

void AccessTab::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_card->isVisible()) {
        m_card->hide();
        return;
    }
    QWidget::keyPressEvent(event);
}

// The card stands beside a cell that has moved.
void AccessTab::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_card->hide();
}

void AccessTab::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

}
