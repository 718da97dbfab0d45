#include "ui/shell/workbench.h"

#include "core/api/definitions.h"
#include "core/api/insight.h"
#include "ui/bridge/team_titles.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/command_palette.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/header_bar.h"
#include "ui/kit/shell_parts.h"
#include "ui/kit/theme.h"
#include "ui/kit/time_range_picker.h"
#include "ui/shell/command_registry.h"
#include "ui/shell/notice_centre.h"
#include "ui/shell/palette_feed.h"
#include "ui/shell/placeholder_screen.h"
#include "ui/shell/presenter_panel.h"
#include "ui/shell/status_feed.h"
#include "ui/shell/stop_dialog.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui {

Workbench::Workbench(
    std::shared_ptr<Backend> backend, std::string credential, SessionInfo info, Settings settings, QWidget* parent)
    : QWidget(parent)
    , m_settings(std::move(settings))
    , m_session(std::make_unique<Session>(std::move(backend), std::move(credential), std::move(info)))
    , m_events(std::make_unique<EventHub>(*m_session))
    , m_jobs(std::make_unique<JobCentre>())
    , m_context(std::make_unique<ScreenContext>(ScreenContext{*m_session, *m_events, *m_jobs, m_settings.now}))
{
    build();
    connectShell();
    makeCommands();
    showStrip();
    showPerson();
    askInbox();
    askStops();
}

Workbench::~Workbench()
{
    // Screens use the context, so they go before it.
    for (auto& [place, kept] : m_screens)
        delete kept.screen;
    delete m_presenter;
    delete m_paletteFeed;
    delete m_status;
}

void Workbench::build()
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins({});
    rows->setSpacing(0);
    m_strip = new EnvironmentStrip(this);
    rows->addWidget(m_strip);
    m_sides = new QHBoxLayout;
    m_sides->setSpacing(0);
    rows->addLayout(m_sides, 1);
    m_rail = new NavRail(this);
    m_rail->setBrand(QStringLiteral("Ephor"));
    std::vector<NavRail::Place> rail;
    for (const Place& place : places())
        rail.push_back({place.id, place.title, place.icon});
    m_rail->setPlaces(std::move(rail));
    m_sides->addWidget(m_rail);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(0);
    m_sides->addLayout(middle, 1);
    m_header = new HeaderBar(this);
    m_header->timeRange()->setRange(m_range);
    middle->addWidget(m_header);
    m_stack = new QStackedWidget(this);
    middle->addWidget(m_stack, 1);
    m_bar = new StatusBar(this);
    rows->addWidget(m_bar);
    m_notices = new NoticeCentre(this);
    m_commands = new CommandRegistry(this);
    m_status = new StatusFeed(*m_session, *m_events, *m_jobs, m_settings.now, *m_bar, m_settings.where);
    m_palette = new CommandPalette(this);
    m_paletteFeed = new PaletteFeed(*m_session, *m_commands, *m_palette);
}

