#include "ui/screens/assurance/assurance_screen.h"

#include "core/api/insight.h"
#include "core/api/people.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/screens/assurance/entry_pane.h"
#include "ui/screens/assurance/integrity_card.h"
#include "ui/screens/assurance/record_dialogs.h"
#include "ui/screens/assurance/record_list.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QShortcut>
#include <QVBoxLayout>

namespace ephor::ui {

using namespace assurance;

namespace {

/// The record grows with every call; faster than this nobody reads it.
constexpr int recordRefreshMilliseconds = 2'000;
constexpr int paneWidth = 340;
constexpr int widestPane = 460;

}

AssuranceScreen::AssuranceScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_paced(recordRefreshMilliseconds, [this] { loadStatus(); })
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    m_integrity = new IntegrityCard(this);
    m_integrity->setRefusal(refusal());
    rows->addWidget(m_integrity);
    rows->addWidget(makeQueryRow());
    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::gap);
    m_list = new RecordList(session(), context.now, this);
    m_list->setFilterField(m_query->field());
    setFocusProxy(m_list->table());
    columns->addWidget(m_list, 5);
    makePane();
    columns->addWidget(m_paneView, 2);
    rows->addLayout(columns, 1);

    connect(m_integrity, &IntegrityCard::verifyRequested, this, &AssuranceScreen::verify);
    connect(m_integrity, &IntegrityCard::signRequested, this, &AssuranceScreen::signHead);
    connect(m_integrity, &IntegrityCard::exportRequested, this, &AssuranceScreen::exportRecord);
    connect(m_integrity, &IntegrityCard::faultOpened, this, &AssuranceScreen::select);
    connect(m_list, &RecordList::entrySelected, this, &AssuranceScreen::select);
    connect(m_list, &RecordList::entryOpened, this, [this](quint64 entry) {
        select(entry);
        m_pane->takeFocus();
    });
    connect(m_list, &RecordList::runOpened, this, [this](const QString& run) { Q_EMIT navigate(routes::run(run)); });
    connect(m_list, &RecordList::goToEntryRequested, this, &AssuranceScreen::goToEntry);
    connect(m_list, &RecordList::clearRequested, this, [this] { setTokens({}); });
    connect(m_list, &RecordList::beforeWanted, this, [this](quint64 before) {
        std::vector<Filter> tokens = m_tokens;
        std::erase_if(tokens, [](const Filter& token) { return token.key == QStringLiteral("before"); });
        tokens.push_back({QStringLiteral("before"), QString::number(before)});
        setTokens(tokens);
    });
}

QWidget* AssuranceScreen::makeQueryRow()
{
    m_query = new FilterBar(
        tr("Person, agent, tool, kind, run, change, #entry, or kind:permit op:changes. time:today"), this);
    m_query->setKnownKeys(recordKeys());
    m_query->addTrailing(makeReadyButton());
    connect(m_query, &FilterBar::changed, this, &AssuranceScreen::queryChanged);
    connect(m_query->field(), &QLineEdit::returnPressed, this, &AssuranceScreen::typed);
    return m_query;
}

QWidget* AssuranceScreen::makeReadyButton()
{
    auto* button = new Button(tr("Queries"), Button::Role::secondary, m_query);
    button->setGlyph(Icon::filter);
    auto* menu = new QMenu(button);
    for (const ReadyQuery& query : readyQueries())
        menu->addAction(query.title, this, [this, tokens = query.tokens] { setTokens(tokens); });
    menu->addSeparator();
    QMenu* kinds = menu->addMenu(tr("Kind"));
    for (const QString& kind : recordKinds())
        kinds->addAction(
            entryKindWords(utf8(kind)), this, [this, kind] { setTokens({{QStringLiteral("kind"), kind}}); });
    button->setMenu(menu);
    return button;
}

void AssuranceScreen::makePane()
{
    m_pane = new EntryPane;
    m_pane->setRefusal(refusal());
    m_paneView = new LoadView(m_pane, 10, this);
    m_paneView->setMinimumWidth(paneWidth);
    m_paneView->setMaximumWidth(widestPane);
    connect(m_paneView, &LoadView::retryRequested, this, &AssuranceScreen::loadEntry);
    connect(m_pane, &EntryPane::routeOpened, this, &AssuranceScreen::navigate);
    connect(m_pane, &EntryPane::saveRequested, this, &AssuranceScreen::saveProof);
    connect(m_pane, &DetailPane::previousRequested, this, [this] { m_list->selectNeighbour(-1); });
    connect(m_pane, &DetailPane::nextRequested, this, [this] { m_list->selectNeighbour(1); });
    closeEntry();
}

