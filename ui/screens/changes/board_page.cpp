#include "ui/screens/changes/board_page.h"

#include "core/domain/reflect.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/screens/changes/board_view.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::changes {

namespace {

/// Cards a column shows; older ones are in the list.
constexpr std::size_t mostCards = 30;
/// Changes asked for at once: a board of more than these cannot be read.
constexpr std::uint64_t pageOfChanges = 500;

void choose(Select* select, const QVariant& value)
{
    const QSignalBlocker quiet(select);
    const int at = select->findData(value);
    select->setCurrentIndex(at < 0 ? 0 : at);
}

}

BoardPage::BoardPage(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeBar());
    m_load = new LoadView(makeContent(), 8, this);
    rows->addWidget(m_load, 1);
    connect(m_load, &LoadView::retryRequested, this, &BoardPage::load);
}

QWidget* BoardPage::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    m_search = new SearchField(tr("Filter changes"), bar);
    m_search->setKeyHint(QStringLiteral("/"));
    m_search->setMaximumWidth(240);
    m_agent = new Select(tr("Agent"), bar);
    m_agent->addItem(tr("All agents"), QString());
    m_state = new Select(tr("State"), bar);
    m_state->addItem(tr("All states"), -1);
    for (int at = 0; at <= int(ChangeState::Withdrawn); ++at)
        m_state->addItem(stateOf(ChangeState(at)).words, at);
    m_whose = new Segmented(tr("Whose changes"), {tr("Everybody\u2019s"), tr("Mine")}, bar);
    m_shape = new Segmented(tr("Shown as"), {tr("Board"), tr("List")}, bar);
    m_count = new Label({}, TextStyle::small, Token::textMuted, bar);
    m_new = new Button(tr("New change"), Button::Role::primary, bar);
    m_new->setGlyph(Icon::plus);
    permit(m_new, m_screen.session(), Permission::EditDefinitions, tr("Draft a change of one agent"));
    row->addWidget(m_search, 1);
    row->addWidget(m_agent);
    row->addWidget(m_state);
    row->addWidget(m_whose);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(m_shape);
    row->addWidget(m_new);
    connect(m_search, &SearchField::searchChanged, this, &BoardPage::readControls);
    connect(m_agent, &QComboBox::currentIndexChanged, this, &BoardPage::readControls);
    connect(m_state, &QComboBox::currentIndexChanged, this, &BoardPage::readControls);
    connect(m_whose, &Segmented::currentChanged, this, &BoardPage::readControls);
    connect(m_shape, &Segmented::currentChanged, this, &BoardPage::readControls);
    connect(m_new, &QAbstractButton::clicked, this, [this] { Q_EMIT newChangeWanted(m_filter.agent); });
    return bar;
}

QWidget* BoardPage::makeContent()
{
    auto* content = new QWidget(this);
    m_stack = new QStackedLayout(content);
    m_board = new BoardView(content);
    auto* page = new QWidget(content);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space8);
    auto* card = new Card({}, Card::Padding::none, page);
    m_rows = new CellsModel(listTitles(), this);
    m_table = new DataTable(tr("Changes"), card);
    m_table->setModel(m_rows);
    m_table->setColumns({{QStringLiteral("id"), 84, CellKind::mono}, {QStringLiteral("title"), 0, CellKind::strongText},
        {QStringLiteral("agent"), 150}, {QStringLiteral("state"), 120, CellKind::status},
        {QStringLiteral("progress"), 164, CellKind::secondaryText}, {QStringLiteral("author"), 124},
        {QStringLiteral("release"), 72}, {QStringLiteral("moved"), 88, CellKind::secondaryText}});
    m_table->setFilterField(m_search);
    m_older = new LinkLabel(tr("Show older ones"), page);
    card->setBody(m_table);
    rows->addWidget(card, 1);
    rows->addWidget(m_older, 0, Qt::AlignLeft);
    m_stack->addWidget(m_board);
    m_stack->addWidget(page);
    connect(m_board, &BoardView::opened, this, &BoardPage::changeOpened);
    connect(m_board, &BoardView::moreWanted, this, [this](int column) {
        ChangeFilter filter = m_filter;
        filter.state = boardStates[std::size_t(column)];
        choose(m_state, int(*filter.state));
        take(filter, View::list);
    });
    connect(m_table, &DataTable::rowOpened, this,
        [this](const QModelIndex& at) { Q_EMIT changeOpened(m_rows->keyAt(at.row()).toString()); });
    connect(m_table, &QAbstractItemView::clicked, this,
        [this](const QModelIndex& at) { Q_EMIT changeOpened(m_rows->keyAt(at.row()).toString()); });
    connect(m_older, &QAbstractButton::clicked, this, &BoardPage::loadMore);
    return content;
}

void BoardPage::open(const Route& route)
{
    ChangeFilter filter;
    filter.agent = route.query.value(QStringLiteral("agent"));
    if (const auto state = enumeratorFrom<ChangeState>(utf8(route.query.value(QStringLiteral("state")))))
        filter.state = *state;
    filter.whose = route.query.contains(QStringLiteral("mine")) ? Whose::mine : Whose::everybody;
    filter.words = route.query.value(QStringLiteral("q"));
    const View view = route.query.value(QStringLiteral("view")) == QStringLiteral("list") ? View::list : View::board;
    if (!m_isAsked) {
        m_isAsked = true;
        m_filter = filter;
        m_view = view;
        loadAgents();
    }
    const bool isOther = filter.agent != m_filter.agent || filter.state != m_filter.state;
    m_filter = filter;
    m_view = view;
    const QSignalBlocker quietWords(m_search);
    const QSignalBlocker quietWhose(m_whose);
    const QSignalBlocker quietShape(m_shape);
    m_search->setText(filter.words);
    m_whose->setCurrent(int(filter.whose));
    m_shape->setCurrent(int(view));
    if (m_agent->findData(filter.agent) < 0)
        m_agent->addItem(filter.agent, filter.agent);
    choose(m_agent, filter.agent);
    choose(m_state, filter.state ? int(*filter.state) : -1);
    if (isOther)
        m_load->beginNew();
    load();
}

