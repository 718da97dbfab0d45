#include "ui/screens/agents/agents_screen.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/screen.h"
#include "ui/screens/agents/agent_list.h"
#include "ui/screens/agents/agent_page.h"
#include "ui/screens/agents/build_page.h"
#include "ui/screens/agents/compare_page.h"
#include "ui/screens/agents/connect_page.h"
#include "ui/screens/agents/doors_page.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui {

namespace agents {

namespace {

class AgentsScreen : public Screen {
public:
    AgentsScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override;
    QList<Crumb> crumbs() const override;
    QList<Command> commands() override;
    QString helpText() const override;
    bool usesTimeRange() const override { return shows(m_list) || shows(m_page) || shows(m_compare); }
    void focusSearch() override;
    bool hasUnsavedWork() const override;

protected:
    void timeRangeChanged() override;

private:
    template <class Page> void wire(Page* page);
    void show(QWidget* page);
    bool shows(const QWidget* page) const { return m_stack->currentWidget() == page; }
    void brushed(qint64 from, qint64 to);

    QStackedWidget* m_stack;
    AgentList* m_list;
    AgentPage* m_page;
    DoorsPage* m_doors;
    BuildPage* m_build;
    ConnectPage* m_connect;
    ComparePage* m_compare;
    bool m_isListLoaded = false;
};

template <class Page> void AgentsScreen::wire(Page* page)
{
    m_stack->addWidget(page);
    connect(page, &Page::navigate, this, &Screen::navigate);
    if constexpr (requires { &Page::routeChanged; })
        connect(page, &Page::routeChanged, this, &Screen::routeChanged);
    if constexpr (requires { &Page::notify; })
        connect(page, &Page::notify, this, &Screen::notify);
    if constexpr (requires { &Page::rangeBrushed; })
        connect(page, &Page::rangeBrushed, this, &AgentsScreen::brushed);
}

AgentsScreen::AgentsScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_stack(new QStackedWidget(this))
    , m_list(new AgentList(context, m_stack))
    , m_page(new AgentPage(context, m_stack))
    , m_doors(new DoorsPage(context, m_stack))
    , m_build(new BuildPage(context, m_stack))
    , m_connect(new ConnectPage(context, m_stack))
    , m_compare(new ComparePage(context, m_stack))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_stack);
    wire(m_list);
    wire(m_page);
    wire(m_doors);
    wire(m_build);
    wire(m_connect);
    wire(m_compare);
    connect(m_compare, &ComparePage::titleChanged, this, &Screen::titleChanged);
    connect(m_page, &AgentPage::titleChanged, this, &Screen::titleChanged);
}

void AgentsScreen::show(QWidget* page)
{
    m_stack->setCurrentWidget(page);
    Q_EMIT titleChanged();
    Q_EMIT commandsChanged();
}

void AgentsScreen::open(const Route& route)
{
    const QString add = route.query.value(QStringLiteral("add"));
    const QStringList compared = route.query.value(QStringLiteral("compare")).split(u',', Qt::SkipEmptyParts);
    if (compared.size() == 2) {
        m_compare->open(compared[0], compared[1]);
        show(m_compare);
    } else if (!route.at(0).isEmpty()) {
        m_page->open(route.at(0), route.query.value(QStringLiteral("tab")));
        show(m_page);
    } else if (add == QStringLiteral("build")) {
        show(m_build);
        m_build->open();
    } else if (add == QStringLiteral("existing")) {
        show(m_connect);
        m_connect->open(route.query.value(QStringLiteral("agent")));
    } else if (!add.isEmpty()) {
        show(m_doors);
        m_doors->setFocus();
    } else {
        show(m_list);
        m_list->open(route);
        if (!m_isListLoaded)
            m_list->load(timeRange());
        m_isListLoaded = true;
    }
}

