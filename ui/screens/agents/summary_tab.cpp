#include "ui/screens/agents/summary_tab.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/charts/chart_panel.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/format.h"
#include "ui/kit/item_list.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/kit/stat_tile.h"
#include "ui/screens/agents/exposure_card.h"
#include "ui/screens/agents/page_rows.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui::agents {

namespace {

constexpr int recentRuns = 12;
constexpr int sideWidth = 320;

std::optional<double> counted(std::uint64_t value)
{
    return double(value);
}

}

SummaryTab::SummaryTab(ScreenContext& context, QWidget* parent)
    : AgentTab(context, parent)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeTiles());
    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::gap);
    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::gap);
    left->addWidget(makeCharts(), 3);
    left->addWidget(makeRuns(), 4);
    columns->addLayout(left, 1);
    columns->addWidget(makeSide());
    rows->addLayout(columns, 1);
}

QWidget* SummaryTab::makeTiles()
{
    auto* row = new QWidget(this);
    auto* tiles = new QHBoxLayout(row);
    tiles->setContentsMargins(0, 0, 0, 0);
    tiles->setSpacing(metrics::gap);
    const auto add = [&](const QString& label, auto route) {
        auto* tile = new StatTile(label, row);
        tile->setLoading();
        tiles->addWidget(tile, 1);
        connect(tile, &QAbstractButton::clicked, this, [this, route] { Q_EMIT navigate(route()); });
        return tile;
    };
    m_runsTile = add(tr("Runs"), [this] { return runs(); });
    m_doneTile = add(tr("Completed"), [this] { return runs(QStringLiteral("state"), QStringLiteral("done")); });
    m_latencyTile = add(tr("Latency p95"), [this] { return runs(QStringLiteral("sort"), QStringLiteral("slowest")); });
    m_costTile = add(tr("Cost"), [this] { return routes::agent(agent(), QStringLiteral("cost")); });
    m_deniedTile = add(tr("Denied calls"), [this] { return runs(QStringLiteral("denied"), QStringLiteral("yes")); });
    m_waitingTile = add(tr("Waiting for people"), [] { return routes::inbox(); });
    return row;
}

QWidget* SummaryTab::makeCharts()
{
    auto* row = new QWidget(this);
    auto* charts = new QHBoxLayout(row);
    charts->setContentsMargins(0, 0, 0, 0);
    charts->setSpacing(metrics::gap);
    m_outcomes = new ChartPanel(tr("Outcomes"), ChartPanel::Shape::stackedBars, row);
    m_outcomes->setValueFormat([](double value) { return format::shortNumber(qint64(value)); });
    m_latency = new ChartPanel(tr("Latency"), ChartPanel::Shape::lines, row);
    // The axis begins at nothing, which no measure does.
    m_latency->setValueFormat(
        [](double value) { return value == 0 ? QStringLiteral("0 ms") : format::duration(value * 1'000); });
    for (ChartPanel* chart : {m_outcomes, m_latency}) {
        chart->setMinimumHeight(196);
        charts->addWidget(chart, 1);
        connect(chart, &ChartPanel::rangeBrushed, this, &AgentTab::rangeBrushed);
    }
    return row;
}

QWidget* SummaryTab::makeRuns()
{
    auto* card = new Card(tr("Newest runs"), Card::Padding::none, this);
    auto* all = new LinkLabel(tr("All runs"), card);
    connect(all, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(runs()); });
    card->addTrailing(all);
    m_runsTable = new DataTable(tr("Newest runs"), card);
    m_runsTable->setColumns({{QStringLiteral("run"), 84, CellKind::mono},
        {QStringLiteral("state"), 168, CellKind::status}, {QStringLiteral("outcome"), 0, CellKind::secondaryText},
        {QStringLiteral("version"), 60}, {QStringLiteral("took"), 76, CellKind::number},
        {QStringLiteral("cost"), 80, CellKind::number}, {QStringLiteral("started"), 84, CellKind::secondaryText}});
    m_runs = new CellsModel(
        {tr("Run"), tr("State"), tr("Outcome"), tr("Version"), tr("Took"), tr("Cost"), tr("Started")}, m_runsTable);
    m_runsTable->setModel(m_runs);
    m_runsTable->setFitColumns();
    connect(m_runsTable, &DataTable::sortRequested, m_runs, &CellsModel::sort);
    connect(m_runsTable, &DataTable::rowOpened, this,
        [this](const QModelIndex& index) { Q_EMIT navigate(routes::run(m_runs->keyAt(index.row()).toString())); });
    m_runsView = new LoadView(m_runsTable, 5, card);
    connect(m_runsView, &LoadView::retryRequested, this, &SummaryTab::loadRuns);
    card->setBody(m_runsView);
    card->setMinimumHeight(180);
    return card;
}

QWidget* SummaryTab::makeSide()
{
    auto* side = new QWidget(this);
    side->setFixedWidth(sideWidth);
    auto* rows = new QVBoxLayout(side);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    m_waitingCard = new Card(tr("Waiting for people"), Card::Padding::none, side);
    auto* inbox = new LinkLabel(tr("Open inbox"), m_waitingCard);
    connect(inbox, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(routes::inbox()); });
    m_waitingCard->addTrailing(inbox);
    m_waiting = new ItemList(tr("Waiting for people"), m_waitingCard);
    connect(m_waiting, &ItemList::itemOpened, this,
        [this](const QVariant& key) { Q_EMIT navigate(routes::inbox(key.toString())); });
    m_waitingView = new LoadView(m_waiting, 3, m_waitingCard);
    connect(m_waitingView, &LoadView::retryRequested, this, &SummaryTab::loadWaiting);
    m_waitingCard->setBody(m_waitingView);
    m_exposure = new ExposureCard(context(), side);
    connect(m_exposure, &ExposureCard::navigate, this, &AgentTab::navigate);
    rows->addWidget(m_exposure);
    rows->addWidget(m_waitingCard, 1);
    rows->addWidget(makeFacts(side), 2);
    return side;
}

// Scrolls where the window is low: words cut in the middle of a line help nobody.
QWidget* SummaryTab::makeFacts(QWidget* parent)
{
    auto* card = new Card(tr("What it is"), Card::Padding::none, parent);
    auto* scroll = new QScrollArea(card);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("What it is"));
    auto* inside = new QWidget(scroll);
    auto* rows = new QVBoxLayout(inside);
    rows->setContentsMargins(metrics::cardPadding, metrics::space12, metrics::cardPadding, metrics::space12);
    m_facts = new KeyValueList(84, inside);
    rows->addWidget(m_facts);
    rows->addStretch(1);
    scroll->setWidget(inside);
    // The card's own surface shows through.
    inside->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    card->setBody(scroll);
    return card;
}