Route BoardPage::route() const
{
    Route route{QStringLiteral("changes")};
    route = route.with(QStringLiteral("agent"), m_filter.agent);
    route = route.with(QStringLiteral("state"), m_filter.state ? text(wordOf(*m_filter.state)) : QString());
    route = route.with(QStringLiteral("mine"), m_filter.whose == Whose::mine ? QStringLiteral("1") : QString());
    route = route.with(QStringLiteral("q"), m_filter.words);
    return route.with(QStringLiteral("view"), m_view == View::list ? QStringLiteral("list") : QString());
}

void BoardPage::readControls()
{
    ChangeFilter filter;
    filter.agent = m_agent->currentData().toString();
    if (const int state = m_state->currentData().toInt(); state >= 0)
        filter.state = ChangeState(state);
    filter.whose = Whose(m_whose->current());
    filter.words = m_search->text().trimmed();
    take(filter, View(m_shape->current()));
}

void BoardPage::take(const ChangeFilter& filter, View view)
{
    const bool isOther = filter.agent != m_filter.agent || filter.state != m_filter.state;
    m_filter = filter;
    m_view = view;
    {
        const QSignalBlocker quiet(m_shape);
        m_shape->setCurrent(int(view));
    }
    Q_EMIT moved();
    if (isOther) {
        m_load->beginNew();
        load();
    } else {
        show();
    }
}

void BoardPage::load()
{
    m_load->beginAgain();
    ListChanges::Request ask;
    ask.agent = utf8(m_filter.agent);
    ask.state = m_filter.state;
    ask.page.limit = pageOfChanges;
    m_more.cancel();
    m_list.request<ListChanges>(this, m_screen.session(), std::move(ask), [this](Result<ListChanges::Response> answer) {
        if (!answer)
            return m_load->showError(answer.error());
        m_changes = std::move(answer->changes);
        m_next = answer->page.next;
        show();
    });
}

void BoardPage::loadMore()
{
    ListChanges::Request ask;
    ask.agent = utf8(m_filter.agent);
    ask.state = m_filter.state;
    ask.page.limit = pageOfChanges;
    ask.page.cursor = m_next;
    m_older->setEnabled(false);
    m_more.request<ListChanges>(this, m_screen.session(), std::move(ask), [this](Result<ListChanges::Response> answer) {
        m_older->setEnabled(true);
        if (!answer)
            return m_load->showError(answer.error());
        std::ranges::move(answer->changes, std::back_inserter(m_changes));
        m_next = answer->page.next;
        show();
    });
}

void BoardPage::show()
{
    const std::vector<ChangeSummary> fit = fitting(m_changes, m_filter, m_screen.session().principal());
    m_count->setText(fit.size() == m_changes.size()
            ? fit.size() == 1 ? tr("1 change") : tr("%1 changes").arg(numberText(fit.size()))
            : tr("%1 of %2").arg(numberText(fit.size()), numberText(m_changes.size())));
    if (fit.empty())
        return showEmpty();
    const QDateTime now = m_screen.now();
    if (m_view == View::board)
        m_board->setColumns(boardColumns(fit, now, mostCards));
    else
        m_rows->setRows(listRows(fit, now));
    m_older->setVisible(!m_next.empty());
    m_stack->setCurrentIndex(int(m_view));
    m_load->showContent(now);
}

void BoardPage::showEmpty()
{
    const bool isNarrowed = m_filter != ChangeFilter{};
    const bool may = m_screen.session().may(Permission::EditDefinitions);
    auto* empty = isNarrowed
        ? new EmptyState(EmptyState::Kind::noResults, tr("No change fits"),
              tr("No change has this agent, state, author and these words together."), tr("Show all changes"))
        : new EmptyState(EmptyState::Kind::firstUse, tr("No changes yet"),
              tr("Prompts, models, tools and permissions reach traffic by a change: checks, approvals, then a rollout "
                 "in "
                 "steps."),
              may ? tr("New change") : QString());
    connect(empty, &EmptyState::actionTriggered, this, [this, isNarrowed] {
        if (isNarrowed)
            open(Route{QStringLiteral("changes")}.with(
                QStringLiteral("view"), m_view == View::list ? QStringLiteral("list") : QString()));
        else
            Q_EMIT newChangeWanted({});
        if (isNarrowed)
            Q_EMIT moved();
    });
    m_load->showInstead(empty, m_screen.now());
}

void BoardPage::loadAgents()
{
    ListDefinitions::Request ask;
    ask.kind = DefinitionKind::Agent;
    request<ListDefinitions>(this, m_screen.session(), ask, [this](Result<ListDefinitions::Response> answer) {
        if (!answer)
            return; // the choice then offers all agents only, which is what is shown
        const QSignalBlocker quiet(m_agent);
        for (const DefinitionSummary& agent : answer->definitions) {
            const QString name = text(agent.name);
            const int at = m_agent->findData(name);
            if (at >= 0)
                m_agent->setItemText(at, text(agent.title));
            else
                m_agent->addItem(text(agent.title), name);
        }
        choose(m_agent, m_filter.agent);
    });
}

void BoardPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

}
