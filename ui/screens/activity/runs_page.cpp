#include "ui/screens/activity/runs_page.h"

#include "core/api/definitions.h"
#include "core/domain/reflect.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/filter_bar.h"
#include "ui/kit/select.h"
#include "ui/kit/switch.h"
#include "ui/models/keep_selection.h"
#include "ui/screens/activity/run_filter.h"
#include "ui/screens/activity/runs_export.h"
#include "ui/screens/activity/runs_model.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::activity {

namespace {

/// From here on columns may breathe.
constexpr int widePage = 1'400;
constexpr int liveMilliseconds = 1'000;
/// New runs are counted up to here; more are told as "more than".
constexpr std::uint64_t mostCounted = 200;
constexpr qint64 monthSeconds = 30LL * 86'400;

/// What of a filter has no control of its own stands in the bar as tokens.
std::vector<Filter> tokensOf(const RunFilter& filter)
{
    std::vector<Filter> tokens;
    if (!filter.team.empty())
        tokens.push_back({QStringLiteral("team"), text(filter.team)});
    if (!filter.release.empty())
        tokens.push_back({QStringLiteral("release"), text(filter.release)});
    return tokens;
}

}

RunsPage::RunsPage(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_paced(liveMilliseconds, [this] { fetch(); })
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeBar());
    rows->addWidget(makeTable(), 1);
}

QWidget* RunsPage::makeBar()
{
    m_bar = new FilterBar(tr("Run, reference, person or conversation"), this);
    m_bar->setKnownKeys({QStringLiteral("agent"), QStringLiteral("team"), QStringLiteral("state"),
        QStringLiteral("variant"), QStringLiteral("denied"), QStringLiteral("release")});
    m_agent = new Select(tr("Agent"), m_bar);
    m_state = new Select(tr("State"), m_bar);
    m_variant = new Select(tr("Variant"), m_bar);
    m_denied = new Switch(tr("Denied calls only"), m_bar);
    fillChoices();
    for (QWidget* choice : std::initializer_list<QWidget*>{m_agent, m_state, m_variant, m_denied})
        m_bar->addTrailing(choice);
    auto* save = new IconButton(Icon::exportDown, tr("Export this list"), m_bar);
    m_bar->addTrailing(save);
    connect(save, &QAbstractButton::clicked, this, &RunsPage::exportRuns);
    connect(m_bar, &FilterBar::changed, this, &RunsPage::takeChoices);
    for (Select* choice : {m_agent, m_state, m_variant})
        connect(choice, &QComboBox::activated, this, &RunsPage::takeChoices);
    connect(m_denied, &QAbstractButton::toggled, this, &RunsPage::takeChoices);
    return m_bar;
}

void RunsPage::fillChoices()
{
    m_agent->addItem(tr("All agents"), QString());
    m_state->addItem(tr("Any state"), QString());
    for (const RunState state :
        {RunState::Running, RunState::Waiting, RunState::Done, RunState::Denied, RunState::Failed, RunState::Stopped})
        m_state->addItem(stateOf(state).words, text(wordOf(state)));
    m_variant->addItem(tr("Any variant"), QString());
    for (const Variant variant : {Variant::Only, Variant::Baseline, Variant::Canary})
        m_variant->addItem(word(variant), text(wordOf(variant)));
}

QWidget* RunsPage::makeTable()
{
    auto* card = new Card({}, Card::Padding::none, this);
    auto* body = new QWidget(card);
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_new = new Button(tr("New runs"), Button::Role::quiet, body);
    m_new->setGlyph(Icon::arrowUp);
    m_new->hide();
    rows->addWidget(m_new);
    m_table = new DataTable(tr("Runs"), body);
    m_model = new RunsModel(m_context.now, this);
    layOutColumns(Room::narrow);
    m_table->setModel(m_model);
    m_table->setFilterField(m_bar->field());
    new KeepSelection(m_table, m_model);
    rows->addWidget(m_table, 1);
    m_view = new LoadView(body, 12, card);
    card->setBody(m_view);
    connect(m_view, &LoadView::retryRequested, this, &RunsPage::restart);
    connect(m_table, &DataTable::rowOpened, this, [this](const QModelIndex& index) {
        if (const QString id = m_model->keyAt(index.row()); !id.isEmpty())
            Q_EMIT runOpened(id);
    });
    connect(m_new, &QAbstractButton::clicked, this, [this] {
        m_new->hide();
        m_table->scrollToTop();
        m_model->reload();
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == 0 && m_new->isVisible())
            m_new->click();
    });
    connect(m_model, &PagedTableBase::loadingChanged, this, [this](bool loading) {
        if (!loading)
            arrived();
    });
    connect(m_model, &PagedTableBase::failed, this, [this](const Error& error) { m_view->showError(error); });
    connect(m_model, &PagedTableBase::totalChanged, this, [this](quint64 total, bool exact) {
        m_bar->setCount(
            exact ? counted(total, tr("1 run"), tr("%1 runs")) : tr("more than %1 runs").arg(numberText(total)));
    });
    return card;
}