void SummaryTab::begin()
{
    for (StatTile* tile : {m_runsTile, m_doneTile, m_latencyTile, m_costTile, m_deniedTile, m_waitingTile})
        tile->setLoading();
    m_outcomes->setSeries({});
    m_latency->setSeries({});
    m_facts->clear();
    m_runsView->beginNew();
    m_waitingView->beginNew();
    m_waitingCard->hide();
    m_exposure->begin(name());
}

void SummaryTab::load()
{
    m_exposure->load();
    loadRuns();
    loadWaiting();
}

void SummaryTab::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Runs, Topic::Metrics}))
        loadRuns();
    if (touches(topics, {Topic::Approvals, Topic::Runs}))
        loadWaiting();
    if (touches(topics, {Topic::Definitions, Topic::Changes}))
        m_exposure->load();
}

void SummaryTab::loadRuns()
{
    m_runsView->beginAgain();
    ListRuns::Request ask;
    ask.filter.agent = name();
    ask.page.limit = recentRuns;
    m_askRuns.request<ListRuns>(this, session(), ask, [this](Result<ListRuns::Response> answer) {
        if (!answer)
            return m_runsView->showError(answer.error());
        m_runs->setRows(runCells(answer->runs, now()));
        if (!answer->runs.empty())
            return m_runsView->showContent(now());
        auto* none = new EmptyState(EmptyState::Kind::firstUse, tr("No runs yet"),
            tr("A run begins when a client calls this agent with a service key."), tr("How to call it"));
        connect(none, &EmptyState::actionTriggered, this, [this] {
            Q_EMIT navigate(Route{QStringLiteral("agents")}
                    .with(QStringLiteral("add"), QStringLiteral("existing"))
                    .with(QStringLiteral("agent"), agent()));
        });
        m_runsView->showInstead(none, now());
    });
}

void SummaryTab::loadWaiting()
{
    m_waitingView->beginAgain();
    ListApprovals::Request ask;
    ask.agent = name();
    m_askWaiting.request<ListApprovals>(this, session(), ask, [this](Result<ListApprovals::Response> answer) {
        // The tile above says it where nobody is waited for; the room is for what the agent is.
        m_waitingCard->setVisible(!answer || !answer->requests.empty());
        if (!answer)
            return m_waitingView->showError(answer.error());
        m_waiting->setItems(waitingItems(answer->requests, now()));
        m_waitingView->showContent(now());
    });
}