QString AssuranceScreen::refusal() const
{
    return session().may(Permission::ReadRecord)
        ? QString()
        : tr("Needs the right to read the record. Ask a governance officer, an auditor or an administrator.");
}

QString AssuranceScreen::helpText() const
{
    return tr(
        "The record holds every change, every call of an agent and every decision of a person, in order. The line "
        "at the top says how far it is proved to be whole. Type a name, a kind, a run or #123 to find entries; "
        "choose one to see its proof, and save it for somebody outside.");
}

QList<Command> AssuranceScreen::commands()
{
    const QString why = refusal();
    const QString group = tr("Record");
    const auto command = [&](const QString& id, const QString& action, auto act, const QKeySequence& keys, Icon icon) {
        Command made{id, group, action, [this, act] { (this->*act)(); }, keys, icon};
        made.enabled = why.isEmpty();
        made.whyNot = why;
        return made;
    };
    return {
        command(QStringLiteral("record.verify"), tr("Verify now"), &AssuranceScreen::verify, {}, Icon::refresh),
        command(QStringLiteral("record.sign"), tr("Sign head now"), &AssuranceScreen::signHead, {}, Icon::seal),
        command(QStringLiteral("record.export"), tr("Export the record"), &AssuranceScreen::exportRecord, {},
            Icon::exportDown),
        command(QStringLiteral("record.go-to"), tr("Go to entry"), &AssuranceScreen::goToEntry,
            QKeySequence(Qt::CTRL | Qt::Key_G), Icon::assurance),
    };
}

void AssuranceScreen::focusSearch()
{
    m_query->field()->setFocus(Qt::ShortcutFocusReason);
    m_query->field()->selectAll();
}

void AssuranceScreen::open(const Route& route)
{
    std::vector<Filter> tokens = tokensOf(route);
    const bool sameQuery = m_isOpen && tokens == m_tokens;
    bool isNumber = false;
    const qulonglong entry = route.at(1).toULongLong(&isNumber);
    if (!m_isOpen)
        loadActors();
    m_choosesNewest = !m_isOpen && !isNumber && tokens.empty();
    m_isOpen = true;
    loadStatus();
    if (!sameQuery) {
        m_tokens = std::move(tokens);
        m_query->setFilters(m_tokens);
        applyTokens();
    }
    if (isNumber) {
        m_list->select(entry);
        m_entry = entry;
        loadEntry();
    } else if (m_entry) {
        m_list->select({});
        closeEntry();
    }
}

void AssuranceScreen::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Record, Topic::Workspace}))
        m_paced.want();
    if (touches(topics, {Topic::People, Topic::Definitions}))
        loadActors();
}

void AssuranceScreen::loadActors()
{
    const auto add = [this](const std::string& id, const std::string& name) {
        const KnownActor actor{text(name), text(id)};
        std::erase_if(m_actors, [&](const KnownActor& one) { return one.id == actor.id; });
        m_actors.push_back(actor);
    };
    // Names only help typing: without them ids still work, so that a failure needs no word.
    request<ListPeople>(this, session(), {}, [this, add](Result<ListPeople::Response> answer) {
        for (const Person& person : answer ? answer->people : std::vector<Person>())
            add(person.id, person.name);
        actorsArrived();
    });
    request<ListDefinitions>(
        this, session(), {DefinitionKind::Agent, true}, [this, add](Result<ListDefinitions::Response> answer) {
            for (const DefinitionSummary& agent : answer ? answer->definitions : std::vector<DefinitionSummary>())
                add("agent:" + agent.name, agent.title.empty() ? agent.name : agent.title);
            actorsArrived();
        });
}

void AssuranceScreen::actorsArrived()
{
    m_list->setActors(m_actors);
    // The query waited for both lists, as any name may stand in either.
    if (m_actorListsMissing == 0 || --m_actorListsMissing > 0)
        return;
    const bool named = std::any_of(
        m_tokens.begin(), m_tokens.end(), [](const Filter& token) { return token.key == QStringLiteral("actor"); });
    if (named)
        applyTokens();
}

QString AssuranceScreen::actorName(const std::string& id) const
{
    const auto found
        = std::find_if(m_actors.begin(), m_actors.end(), [&](const KnownActor& one) { return one.id == text(id); });
    return found == m_actors.end() ? text(id) : found->name;
}

void AssuranceScreen::loadStatus()
{
    m_statusAsked.request<RecordState>(this, session(), {}, [this](Result<RecordStatus> answer) {
        if (!answer) {
            m_integrity->setUnknown(errorLine(answer.error()));
            return;
        }
        m_status = *answer;
        m_integrity->setWords(integrityWords(m_status, now()));
        if (!refusal().isEmpty())
            return;
        m_list->setRecordSize(m_status.size);
        if (std::exchange(m_choosesNewest, false))
            chooseNewest();
    });
}