void Workbench::connectShell()
{
    connect(m_session.get(), &Session::ended, this, &Workbench::ended);
    // The header measured its title in the old type scale.
    connect(&Theme::instance(), &Theme::themeChanged, this, [this] {
        if (m_screen)
            showHeader();
    });
    connect(m_session.get(), &Session::infoChanged, this, [this] {
        showStrip();
        showPerson();
    });
    connect(m_events.get(), &EventHub::changed, this, &Workbench::hear);
    connect(m_events.get(), &EventHub::connectedChanged, this, &Workbench::showCutOff);
    connect(m_session.get(), &Session::reachableChanged, this, [this](bool reachable) {
        m_isReachable = reachable;
        showCutOff();
    });
    connect(m_jobs.get(), &JobCentre::finished, this, [this](Notice notice) {
        notice.at = m_settings.now();
        m_notices->add(notice);
    });
    connect(m_rail, &NavRail::placeChosen, this, [this](const QString& place) { navigate({place, {}, {}, {}}); });
    connect(m_rail, &NavRail::personMenuRequested, this, &Workbench::offerPersonas);
    connect(m_header, &HeaderBar::backRequested, this, &Workbench::back);
    connect(m_header, &HeaderBar::searchRequested, this, [this] { openPalette(); });
    connect(m_header, &HeaderBar::stopRequested, this, &Workbench::openStop);
    connect(m_header, &HeaderBar::liveToggled, this, &Workbench::setLive);
    connect(m_header, &HeaderBar::crumbClicked, this, [this](int at) {
        const QList<Crumb> crumbs = m_screen->crumbs();
        if (at >= 0 && at < crumbs.size())
            navigate(crumbs[at].route);
    });
    connect(m_header->timeRange(), &TimeRangePicker::rangeChanged, this, &Workbench::setRange);
    connect(m_header->scopeButton(), &QAbstractButton::clicked, this, &Workbench::showScopeMenu);
    connect(m_header->bell(), &QAbstractButton::clicked, this, &Workbench::showNotices);
    connect(m_notices, &NoticeCentre::changed, this, [this] { m_header->setNotificationCount(m_notices->unread()); });
    connect(m_notices, &NoticeCentre::opened, this, [this](const QString& route) { navigate(Route::parse(route)); });
    connect(m_paletteFeed, &PaletteFeed::routeChosen, this, &Workbench::navigate);
    connect(m_commands, &CommandRegistry::refused, this, [this](const QString& why) {
        Notice notice;
        notice.state = State::denied;
        notice.title = tr("Not possible now");
        notice.text = why;
        notice.at = m_settings.now();
        m_notices->add(notice);
    });
    connect(m_bar, &StatusBar::cellClicked, this, [this](const QString& cell) {
        if (cell == QStringLiteral("record"))
            navigate(Route::parse(QStringLiteral("assurance/record")));
        else if (cell == QStringLiteral("jobs"))
            showJobs();
    });
    connect(m_status, &StatusFeed::recordFaulty, this, [this](const RecordStatus& status) {
        Notice notice;
        notice.id = QStringLiteral("record-fault");
        notice.state = State::failed;
        notice.title = tr("The record does not verify");
        notice.text = text(status.fault);
        notice.route = QStringLiteral("assurance/record");
        notice.action = tr("Open");
        notice.at = m_settings.now();
        m_notices->add(notice);
    });
}

void Workbench::showStrip()
{
    const SessionInfo& info = m_session->info();
    using Environment = EnvironmentStrip::Environment;
    m_strip->setEnvironment(info.environment == "production" ? Environment::production
            : info.environment == "staging"                  ? Environment::staging
                                                             : Environment::development);
    m_strip->setWorkspace(text(info.workspaceName));
    QStringList notices;
    if (info.embedded)
        notices << tr("Embedded workspace: its owner could alter roles and keys");
    if (!info.fourEyes)
        notices << tr("Four eyes not yet possible");
    m_strip->setNotice(notices.join(QStringLiteral(" · ")));
    m_strip->setSimulation(info.demo ? EnvironmentStrip::Simulation::on : EnvironmentStrip::Simulation::off,
        info.demo ? tr("Demo models and traffic") : QString());
}

void Workbench::showPerson()
{
    const Principal& person = m_session->info().principal;
    m_rail->setPerson(text(person.name), roleWords(person.roles));
}

Screen* Workbench::screenOf(const QString& place)
{
    if (const auto known = m_screens.find(place); known != m_screens.end())
        return known->second.screen;
    const auto factory = m_settings.screens.find(place);
    Screen* made = factory != m_settings.screens.end() ? factory->second(*m_context, m_stack)
                                                       : new PlaceholderScreen(*m_context, *findPlace(place), m_stack);
    adopt(made, place);
    return made;
}