void RunsPage::layOutColumns(Room room)
{
    using Shown = TableColumn::Shown;
    const bool wide = room == Room::wide;
    const auto either = [wide](int narrowWidth, int wideWidth) { return wide ? wideWidth : narrowWidth; };
    m_table->setColumns({{QStringLiteral("started"), either(108, 140), CellKind::text, Shown::always},
        {QStringLiteral("agent"), 0, CellKind::strongText, Shown::always},
        {QStringLiteral("outcome"), either(168, 260)}, {QStringLiteral("state"), either(118, 160), CellKind::status},
        {QStringLiteral("duration"), either(78, 112), CellKind::number},
        {QStringLiteral("tokens"), either(74, 112), CellKind::number},
        {QStringLiteral("cost"), either(84, 120), CellKind::number},
        {QStringLiteral("denied"), either(66, 96), CellKind::number}, {QStringLiteral("reference"), either(116, 220)},
        {QStringLiteral("release"), either(104, 160)}});
}

void RunsPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const Room room = width() < widePage ? Room::narrow : Room::wide;
    if (std::exchange(m_room, room) != room)
        layOutColumns(room);
}

void RunsPage::setFilter(const RunFilter& filter)
{
    const bool same = m_isLive && filter == m_filter;
    m_filter = filter;
    m_filling = true;
    const QString agent = text(filter.agent);
    if (!agent.isEmpty() && m_agent->findData(agent) < 0)
        m_agent->addItem(agent, agent);
    m_agent->setCurrentIndex(std::max(0, m_agent->findData(agent)));
    const QString states = stateCode(filter);
    if (!states.isEmpty() && m_state->findData(states) < 0)
        m_state->addItem(states, states);
    m_state->setCurrentIndex(std::max(0, m_state->findData(states)));
    m_variant->setCurrentIndex(filter.variant ? std::max(0, m_variant->findData(text(wordOf(*filter.variant)))) : 0);
    m_denied->setChecked(filter.denied);
    m_bar->field()->setText(text(filter.text));
    m_bar->setFilters(tokensOf(filter));
    m_filling = false;
    if (m_agent->count() <= 2)
        loadAgents();
    if (same)
        refresh(); // hints that came while another page was open did not reach the list
    else
        restart();
}

void RunsPage::setRange(const TimeRange& range)
{
    if (std::exchange(m_range, range) != range && m_isLive)
        restart();
}

void RunsPage::loadAgents()
{
    m_agents.request<ListDefinitions>(
        this, m_context.session, {DefinitionKind::Agent}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return; // names can be typed all the same: agent:refunds
            for (const DefinitionSummary& agent : answer->definitions) {
                const QString title = text(agent.title.empty() ? agent.name : agent.title);
                if (const int known = m_agent->findData(text(agent.name)); known >= 0)
                    m_agent->setItemText(known, title);
                else
                    m_agent->addItem(title, text(agent.name));
            }
            m_agent->updateGeometry();
        });
}

void RunsPage::takeChoices()
{
    if (m_filling)
        return;
    RunFilter filter;
    filter.agent = utf8(m_agent->currentData().toString());
    filter.states = statesOf(m_state->currentData().toString());
    if (const QString variant = m_variant->currentData().toString(); !variant.isEmpty())
        takeTyped(filter, QStringLiteral("variant"), variant);
    filter.denied = m_denied->isChecked();
    filter.text = utf8(m_bar->text());
    for (const Filter& typed : m_bar->filters())
        takeTyped(filter, typed.key, typed.value);
    takeFilter(std::move(filter));
}

