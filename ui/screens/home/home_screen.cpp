#include "ui/screens/home/home_screen.h"

#include "core/api/people.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/outage_banner.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/screens/home/agents_card.h"
#include "ui/screens/home/changed_card.h"
#include "ui/screens/home/chart_grid.h"
#include "ui/screens/home/first_steps.h"
#include "ui/screens/home/tile_row.h"
#include "ui/screens/home/waiting_card.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui {

namespace {

/// Live traffic changes the numbers all the time; faster than this nobody reads them.
constexpr int leastRefreshMilliseconds = 2'000;
constexpr std::uint64_t chartSlices = 48;
constexpr std::uint64_t mostChangedItems = 30;
constexpr int sideWidth = 420;
constexpr int leastSideWidth = 300;
/// The shell verifies the record by itself; what Home says of it follows this often.
constexpr int recordMilliseconds = 5'000;

/// Takes the height there is: wrapped words inside would else make the whole page ask for the height they like best.
class SideColumn : public QWidget {
public:
    using QWidget::QWidget;
    bool hasHeightForWidth() const override { return false; }
};

}

HomeScreen::HomeScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_paced(leastRefreshMilliseconds, [this] { load(std::exchange(m_due, {})); })
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_view = new LoadView(makeContent(), 8, this);
    m_outage = new OutageBanner(this);
    m_outage->setAction(tr("Data protection"));
    outer->addWidget(m_outage);
    outer->addWidget(m_view);
    connect(m_outage, &OutageBanner::actionTriggered, this, [this] { go(QStringLiteral("policies/protection")); });
    connect(m_view, &LoadView::retryRequested, this, [this] { load(allTopics()); });
    auto* again = new QTimer(this);
    connect(again, &QTimer::timeout, this, [this] {
        if (isVisible() && !m_record.isPending())
            loadRecord(Waiting::nobody);
    });
    again->start(recordMilliseconds);
}

QWidget* HomeScreen::makeContent()
{
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(area);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    m_tiles = new home::TileRow(content);
    m_charts = new home::ChartGrid(content);
    m_agents = new home::AgentsCard(content);
    rows->addWidget(m_tiles);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::gap);
    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::gap);
    left->addWidget(m_charts, 3);
    left->addWidget(m_agents, 2);
    columns->addLayout(left, 5);
    columns->addWidget(makeSide(), 2);
    rows->addLayout(columns, 1);
    area->setWidget(content);
    connect(m_tiles, &home::TileRow::drilled, this, &HomeScreen::drill);
    connect(m_charts, &home::ChartGrid::drilled, this, &HomeScreen::drill);
    connect(m_charts, &home::ChartGrid::rangeBrushed, this, &HomeScreen::timeRangeWanted);
    connect(m_charts, &home::ChartGrid::markerOpened, this, &HomeScreen::go);
    connect(m_agents, &home::AgentsCard::agentOpened, this,
        [this](const QString& name) { Q_EMIT navigate(routes::agent(name)); });
    connect(m_agents, &home::AgentsCard::listWanted, this, [this] { go(QStringLiteral("agents")); });
    return area;
}

QWidget* HomeScreen::makeSide()
{
    auto* side = new SideColumn(this);
    side->setMinimumWidth(leastSideWidth);
    side->setMaximumWidth(sideWidth);
    auto* rows = new QVBoxLayout(side);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    m_changedCard = new home::ChangedCard(side);
    m_waitingCard = new home::WaitingCard(side);
    rows->addWidget(m_changedCard, 6);
    rows->addWidget(m_waitingCard, 5);
    connect(m_changedCard, &home::ChangedCard::opened, this, &HomeScreen::go);
    connect(m_waitingCard, &home::WaitingCard::opened, this, &HomeScreen::go);
    connect(m_changedCard->view(), &LoadView::retryRequested, this, &HomeScreen::loadChanged);
    connect(m_waitingCard->view(), &LoadView::retryRequested, this, &HomeScreen::loadWaiting);
    return side;
}

QString HomeScreen::helpText() const
{
    return tr("Home answers three questions in order: how it goes, what changed since your last visit, and what waits "
              "for you. Every number opens the list that makes it. Drag over a chart to choose a time; it then holds "
              "on every page.");
}

QString HomeScreen::scopeText() const
{
    return m_team.isEmpty() ? tr("All teams") : teamTitle(m_team);
}

void HomeScreen::fillScopeMenu(QMenu& menu)
{
    const auto add = [&](const QString& label, const QString& team) {
        QAction* action = menu.addAction(label, this, [this, team] { setTeam(team); });
        action->setCheckable(true);
        action->setChecked(team == m_team);
    };
    add(tr("All teams"), {});
    for (const Team& team : m_teams)
        add(teamTitle(text(team.name)), text(team.name));
}

QString HomeScreen::teamTitle(const QString& name) const
{
    const auto known
        = std::find_if(m_teams.begin(), m_teams.end(), [&](const Team& team) { return text(team.name) == name; });
    return known == m_teams.end() || known->title.empty() ? name : text(known->title);
}