void Workbench::adopt(Screen* screen, const QString& place)
{
    m_screens[place].screen = screen;
    m_stack->addWidget(screen);
    screen->setTimeRange(m_range);
    connect(screen, &Screen::navigate, this, &Workbench::navigate);
    connect(screen, &Screen::routeChanged, this, [this, screen](const Route& route) {
        if (screen != m_screen)
            return;
        m_history.replace(route);
        Q_EMIT routeMoved(route);
    });
    connect(screen, &Screen::titleChanged, this, [this, screen] {
        if (screen == m_screen)
            showHeader();
    });
    connect(screen, &Screen::commandsChanged, this, [this, screen] {
        if (screen == m_screen)
            m_commands->setLocal(screen->commands());
    });
    connect(screen, &Screen::notify, this, [this](Notice notice) {
        if (!notice.at.isValid())
            notice.at = m_settings.now();
        m_notices->add(notice);
    });
    connect(screen, &Screen::timeRangeWanted, this, &Workbench::setRange);
}

void Workbench::leave(std::function<void()> go)
{
    if (!hasUnsavedWork()) {
        go();
        return;
    }
    ConfirmDialog::Question question;
    question.title = tr("Leave without saving?");
    question.text = tr("What you typed on this page is not saved.");
    question.action = tr("Leave");
    question.role = Button::Role::danger;
    auto* dialog = new ConfirmDialog(question, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [go = std::move(go)] { go(); });
    dialog->open();
}

void Workbench::navigate(const Route& route)
{
    const Route wanted = findPlace(route.place) ? route : routes::home();
    // Within a place the screen itself knows whether the move loses anything.
    const auto go = [this, wanted] {
        m_history.visit(wanted);
        showRoute(wanted);
    };
    if (wanted.place == m_place)
        go();
    else
        leave(go);
}

void Workbench::showRoute(const Route& route)
{
    if (const auto range = parseTimeRange(route.query.value(QStringLiteral("range")), m_settings.now()))
        setRange(*range);
    m_screen = screenOf(route.place);
    m_place = route.place;
    m_rail->setCurrent(route.place);
    m_screen->setTimeRange(m_range);
    // Hiding the page that has the focus would hand it to whatever comes next in the chain.
    if (m_stack->currentWidget() != m_screen)
        m_stack->setFocus(Qt::OtherFocusReason);
    m_stack->setCurrentWidget(m_screen);
    m_screen->open(route);
    if (TopicSet missed = std::exchange(m_screens[route.place].missed, {}); !missed.empty() && m_header->isLive())
        m_screen->refresh(missed);
    m_commands->setLocal(m_screen->commands());
    showHeader();
    // The next Tab leads into the page, and its keys work at once; a field the page chose keeps the focus.
    if (const QWidget* focus = focusWidget(); !focus || !m_screen->isAncestorOf(focus))
        m_screen->setFocus(Qt::OtherFocusReason);
    Q_EMIT routeMoved(route);
}

void Workbench::showHeader()
{
    QStringList crumbs;
    for (const Crumb& crumb : m_screen->crumbs())
        crumbs << crumb.title;
    m_header->setTitle(m_screen->title(), crumbs);
    m_header->setScope(m_screen->scopeText());
    m_header->setTimeRangeVisible(m_screen->usesTimeRange());
    setWindowTitle(m_screen->title());
}

void Workbench::setRange(const TimeRange& range)
{
    m_range = range;
    m_header->timeRange()->setRange(range);
    if (m_screen)
        m_screen->setTimeRange(range);
}

void Workbench::showCutOff()
{
    QString why;
    if (!m_isReachable)
        why = tr("No answer from the %1: the page shows what was known last.").arg(m_settings.where);
    else if (!m_events->isConnected())
        why = tr("Connecting again to the %1: changes are not heard of meanwhile.").arg(m_settings.where);
    m_header->setCutOff(why);
}

void Workbench::setLive(bool live)
{
    if (!live || !m_screen)
        return;
    if (TopicSet missed = std::exchange(m_screens[m_place].missed, {}); !missed.empty())
        m_screen->refresh(missed);
}

