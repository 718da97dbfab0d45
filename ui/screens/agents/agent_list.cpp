#include "ui/screens/agents/agent_list.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/charts/chart_panel.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/format.h"
#include "ui/kit/item_list.h"
#include "ui/kit/stat_tile.h"
#include "ui/kit/theme.h"
#include "ui/screens/agents/page_rows.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::agents {

namespace {

constexpr int slices = 48;
constexpr int markersWidth = 340;
/// Rows the table shows before it scrolls: at 1280×800 the charts below still have their room.
constexpr int visibleRows = 11;
/// Widths in the type of 100 %, below which columns give way.
constexpr int leastForEnvironment = 960;
constexpr int leastForTeam = 780;
constexpr int teamColumn = 1;
constexpr int environmentColumn = 2;
constexpr int coverageColumn = 9;
constexpr int courseColumn = 10;

Route addRoute(const char* door)
{
    return Route{QStringLiteral("agents")}.with(QStringLiteral("add"), QString::fromLatin1(door));
}

}

AgentList::AgentList(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeTiles());
    rows->addWidget(makeTable());
    rows->addWidget(makeBelow(), 1);
}

QWidget* AgentList::makeTiles()
{
    auto* row = new QWidget(this);
    auto* tiles = new QHBoxLayout(row);
    tiles->setContentsMargins(0, 0, 0, 0);
    tiles->setSpacing(metrics::gap);
    const auto add = [&](const QString& label, const Route& route) {
        auto* tile = new StatTile(label, row);
        tile->setLoading();
        tiles->addWidget(tile, 1);
        connect(tile, &QAbstractButton::clicked, this, [this, route] { Q_EMIT navigate(route); });
        return tile;
    };
    const Route list{QStringLiteral("agents")};
    const Route runs{QStringLiteral("activity"), {QStringLiteral("runs")}};
    m_trouble = add(tr("Need a look"), list);
    m_serving = add(tr("In production"), list);
    m_coverage = add(tr("Enforced"), list.with(QStringLiteral("coverage"), QStringLiteral("enforced")));
    m_runs = add(tr("Runs"), runs);
    m_cost = add(tr("Cost"), runs);
    return row;
}

QWidget* AgentList::makeTable()
{
    auto* card = new Card({}, Card::Padding::none, this);
    m_filter = new FilterBar(tr("Filter agents"), card);
    m_filter->setKnownKeys({QStringLiteral("team"), QStringLiteral("health"), QStringLiteral("coverage")});
    m_filter->field()->setKeyHint(QStringLiteral("/"));
    m_filter->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    auto* existing = new Button(tr("Connect an existing one"), Button::Role::secondary, card);
    auto* build = new Button(tr("Add agent"), Button::Role::primary, card);
    build->setGlyph(Icon::plus);
    permit(build, m_context.session, Permission::EditDefinitions, tr("Build one here, or connect one that exists"));
    connect(existing, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(addRoute("existing")); });
    connect(build, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(addRoute("choose")); });
    m_compare = new Button(tr("Compare"), Button::Role::secondary, card);
    m_compare->setGlyph(Icon::diff);
    connect(m_compare, &QAbstractButton::clicked, this, &AgentList::compare);
    m_filter->addTrailing(m_compare);
    m_filter->addTrailing(existing);
    m_filter->addTrailing(build);
    connect(m_filter, &FilterBar::changed, this, &AgentList::filtersChanged);
    card->body()->addWidget(m_filter);
    m_table = new DataTable(tr("Agents"), card);
    m_table->setColumns({{QStringLiteral("agent"), 0, CellKind::strongText}, {QStringLiteral("team"), 104},
        {QStringLiteral("environment"), 86, CellKind::secondaryText}, {QStringLiteral("health"), 160, CellKind::status},
        {QStringLiteral("version"), 114}, {QStringLiteral("runs"), 64, CellKind::number},
        {QStringLiteral("completed"), 88, CellKind::number}, {QStringLiteral("p95"), 64, CellKind::number},
        {QStringLiteral("cost"), 80, CellKind::number}, {QStringLiteral("coverage"), 88, CellKind::secondaryText},
        {QStringLiteral("course"), 72, CellKind::sparkline}});
    m_model = new CellsModel({tr("Agent"), tr("Team"), tr("Environment"), tr("Health"), tr("Version"), tr("Runs"),
                                 tr("Completed"), tr("p95"), tr("Cost"), tr("Coverage"), tr("Course")},
        m_table);
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setFitRows(visibleRows);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AgentList::rowsChosen);
    connect(m_model, &QAbstractItemModel::modelReset, this, &AgentList::rowsChosen);
    rowsChosen();
    m_table->setFilterField(m_filter->field());
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    connect(m_table, &DataTable::rowOpened, this,
        [this](const QModelIndex& index) { Q_EMIT navigate(routes::agent(m_model->keyAt(index.row()).toString())); });
    connect(&TeamTitles::of(m_context.session), &TeamTitles::changed, this, [this] {
        if (m_hasOverview)
            join();
    });
    m_view = new LoadView(m_table, 6, card);
    connect(m_view, &LoadView::retryRequested, this, [this] { load(m_range); });
    card->setBody(m_view);
    return card;
}