void RunsPage::takeFilter(RunFilter filter)
{
    if (filter == m_filter)
        return;
    // The bar shows what was typed as a choice; the list begins anew.
    setFilter(filter);
    Q_EMIT filterChanged();
}

void RunsPage::restart()
{
    m_isLive = true;
    m_new->hide();
    m_bar->setCount({});
    m_view->beginNew();
    m_model->setFetch(Addressing::cursor, [this](const RunsModel::PageAsk& ask, RunsModel::Done done) {
        ListRuns::Request wanted;
        wanted.filter = inRange(m_filter, m_range, m_context.now());
        wanted.page.cursor = utf8(ask.cursor);
        wanted.page.limit = ask.limit;
        request<ListRuns>(
            this, m_context.session, std::move(wanted), [done = std::move(done)](Result<ListRuns::Response> answer) {
                if (!answer) {
                    done(fail(answer.error()));
                    return;
                }
                RunsModel::Page page;
                page.rows = std::move(answer->runs);
                page.next = text(answer->page.next);
                page.total = answer->page.total;
                page.exact = answer->page.exact;
                done(std::move(page));
            });
    });
}

void RunsPage::arrived()
{
    if (m_model->hasFailed())
        return;
    if (m_model->rowCount() == 0)
        showEmpty();
    else
        m_view->showContent(m_context.now());
}

void RunsPage::showEmpty()
{
    if (m_filter != RunFilter{}) {
        auto* none = new EmptyState(EmptyState::Kind::noResults, tr("No run matches"),
            asksForOpenOnly(m_filter) ? tr("Nothing is under way that meets the filter.")
                                      : tr("Filter and time together leave nothing: %1.").arg(timeRangeLabel(m_range)),
            tr("Clear filters"));
        connect(none, &EmptyState::actionTriggered, this, [this] { takeFilter({}); });
        m_view->showInstead(none, m_context.now());
        return;
    }
    auto* none = new EmptyState(EmptyState::Kind::firstUse, tr("No runs: %1").arg(timeRangeLabel(m_range)),
        tr("Every request to an agent of this workspace becomes a run: what it asked for, what was let through and "
           "refused, and what it cost."),
        tr("Show the last 30 days"));
    connect(none, &EmptyState::actionTriggered, this, [this] { Q_EMIT rangeWanted(TimeRange::last(monthSeconds)); });
    m_view->showInstead(none, m_context.now());
}

void RunsPage::refresh()
{
    if (m_isLive)
        m_paced.want();
}

void RunsPage::fetch()
{
    if (m_table->verticalScrollBar()->value() == 0 || m_model->rowCount() == 0)
        m_model->reload();
    else
        countNew();
}

void RunsPage::countNew()
{
    const RunSummary* top = m_model->row(0);
    if (!top)
        return;
    ListRuns::Request ask;
    ask.filter = inRange(m_filter, m_range, m_context.now());
    ask.page.limit = mostCounted;
    m_counted.request<ListRuns>(
        this, m_context.session, std::move(ask), [this, key = top->id](Result<ListRuns::Response> answer) {
            if (!answer)
                return; // the next hint counts again
            const auto& runs = answer->runs;
            const auto known
                = std::find_if(runs.begin(), runs.end(), [&](const RunSummary& run) { return run.id == key; });
            const auto fresh = static_cast<std::uint64_t>(known - runs.begin());
            if (fresh == 0)
                m_new->hide();
            else if (known == runs.end())
                showNew(tr("More than %1 new").arg(numberText(fresh)));
            else
                showNew(tr("%1 new").arg(numberText(fresh)));
        });
}

void RunsPage::showNew(const QString& words)
{
    m_new->setText(words);
    m_new->setAccessibleDescription(tr("Goes to the newest run"));
    m_new->show();
}

void RunsPage::focusSearch()
{
    m_bar->field()->setFocus(Qt::ShortcutFocusReason);
}

void RunsPage::exportRuns()
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export this list"), QStringLiteral("runs.csv"), tr("Comma-separated values (*.csv)"));
    if (file.isEmpty())
        return;
    m_context.jobs.run(this, m_context.session, tr("Export of runs"),
        [filter = inRange(m_filter, m_range, m_context.now()), file](Backend& backend, const CallContext& context,
            JobControl& job) { return activity::exportRuns(backend, context, job, filter, file); });
}

}
