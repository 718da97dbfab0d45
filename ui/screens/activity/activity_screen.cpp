#include "ui/screens/activity/activity_screen.h"

#include "ui/screens/activity/run_filter.h"
#include "ui/screens/activity/run_page.h"
#include "ui/screens/activity/runs_page.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui {

ActivityScreen::ActivityScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_pages(new QStackedWidget(this))
    , m_runs(new activity::RunsPage(context, m_pages))
    , m_run(new activity::RunPage(context, m_pages))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_pages);
    m_pages->addWidget(m_runs);
    m_pages->addWidget(m_run);
    connect(
        m_runs, &activity::RunsPage::runOpened, this, [this](const QString& id) { Q_EMIT navigate(routes::run(id)); });
    connect(m_runs, &activity::RunsPage::filterChanged, this, [this] { Q_EMIT routeChanged(listRoute()); });
    connect(m_runs, &activity::RunsPage::rangeWanted, this, &ActivityScreen::timeRangeWanted);
    connect(m_run, &activity::RunPage::navigate, this, &ActivityScreen::navigate);
    connect(m_run, &activity::RunPage::routeChanged, this, &ActivityScreen::routeChanged);
    connect(m_run, &activity::RunPage::commandsChanged, this, &ActivityScreen::commandsChanged);
}

bool ActivityScreen::isRun() const
{
    return m_pages->currentWidget() == m_run;
}

Route ActivityScreen::listRoute() const
{
    return activity::routeOf(m_runs->filter());
}

void ActivityScreen::open(const Route& route)
{
    if (route.at(0) == QStringLiteral("runs") && !route.at(1).isEmpty()) {
        m_pages->setCurrentWidget(m_run);
        m_run->open(route);
    } else {
        m_pages->setCurrentWidget(m_runs);
        m_runs->setRange(timeRange());
        m_runs->setFilter(activity::filterOf(route));
    }
    Q_EMIT titleChanged();
    Q_EMIT commandsChanged();
}

void ActivityScreen::refresh(const TopicSet& topics)
{
    if (isRun())
        m_run->refresh(topics);
    else if (touches(topics, {Topic::Runs}))
        m_runs->refresh();
}

QString ActivityScreen::title() const
{
    return isRun() ? m_run->title() : tr("Activity");
}

QList<Crumb> ActivityScreen::crumbs() const
{
    if (!isRun())
        return {};
    return {{tr("Activity"), listRoute()}};
}

QList<Command> ActivityScreen::commands()
{
    if (isRun())
        return m_run->commands();
    return {{QStringLiteral("runs.export"), tr("Activity"), tr("Export this list"), [this] { m_runs->exportRuns(); },
        {}, Icon::exportDown}};
}

QString ActivityScreen::helpText() const
{
    return tr(
        "Activity lists runs, newest first; filters and the time range narrow it. Enter opens a run: what happened "
        "in three sentences, its spans on a time axis, what each gate said and why, and its entries in the record. "
        "What was said is sealed, and opening it is recorded.");
}

void ActivityScreen::focusSearch()
{
    if (!isRun())
        m_runs->focusSearch();
}

void ActivityScreen::timeRangeChanged()
{
    m_runs->setRange(timeRange());
}

Screen* makeActivityScreen(ScreenContext& context, QWidget* parent)
{
    return new ActivityScreen(context, parent);
}

}