QWidget* AgentList::makeBelow()
{
    auto* row = new QWidget(this);
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::gap);
    m_chart = new ChartPanel(tr("Runs"), ChartPanel::Shape::stackedBars, row);
    m_chart->setValueFormat([](double value) { return format::shortNumber(qint64(value)); });
    // The table takes what its rows need; the chart has the rest, and never less than can be read.
    row->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    row->setMinimumHeight(190);
    connect(m_chart, &ChartPanel::rangeBrushed, this, &AgentList::rangeBrushed);
    columns->addWidget(m_chart, 1);
    auto* card = new Card(tr("Released and rolled out"), Card::Padding::none, row);
    card->setFixedWidth(markersWidth);
    m_markers = new ItemList(tr("Released and rolled out"), card);
    connect(m_markers, &ItemList::itemOpened, this,
        [this](const QVariant& key) { Q_EMIT navigate(Route::parse(key.toString())); });
    m_markersView = new LoadView(m_markers, 3, card);
    connect(m_markersView, &LoadView::retryRequested, this, [this] { load(m_range); });
    card->setBody(m_markersView);
    columns->addWidget(card);
    return row;
}

void AgentList::open(const Route& route)
{
    m_isOpening = true;
    std::vector<Filter> filters;
    for (const char* key : {"team", "health", "coverage"}) {
        const QString name = QString::fromLatin1(key);
        if (const QString value = route.query.value(name); !value.isEmpty())
            filters.push_back({name, value});
    }
    m_filter->setFilters(filters);
    if (m_filter->field()->text() != route.query.value(QStringLiteral("text")))
        m_filter->field()->setText(route.query.value(QStringLiteral("text")));
    m_isOpening = false;
    m_wantsFocus = true;
    if (m_hasOverview)
        fill();
}

void AgentList::focusSearch()
{
    m_filter->field()->setFocus(Qt::ShortcutFocusReason);
}

void AgentList::rowsChosen()
{
    m_chosen.clear();
    QList<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        rows << index.row();
    std::ranges::sort(rows);
    for (const int row : rows)
        m_chosen << m_model->keyAt(row).toString();
    m_compare->setEnabled(canCompare());
    m_compare->setToolTip(canCompare() ? tr("Settings, prompts, tools and figures side by side")
                                       : tr("Choose two agents: click one, then another with Ctrl held."));
}

void AgentList::compare()
{
    if (canCompare())
        Q_EMIT navigate(Route{QStringLiteral("agents")}.with(QStringLiteral("compare"), m_chosen.join(u',')));
}

void AgentList::filtersChanged()
{
    fill();
    if (m_isOpening || !isVisible())
        return;
    Route route{QStringLiteral("agents")};
    for (const Filter& filter : m_filter->filters())
        route = route.with(filter.key, filter.value);
    Q_EMIT routeChanged(route.with(QStringLiteral("text"), m_filter->text()));
}

void AgentList::load(const TimeRange& range)
{
    m_range = range;
    m_view->beginAgain();
    m_markersView->beginAgain();
    ReadOverview::Request ask;
    ask.range = coreRange(range, m_context.now());
    ask.slices = slices;
    m_askOverview.request<ReadOverview>(this, m_context.session, ask, [this](Result<ReadOverview::Response> answer) {
        if (!answer) {
            m_view->showError(answer.error());
            m_markersView->showError(answer.error());
            return;
        }
        m_overview = std::move(*answer);
        m_hasOverview = true;
        join();
    });
    loadDefinitions();
}

void AgentList::loadDefinitions()
{
    m_askDefinitions.request<ListDefinitions>(
        this, m_context.session, {DefinitionKind::Agent, false}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return;
            m_definitions = std::move(answer->definitions);
            if (m_hasOverview)
                join();
        });
}