void AgentsScreen::refresh(const TopicSet& topics)
{
    if (shows(m_list))
        m_list->refresh(topics);
    else
        m_isListLoaded = false;
    if (shows(m_page))
        m_page->refresh(topics);
    if (shows(m_connect))
        m_connect->refresh(topics);
    if (shows(m_compare))
        m_compare->refresh(topics);
}

void AgentsScreen::timeRangeChanged()
{
    m_page->load(timeRange());
    m_compare->load(timeRange());
    if (shows(m_list))
        m_list->load(timeRange());
    else
        m_isListLoaded = false;
}

QString AgentsScreen::title() const
{
    if (shows(m_page))
        return m_page->title();
    if (shows(m_compare))
        return m_compare->title();
    if (shows(m_build))
        return AgentPage::tr("Build an agent");
    if (shows(m_connect))
        return AgentPage::tr("Connect an agent");
    if (shows(m_doors))
        return AgentPage::tr("Add agent");
    return AgentPage::tr("Agents");
}

QList<Crumb> AgentsScreen::crumbs() const
{
    if (shows(m_list))
        return {};
    return {{AgentPage::tr("Agents"), Route{QStringLiteral("agents")}}};
}

QList<Command> AgentsScreen::commands()
{
    const QString group = AgentPage::tr("Agents");
    const bool edits = session().may(Permission::EditDefinitions);
    const QString whyNot = edits ? QString() : AgentPage::tr("Your role does not edit definitions.");
    const auto go = [this](const char* door) {
        return [this, door] {
            Q_EMIT navigate(Route{QStringLiteral("agents")}.with(QStringLiteral("add"), QString::fromLatin1(door)));
        };
    };
    QList<Command> commands{
        {QStringLiteral("agents.add"), group, AgentPage::tr("Add agent"), go("choose"), {}, Icon::plus, edits, whyNot},
        {QStringLiteral("agents.connect"), group, AgentPage::tr("Connect an existing agent"), go("existing"), {},
            Icon::link},
        {QStringLiteral("agents.compare"), group, AgentPage::tr("Compare two agents"), [this] { m_list->compare(); },
            {}, Icon::diff, shows(m_list) && m_list->canCompare(),
            AgentPage::tr("Choose two agents in the list first.")}};
    if (!shows(m_page))
        return commands;
    const QString one = m_page->title();
    commands.append({QStringLiteral("agents.edit"), one, AgentPage::tr("Edit behaviour"), [this] { m_page->edit(); },
        QKeySequence(QStringLiteral("E")), Icon::pencil, edits, whyNot});
    commands.append({QStringLiteral("agents.stop"), one, AgentPage::tr("Stop agent"), [this] { m_page->stop(); }, {},
        Icon::stop, session().may(Permission::Stop)});
    commands.append({QStringLiteral("agents.matrix"), one, AgentPage::tr("Open in the access matrix"),
        [this] { Q_EMIT navigate(routes::matrix(m_page->name())); }, {}, Icon::policies});
    return commands;
}

QString AgentsScreen::helpText() const
{
    return AgentPage::tr("Every agent on one line, trouble first. \u201CEnforced\u201D means that its calls pass gates "
                         "here before they happen; \u201Conly seen\u201D means that it lives elsewhere. Enter opens an "
                         "agent; / filters by words, team:, health: and coverage:.");
}

void AgentsScreen::focusSearch()
{
    if (shows(m_list))
        m_list->focusSearch();
}

bool AgentsScreen::hasUnsavedWork() const
{
    return (shows(m_page) && m_page->hasUnsavedWork()) || (shows(m_build) && m_build->hasUnsavedWork());
}

void AgentsScreen::brushed(qint64 from, qint64 to)
{
    Q_EMIT timeRangeWanted(
        TimeRange::between(QDateTime::fromMSecsSinceEpoch(from), QDateTime::fromMSecsSinceEpoch(to)));
}

}

}

Screen* makeAgentsScreen(ScreenContext& context, QWidget* parent)
{
    return new agents::AgentsScreen(context, parent);
}

}