void AssuranceScreen::chooseNewest()
{
    // The newest that a head covers: proving a newer one would sign a head just because somebody looked.
    const std::uint64_t proved = std::min(m_status.headSize, m_status.size);
    if (m_entry || proved == 0 || !m_tokens.empty())
        return;
    select(proved - 1);
    m_list->mark(proved - 1);
}

void AssuranceScreen::queryChanged()
{
    if (m_query->filters() != m_tokens)
        setTokens(m_query->filters());
}

void AssuranceScreen::typed()
{
    const TypedWords words = understood(m_query->text(), m_actors);
    if (words.entry) {
        m_query->field()->clear();
        select(*words.entry);
        m_list->select(m_entry);
    } else if (words.token) {
        m_query->field()->clear();
        std::vector<Filter> tokens = m_query->filters();
        std::erase_if(tokens, [&](const Filter& one) { return one.key == words.token->key; });
        tokens.push_back(*words.token);
        setTokens(tokens);
    }
}

void AssuranceScreen::setTokens(const std::vector<Filter>& tokens)
{
    // By way of the route, so that what is shown and what a copied link shows are the same.
    m_tokens = tokensOf(recordRoute(tokens));
    m_query->setFilters(m_tokens);
    applyTokens();
    tellRoute();
}

void AssuranceScreen::applyTokens()
{
    if (!refusal().isEmpty()) {
        m_list->hide();
        return;
    }
    // A name can only be read once the names are known; the list begins when they are.
    const bool waits = m_actorListsMissing > 0
        && std::any_of(m_tokens.begin(), m_tokens.end(),
            [](const Filter& token) { return token.key == QStringLiteral("actor") && !token.value.contains(u':'); });
    if (!waits)
        m_list->setAsk(askOf(m_tokens, m_actors, now()));
}

void AssuranceScreen::tellRoute()
{
    Q_EMIT routeChanged(recordRoute(m_tokens, m_entry));
}

void AssuranceScreen::select(std::uint64_t entry)
{
    if (m_entry == entry && m_paneView->isShowingContent())
        return;
    m_entry = entry;
    loadEntry();
    tellRoute();
}

void AssuranceScreen::closeEntry()
{
    m_entry.reset();
    m_entryAsked.cancel();
    const bool may = refusal().isEmpty();
    auto* empty = may ? new EmptyState(EmptyState::Kind::cleared, tr("Choose an entry"),
                            tr("Its facts, what in it is sealed, and its proof up to the signed head appear here."))
                      : new EmptyState(EmptyState::Kind::noPermission, tr("The record is not open to you"), refusal());
    auto* card = new Card({}, Card::Padding::none);
    card->setBody(empty);
    m_paneView->showInstead(card, now());
}

void AssuranceScreen::loadEntry()
{
    if (!m_entry || !refusal().isEmpty())
        return;
    const std::uint64_t entry = *m_entry;
    if (!m_paneView->isShowingContent() || m_pane->entry().row.index != entry)
        m_paneView->beginNew();
    m_entryAsked.request<GetEntry>(
        this, session(), {.index = entry, .id = {}}, [this](Result<GetEntry::Response> answer) {
            if (!answer) {
                m_paneView->showError(answer.error());
                return;
            }
            const auto head = readHead(answer->head);
            const bool isNewestHead = head && head->size == m_status.headSize;
            if (answer->row.actorName.empty() || answer->row.actorName == answer->row.actor)
                answer->row.actorName = utf8(actorName(answer->row.actor));
            m_pane->setEntry(*answer, m_keys, isNewestHead ? clockTime(m_status.headAt) : QString());
            m_paneView->showContent(now());
            if (m_keys.isEmpty())
                loadKeys(answer->row.index);
        });
}

void AssuranceScreen::loadKeys(std::uint64_t entry)
{
    request<ProveEntry>(this, session(), {entry}, [this](Result<ProveEntry::Response> answer) {
        // Without keys the command says where to put one; saving the proof tells the error.
        if (!answer || answer->keys.empty())
            return;
        for (const std::string& key : answer->keys)
            m_keys << text(key);
        m_keys.removeDuplicates();
        loadEntry();
    });
}

void AssuranceScreen::goToEntry()
{
    auto* dialog = new GoToDialog(m_status.size, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &GoToDialog::chosen, this, [this](quint64 entry) {
        select(entry);
        m_list->select(entry);
    });
    dialog->open();
}

Screen* makeAssuranceScreen(ScreenContext& context, QWidget* parent)
{
    return new AssuranceScreen(context, parent);
}

}
