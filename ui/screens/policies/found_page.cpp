#include "ui/screens/policies/found_page.h"

#include "ui/bridge/entity_titles.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/filter_bar.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/kit/switch.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace ephor::ui::policies {

namespace {

constexpr std::array<std::uint64_t, 4> foundSpans{1, 7, 30, 90};
constexpr int usualSpan = 2;

int spanOf(std::uint64_t days)
{
    const auto found = std::ranges::find(foundSpans, days);
    return found == foundSpans.end() ? usualSpan : int(found - foundSpans.begin());
}

}

FoundPage::FoundPage(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(metrics::contentPadding, 0, metrics::contentPadding, metrics::contentPadding);
    rows->addWidget(makeList());
}

QWidget* FoundPage::makeList()
{
    auto* card = new Card({}, Card::Padding::none, this);
    m_bar = new FilterBar(tr("Words of a kind, place, agent or tool"), card);
    m_bar->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, 0);
    m_bar->field()->setKeyHint(QStringLiteral("/"));
    auto* filters = new QHBoxLayout;
    filters->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    filters->setSpacing(metrics::space8);
    m_days = new Segmented(tr("Over how long"), {tr("1 day"), tr("7 days"), tr("30 days"), tr("90 days")}, card);
    m_days->setCurrent(usualSpan);
    m_agent = new Select(tr("Agent"), card);
    m_agent->addItem(tr("Every agent"), QString());
    m_class = new Select(tr("Class"), card);
    m_class->addItem(tr("Every class"), QString());
    for (const QString& each : foundClasses())
        m_class->addItem(foundClassWords(each), each);
    m_weak = new Switch(tr("Dates, places and technical kinds too"), card);
    m_weak->setToolTip(
        tr("Where they were only counted: there are many of them in any text, and they drown the rest."));
    m_summary = new Label({}, TextStyle::small, Token::textSecondary, card);
    filters->addWidget(m_days);
    filters->addWidget(m_agent);
    filters->addWidget(m_class);
    filters->addWidget(m_weak);
    filters->addStretch(1);
    m_bar->addTrailing(m_summary);
    card->body()->addWidget(m_bar);
    card->body()->addLayout(filters);
    m_table = new DataTable(tr("What was found"), card);
    m_table->setColumns({{QStringLiteral("what"), 0, CellKind::strongText}, {QStringLiteral("where"), 160},
        {QStringLiteral("agent"), 140}, {QStringLiteral("tool"), 120, CellKind::mono},
        {QStringLiteral("action"), 136, CellKind::status}, {QStringLiteral("times"), 72, CellKind::number},
        {QStringLiteral("runs"), 64, CellKind::number}, {QStringLiteral("last"), 92, CellKind::secondaryText},
        {QStringLiteral("run"), 92, CellKind::link}});
    m_model = new CellsModel(foundTitles(), m_table);
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setFilterField(m_bar->field());
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    connect(m_table, &DataTable::rowOpened, this, &FoundPage::openRun);
    connect(m_table, &DataTable::linkActivated, this, &FoundPage::openRun);
    connect(m_bar, &FilterBar::changed, this, &FoundPage::readControls);
    connect(m_days, &Segmented::currentChanged, this, &FoundPage::readControls);
    for (Select* select : {m_agent, m_class})
        connect(select, &QComboBox::currentIndexChanged, this, &FoundPage::readControls);
    connect(m_weak, &Switch::toggled, this, &FoundPage::readControls);
    m_view = new LoadView(m_table, 8, card);
    connect(m_view, &LoadView::retryRequested, this, &FoundPage::load);
    card->setBody(m_view);
    return card;
}

void FoundPage::open(const Route& route)
{
    m_filter.words = route.query.value(QStringLiteral("q"));
    m_filter.agent = route.query.value(QStringLiteral("agent"));
    m_filter.entityClass = route.query.value(QStringLiteral("class"));
    m_filter.weak = route.query.contains(QStringLiteral("weak"));
    m_filter.days = foundSpans[std::size_t(spanOf(route.query.value(QStringLiteral("days")).toULongLong()))];
    m_isOpening = true;
    if (m_bar->field()->text() != m_filter.words)
        m_bar->field()->setText(m_filter.words);
    m_days->setCurrent(spanOf(m_filter.days));
    m_class->setCurrentIndex(std::max(0, m_class->findData(m_filter.entityClass)));
    m_weak->setChecked(m_filter.weak);
    fillAgents();
    m_isOpening = false;
    askTitles();
    load();
}

void FoundPage::askTitles()
{
    EntityTitles& titles = EntityTitles::of(m_screen.session());
    // A detector may have come since.
    if (m_asksTitles)
        return titles.load();
    m_asksTitles = true;
    connect(&titles, &EntityTitles::changed, this, &FoundPage::takeNames);
    m_names.known = titles.known();
}