void SummaryTab::showTiles(const AgentRow& row, const std::vector<SeriesPoint>& series)
{
    const Totals& totals = row.totals;
    m_runsTile->setValue(shortNumberText(totals.runs), numberText(totals.runs));
    m_runsTile->setFootnote(tr("%1 asked, %2 failed").arg(numberText(totals.asked), numberText(totals.failed)));
    m_runsTile->setSeries(spark(series, [](const Totals& slice) { return counted(slice.runs); }));
    m_doneTile->setValue(percentText(totals.done, totals.runs), proportionText(totals.done, totals.runs));
    m_doneTile->setFootnote(ui::counted(totals.runs, tr("of 1 run"), tr("of %1 runs")));
    m_doneTile->setState(row.health == AgentHealth::Failing ? State::failed : State::neutral);
    m_doneTile->setSeries(spark(series, [](const Totals& slice) {
        return slice.runs == 0 ? std::nullopt : std::optional(double(slice.done) / double(slice.runs));
    }));
    m_latencyTile->setValue(secondsText(totals.p95));
    m_latencyTile->setFootnote(tr("p50 %1, p99 %2").arg(secondsText(totals.p50), secondsText(totals.p99)),
        tr("p50 %1").arg(secondsText(totals.p50)));
    m_latencyTile->setState(row.health == AgentHealth::Slow ? State::warning : State::neutral);
    m_latencyTile->setSeries(spark(series, [](const Totals& slice) { return slice.p95; }));
    m_costTile->setValue(moneyText(totals.cost));
    m_costTile->setFootnote(totals.costUnknown > 0
            ? ui::counted(totals.costUnknown, tr("1 run not known"), tr("%1 runs not known"))
            : tr("%1 a run").arg(moneyText(costEach(totals))));
    m_costTile->setSeries(spark(series,
        [](const Totals& slice) { return slice.cost ? std::optional(double(slice.cost->nanos)) : std::nullopt; }));
    m_deniedTile->setValue(numberText(totals.deniedVerdicts));
    m_deniedTile->setFootnote(tr("%1 verdicts").arg(proportionText(totals.deniedVerdicts, totals.verdicts)),
        percentText(totals.deniedVerdicts, totals.verdicts));
    m_deniedTile->setSeries(spark(series, [](const Totals& slice) { return counted(slice.deniedVerdicts); }));
    m_waitingTile->setValue(numberText(row.waiting));
    m_waitingTile->setFootnote(row.waiting == 0 ? tr("nothing to decide") : tr("open the inbox"));
    m_waitingTile->setState(row.waiting == 0 ? State::neutral : State::warning);
}

void SummaryTab::showNumbers(const ReadAgent::Response& numbers)
{
    const AgentRow& row = numbers.agent;
    const Totals& totals = row.totals;
    showTiles(row, numbers.series);
    std::vector<Series> outcomes;
    const auto add = [&](const QString& words, Token color, std::uint64_t sum, auto value) {
        outcomes.push_back(course(words, numbers.series, value));
        outcomes.back().color = color;
        outcomes.back().value = sum == 0 ? QString() : shortNumberText(sum);
    };
    add(tr("Done"), Token::okQuiet, 0, [](const Totals& slice) { return counted(slice.done); });
    add(tr("Asked"), Token::warnFill, totals.asked, [](const Totals& slice) { return counted(slice.asked); });
    add(tr("Denied, failed"), Token::danger, totals.denied + totals.failed,
        [](const Totals& slice) { return counted(slice.denied + slice.failed); });
    m_outcomes->setSeries(std::move(outcomes));
    std::vector<Series> latency;
    latency.push_back(course(tr("p50"), numbers.series, [](const Totals& slice) { return slice.p50; }));
    latency.back().value = secondsText(totals.p50);
    latency.push_back(course(tr("p95"), numbers.series, [](const Totals& slice) { return slice.p95; }));
    latency.back().value = secondsText(totals.p95);
    if (numbers.canary.empty()) {
        latency.push_back(course(tr("p99"), numbers.series, [](const Totals& slice) { return slice.p99; }));
        latency.back().value = secondsText(totals.p99);
    } else {
        latency.push_back(course(tr("Canary p95"), numbers.canary, [](const Totals& slice) { return slice.p95; }));
    }
    m_latency->setSeries(std::move(latency));
    m_waitingCard->setSubtitle(row.waiting == 0 ? QString() : numberText(row.waiting));
}

void SummaryTab::showDefinition(const DefinitionVersion& version, const AgentBody& body)
{
    m_facts->clear();
    Label* what = m_facts->addRow(tr("Purpose"), text(body.description));
    what->setOverflow(Label::Overflow::wrap);
    const auto link = [this](const QString& kind, const std::string& name) {
        auto* label = new LinkLabel(text(name), m_facts);
        label->setTextStyle(TextStyle::body);
        connect(label, &QAbstractButton::clicked, this,
            [this, kind, name] { Q_EMIT navigate(routes::definition(kind, text(name))); });
        return label;
    };
    m_facts->addRow(tr("Prompt"), link(QStringLiteral("prompts"), body.prompt));
    m_facts->addRow(tr("Model"), link(QStringLiteral("models"), body.model));
    m_facts->addRow(tr("Tools"), tr("%n tool(s)", nullptr, int(body.tools.size())));
    Label* budget = m_facts->addRow(tr("Budget"), budgetWords(body.budget));
    budget->setOverflow(Label::Overflow::wrap);
    m_facts->addRow(tr("Decides"), text(body.decision.subject));
    m_facts->addRow(tr("Owner"), text(version.definition.ownerName));
}

}