void AgentList::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Names and health before what is the same for nearly all, the larger the type.
    const double room = width() / Theme::instance().typeScale();
    m_table->setColumnHidden(environmentColumn, room < leastForEnvironment);
    m_table->setColumnHidden(coverageColumn, room < leastForEnvironment);
    m_table->setColumnHidden(teamColumn, room < leastForTeam);
    m_table->setColumnHidden(courseColumn, room < leastForTeam);
}

void AgentList::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Metrics, Topic::Runs, Topic::Rollouts, Topic::Stops, Topic::Approvals, Topic::Changes}))
        load(m_range);
    else if (touches(topics, {Topic::Definitions}))
        loadDefinitions();
}

void AgentList::join()
{
    m_lines = agentLines(m_overview.agents, m_definitions);
    fill();
    fillBelow();
}

void AgentList::fill()
{
    if (!m_hasOverview)
        return;
    const ListFigures figures = figuresOf(m_lines);
    const Totals& totals = m_overview.totals;
    m_trouble->setValue(QString::number(figures.trouble));
    m_trouble->setState(figures.trouble > 0 ? State::warning : State::neutral);
    m_trouble->setFootnote(figures.trouble > 0 ? tr("failing, slow or stopped") : tr("nothing fails or is slow"));
    m_serving->setValue(QString::number(figures.serving));
    m_serving->setFootnote(tr("of %n agent(s)", nullptr, figures.agents));
    const auto enforced = std::uint64_t(figures.enforced);
    m_coverage->setValue(percentText(enforced, enforced + std::uint64_t(figures.seen), 0));
    m_coverage->setFootnote(tr("%1 enforced, %2 only seen").arg(figures.enforced).arg(figures.seen));
    m_runs->setValue(shortNumberText(totals.runs), numberText(totals.runs));
    m_runs->setFootnote(tr("%1 before").arg(numberText(m_overview.before.runs)));
    m_runs->setSeries(spark(m_overview.series, [](const Totals& slice) { return std::optional(double(slice.runs)); }));
    m_cost->setValue(moneyText(totals.cost));
    m_cost->setFootnote(totals.costUnknown > 0 ? counted(totals.costUnknown, tr("without 1 run"), tr("without %1 runs"))
                                               : tr("%1 before").arg(moneyText(m_overview.before.cost)));
    const TeamNames& teams = TeamTitles::of(m_context.session).names();
    const std::vector<AgentLine> shown = fitting(m_lines, m_filter->filters(), m_filter->text(), teams);
    m_model->setRows(agentCells(shown, teams));
    m_filter->setCount(shown.size() == m_lines.size() ? tr("%n agent(s)", nullptr, int(m_lines.size()))
                                                      : tr("%1 of %2").arg(shown.size()).arg(m_lines.size()));
    if (m_lines.empty()) {
        auto* none = new EmptyState(EmptyState::Kind::firstUse, tr("No agents yet"),
            tr("Build one here, or connect one that exists: two lines in its client."), tr("Add agent"));
        connect(none, &EmptyState::actionTriggered, this, [this] { Q_EMIT navigate(addRoute("choose")); });
        m_view->showInstead(none, m_context.now());
    } else if (shown.empty()) {
        auto* none = new EmptyState(EmptyState::Kind::noResults, tr("No agent fits"),
            tr("Take a filter away to see the others."), tr("Show all"));
        connect(none, &EmptyState::actionTriggered, this, [this] {
            m_filter->field()->clear();
            m_filter->setFilters({});
            filtersChanged();
        });
        m_view->showInstead(none, m_context.now());
    } else {
        m_view->showContent(m_context.now());
        if (std::exchange(m_wantsFocus, false))
            m_table->setFocus();
    }
}

void AgentList::fillBelow()
{
    m_chart->setSeries(runsByAgent(m_lines, m_overview.series));
    std::vector<ListItem> items;
    for (const ChangedItem& marker : m_overview.markers) {
        ListItem item;
        item.key = text(marker.route);
        item.icon = itemIcon(marker.kind);
        item.iconToken = stateToken(itemState(marker.kind));
        item.title = text(marker.title);
        item.detail = text(marker.detail);
        item.trailing = relativeTime(marker.at, m_context.now());
        items.push_back(std::move(item));
    }
    std::ranges::reverse(items);
    const bool none = items.empty();
    m_markers->setItems(std::move(items));
    if (none)
        m_markersView->showInstead(new EmptyState(EmptyState::Kind::cleared, tr("Nothing moved"),
                                       tr("No release and no rollout step in this range.")),
            m_context.now());
    else
        m_markersView->showContent(m_context.now());
}

}