void HomeScreen::setTeam(const QString& team)
{
    if (team == m_team)
        return;
    m_team = team;
    m_view->beginNew();
    Q_EMIT titleChanged();
    Q_EMIT routeChanged(routes::home().with(QStringLiteral("team"), team));
    loadOverview();
}

void HomeScreen::open(const Route& route)
{
    const QString team = route.query.value(QStringLiteral("team"));
    if (team != m_team) {
        m_team = team;
        m_view->beginNew();
        Q_EMIT titleChanged();
    }
    if (!std::exchange(m_isOpen, true))
        loadTeams();
    load(allTopics());
}

void HomeScreen::refresh(const TopicSet& topics)
{
    m_due = merged(std::move(m_due), topics);
    m_paced.want();
}

void HomeScreen::timeRangeChanged()
{
    if (m_isOpen)
        loadOverview();
}

void HomeScreen::load(const TopicSet& topics)
{
    if (touches(topics,
            {Topic::Metrics, Topic::Runs, Topic::Definitions, Topic::Rollouts, Topic::Stops, Topic::Approvals,
                Topic::Workspace}))
        loadOverview();
    if (touches(topics,
            {Topic::Metrics, Topic::Changes, Topic::Rollouts, Topic::Stops, Topic::Grants, Topic::Approvals,
                Topic::People}))
        loadChanged();
    if (touches(topics, {Topic::Approvals, Topic::Changes, Topic::People}))
        loadWaiting();
    if (touches(topics, {Topic::Record}))
        loadRecord();
    if (touches(topics, {Topic::Runs, Topic::Metrics, Topic::Findings, Topic::Workspace}))
        m_outage->load(context());
}

void HomeScreen::loadOverview()
{
    m_view->beginAgain();
    ReadOverview::Request ask;
    ask.range = coreRange(timeRange(), now());
    ask.slices = chartSlices;
    ask.team = utf8(m_team);
    m_overview.request<ReadOverview>(this, session(), std::move(ask), [this](Result<ReadOverview::Response> answer) {
        if (answer)
            showOverview(*answer);
        else
            m_view->showError(answer.error());
    });
}

void HomeScreen::showOverview(const ReadOverview::Response& overview)
{
    if (overview.agents.empty() && overview.totals.runs == 0 && m_team.isEmpty()) {
        auto* steps = new home::FirstSteps;
        connect(steps, &home::FirstSteps::addAgentWanted, this, [this] { go(QStringLiteral("agents?add=start")); });
        connect(steps, &home::FirstSteps::modelsWanted, this, [this] { go(QStringLiteral("library/models")); });
        connect(steps, &home::FirstSteps::runsWanted, this, [this] { go(QStringLiteral("activity/runs")); });
        m_view->showInstead(steps, now());
        return;
    }
    m_tiles->setWords(home::tileWords(overview, timeRange(), now()));
    m_charts->setOverview(overview, timeRange(), now());
    m_agents->setAgents(overview.agents, timeRangeLabel(timeRange()));
    m_view->showContent(now());
}

void HomeScreen::loadChanged()
{
    m_changedCard->view()->beginAgain();
    WhatChanged::Request ask;
    ask.limit = mostChangedItems;
    m_changed.request<WhatChanged>(this, session(), ask, [this](Result<WhatChanged::Response> answer) {
        if (answer)
            m_changedCard->setChanged(*answer, now());
        else
            m_changedCard->view()->showError(answer.error());
    });
}

void HomeScreen::loadWaiting()
{
    m_waitingCard->view()->beginAgain();
    m_inbox.request<ReadInbox>(this, session(), {}, [this](Result<ReadInbox::Response> answer) {
        if (answer)
            m_waitingCard->setInbox(*answer, now());
        else
            m_waitingCard->view()->showError(answer.error());
    });
}

void HomeScreen::loadRecord(Waiting waiting)
{
    const auto show = [this](Result<RecordStatus> answer) {
        if (answer)
            m_waitingCard->setRecord(*answer, now());
        else
            m_waitingCard->setRecordUnknown(errorLine(answer.error()));
    };
    m_record.request<RecordState>(this, session(), {}, show, waiting);
}

void HomeScreen::loadTeams()
{
    request<ListTeams>(this, session(), {}, [this](Result<ListTeams::Response> answer) {
        if (!answer)
            return; // the menu then offers all teams only, which is what is shown
        m_teams = std::move(answer->teams);
        Q_EMIT titleChanged();
    });
}

void HomeScreen::drill(const Route& route)
{
    // What a number counts is what its list shows: of this team.
    const bool isRuns = route.place == QStringLiteral("activity");
    Q_EMIT navigate(isRuns ? route.with(QStringLiteral("team"), m_team) : route);
}

void HomeScreen::go(const QString& route)
{
    if (!route.isEmpty())
        Q_EMIT navigate(Route::parse(route));
}

Screen* makeHomeScreen(ScreenContext& context, QWidget* parent)
{
    return new HomeScreen(context, parent);
}

}