void Workbench::hear(const TopicSet& topics)
{
    const bool mayShow = m_header->isLive() && isVisible() && !window()->isMinimized();
    for (auto& [place, kept] : m_screens) {
        if (kept.screen == m_screen && mayShow)
            m_screen->refresh(topics);
        else
            kept.missed = merged(std::move(kept.missed), topics);
    }
    if (touches(topics, {Topic::Approvals, Topic::Changes, Topic::Rollouts, Topic::People}))
        askInbox();
    if (touches(topics, {Topic::Stops}))
        askStops();
    if (touches(topics, {Topic::People}))
        TeamTitles::of(*m_session).load();
    if (touches(topics, {Topic::People, Topic::Workspace}))
        m_session->refreshInfo();
}

void Workbench::refreshNow(const TopicSet& topics)
{
    if (!m_screen)
        return;
    m_screens[m_place].missed.clear();
    m_screen->refresh(topics);
    askInbox();
    askStops();
}

void Workbench::back()
{
    if (!m_history.canGoBack()) {
        // The arrow of a page reached by a link leads to its list.
        if (const QList<Crumb> crumbs = m_screen ? m_screen->crumbs() : QList<Crumb>(); !crumbs.isEmpty())
            navigate(crumbs.last().route);
        return;
    }
    leave([this] { showRoute(m_history.back()); });
}

void Workbench::forward()
{
    if (m_history.canGoForward())
        leave([this] { showRoute(m_history.forward()); });
}

void Workbench::askStops()
{
    m_stops.request<ListStops>(this, *m_session, {}, [this](Result<ListStops::Response> answer) {
        // Without an answer the strip goes on saying what was known: a stop does not end because a question failed.
        if (!answer)
            return;
        m_stopOrders = std::move(answer->stops);
        showStops();
        const QString agent = m_stopOrders.empty() ? QString() : text(m_stopOrders.front().agent);
        if (!agent.isEmpty() && !m_agentTitles.contains(agent))
            askAgentTitles();
    });
}

void Workbench::askAgentTitles()
{
    m_agents.request<ListDefinitions>(
        this, *m_session, {DefinitionKind::Agent, true}, [this](Result<ListDefinitions::Response> answer) {
            // Until they are known the strip says the agent's name.
            if (!answer)
                return;
            m_agentTitles.clear();
            for (const DefinitionSummary& agent : answer->definitions)
                m_agentTitles.insert(text(agent.name), text(agent.title));
            showStops();
        });
}

void Workbench::showStops()
{
    QString words;
    if (!m_stopOrders.empty()) {
        const StopOrder& first = m_stopOrders.front();
        words = tr("%1, %2").arg(word(first.mode), StopDialog::whom(first, m_agentTitles.value(text(first.agent))));
        if (m_stopOrders.size() > 1)
            words = tr("%1, and %2 more").arg(words).arg(m_stopOrders.size() - 1);
    }
    m_strip->setStop(words);
}

void Workbench::askInbox()
{
    m_inbox.request<ReadInbox>(this, *m_session, {}, [this](Result<ReadInbox::Response> answer) {
        if (!answer)
            return;
        m_rail->setBadge(QStringLiteral("inbox"), static_cast<int>(answer->items.size()));
        std::set<std::string> seen;
        for (const InboxItem& item : answer->items) {
            seen.insert(item.id);
            if (!m_inboxKnown || m_inboxSeen.contains(item.id))
                continue;
            Notice notice;
            notice.id = text(item.id);
            notice.state = State::waiting;
            notice.title = text(item.title);
            notice.text = text(item.detail);
            notice.route = item.route.empty() ? routes::inbox(text(item.id)).format() : text(item.route);
            notice.action = tr("Open");
            notice.at = m_settings.now();
            m_notices->add(notice);
        }
        m_inboxSeen = std::move(seen);
        m_inboxKnown = true;
    });
}

void Workbench::openPalette(const QString& typed)
{
    m_paletteFeed->open(typed);
}

void Workbench::openStop()
{
    auto* dialog = new StopDialog(*m_session, m_settings.now(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

}