Route FoundPage::withFilter(const Route& route) const
{
    return route.with(QStringLiteral("q"), m_filter.words)
        .with(QStringLiteral("agent"), m_filter.agent)
        .with(QStringLiteral("class"), m_filter.entityClass)
        .with(QStringLiteral("weak"), m_filter.weak ? QStringLiteral("1") : QString())
        .with(QStringLiteral("days"),
            m_filter.days == foundSpans[std::size_t(usualSpan)] ? QString() : QString::number(m_filter.days));
}

void FoundPage::readControls()
{
    if (m_isOpening)
        return;
    const FoundFilter before = m_filter;
    m_filter = {m_bar->text(), foundSpans[std::size_t(m_days->current())], m_agent->currentData().toString(),
        m_class->currentData().toString(), m_weak->isChecked()};
    if (m_filter == before)
        return;
    if (m_filter.days == before.days && m_filter.agent == before.agent) {
        show();
    } else {
        m_view->beginNew();
        load();
    }
    Q_EMIT moved();
}

void FoundPage::load()
{
    m_view->beginAgain();
    loadAgents();
    m_read.request<CountFindings>(this, m_screen.session(), {m_filter.days, utf8(m_filter.agent)},
        [this](Result<CountFindings::Response> answer) {
            if (!answer)
                return m_view->showError(answer.error());
            m_counts = std::move(answer->counts);
            m_isLoaded = true;
            fillAgents();
            show();
        });
}

void FoundPage::loadAgents()
{
    ListDefinitions::Request ask;
    ask.kind = DefinitionKind::Agent;
    ask.retired = true; // They were found things in before, too.
    m_readAgents.request<ListDefinitions>(
        this, m_screen.session(), ask, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return; // names then stand as they are stored
            for (const DefinitionSummary& agent : answer->definitions) {
                if (!agent.title.empty())
                    m_names.agents.insert(text(agent.name), text(agent.title));
            }
            takeNames();
        });
}

void FoundPage::takeNames()
{
    m_names.known = EntityTitles::of(m_screen.session()).known();
    fillAgents();
    show();
}

void FoundPage::fillAgents()
{
    const QSignalBlocker quiet(m_agent);
    QStringList names;
    for (int at = 1; at < m_agent->count(); ++at)
        names << m_agent->itemData(at).toString();
    for (const FindingCount& count : m_counts)
        names << text(count.agent);
    if (!m_filter.agent.isEmpty())
        names << m_filter.agent;
    names.removeDuplicates();
    const auto title = [this](const QString& name) { return m_names.agents.value(name, name); };
    std::ranges::sort(names, {}, title);
    m_agent->clear();
    m_agent->addItem(tr("Every agent"), QString());
    for (const QString& name : names)
        m_agent->addItem(title(name), name);
    m_agent->setCurrentIndex(std::max(0, m_agent->findData(m_filter.agent)));
    m_agent->updateGeometry();
}

void FoundPage::show()
{
    if (!m_isLoaded)
        return;
    auto rows = foundCells(m_counts, m_names, m_filter, m_screen.now());
    const bool isEmpty = rows.empty();
    m_bar->setCount(rows.size() == m_counts.size()
            ? numberText(rows.size())
            : tr("%1 of %2").arg(numberText(rows.size()), numberText(m_counts.size())));
    showWeak();
    m_summary->setText(m_counts.empty() ? QString() : foundSummary(m_counts, m_filter.days));
    m_model->setRows(std::move(rows));
    if (m_counts.empty()) {
        auto* none = new EmptyState(EmptyState::Kind::firstUse, tr("Nothing was found in this time"),
            tr("Every text of a run is looked through: what callers send, what goes to models and tools and comes "
               "back, and the answer. What is found is counted here, by kind and place; the values are kept nowhere. "
               "Try a text on a protection to see what it would find."),
            tr("Open the protections"));
        connect(none, &EmptyState::actionTriggered, this, &FoundPage::tryWanted);
        return m_view->showInstead(none, m_screen.now());
    }
    if (isEmpty) {
        auto* none = new EmptyState(EmptyState::Kind::noResults, tr("Nothing fits"),
            tr("Nothing that was found fits these words and this class."), tr("Show all"));
        connect(none, &EmptyState::actionTriggered, this, [this] {
            m_class->setCurrentIndex(0);
            m_weak->setChecked(true);
            m_bar->field()->clear();
        });
        return m_view->showInstead(none, m_screen.now());
    }
    m_view->showContent(m_screen.now());
}

void FoundPage::showWeak()
{
    const std::size_t weak = weakRows(m_counts, m_names, m_filter);
    m_weak->setText(weak == 0 ? tr("Dates, places and technical kinds too")
                              : tr("Dates, places and technical kinds too (%1)").arg(weak));
    m_weak->updateGeometry();
}

void FoundPage::openRun(const QModelIndex& index)
{
    const QVariant key = m_model->keyAt(index.row());
    if (!key.isValid())
        return;
    const QString run = text(m_counts[std::size_t(key.toULongLong())].lastRun);
    if (!run.isEmpty())
        Q_EMIT navigate(routes::run(run));
}

void FoundPage::focusSearch()
{
    m_bar->field()->setFocus(Qt::ShortcutFocusReason);
    m_bar->field()->selectAll();
}

}
