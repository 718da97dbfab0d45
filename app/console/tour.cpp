#include "app/console/tour.h"

#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/insight.h"
#include "core/api/runs.h"
#include "core/api/workspace.h"
#include "ui/bridge/request.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/shell/status_feed.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <algorithm>
#include <cstdio>

namespace ephor::console {

using namespace ephor::ui;

namespace {

/// Requests a minute while the tour drives the demo, and while it takes pictures: charts that show a day should not be
/// all of the last minutes.
constexpr std::uint64_t drivingRate = 60;
constexpr std::uint64_t pictureRate = 6;
/// A page is at rest when it asked nothing for some looks in a row; charts and skeletons are painted by then.
constexpr int lookMilliseconds = 80;
constexpr int quietLooks = 5;
constexpr int longestRestMilliseconds = 15'000;
/// The demo's whole history and a little more.
constexpr qint64 historySeconds = 100LL * 24 * 3'600;

}

Tour::Tour(MainWindow& window, Plan plan)
    : m_window(window)
    , m_plan(std::move(plan))
{
    m_rest.setInterval(lookMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &Tour::awaitRest);
    connect(&window, &MainWindow::signedIn, this, &Tour::begin, Qt::SingleShotConnection);
}

void Tour::begin()
{
    Theme::instance().setMotion(Theme::Motion::reduced);
    if (!QDir().mkpath(m_plan.folder)) {
        note(QStringLiteral("The folder %1 cannot be made.").arg(m_plan.folder));
        finish();
        return;
    }
    setTraffic(drivingRate);
    QTimer::singleShot(m_plan.seconds * 1'000, this, &Tour::findStops);
}

void Tour::setTraffic(std::uint64_t perMinute)
{
    SetTraffic::Request traffic;
    traffic.perMinute = perMinute;
    request<SetTraffic>(this, m_window.workbench()->session(), traffic, [](Result<SetTraffic::Response> answer) {
        if (!answer)
            std::fprintf(stderr, "traffic stays as it is: %s\n", describe(answer.error()).c_str());
    });
}

void Tour::addStop(const QString& name, const QString& route)
{
    m_stops.append({name, Route::parse(route)});
}

void Tour::addPlaces()
{
    for (const char* route : {"home", "inbox", "agents", "library/prompts", "library/tools", "library/models",
             "policies/matrix", "policies/rules", "policies/definitions", "policies/protection", "policies/house",
             "policies/try", "policies/backtest", "policies/tightenings", "changes", "activity/runs", "quality",
             "assurance/record", "settings/people", "settings/providers", "settings/keys", "settings/appearance"})
        addStop(QString::fromLatin1(route).replace(u'/', u'-'), QLatin1String(route));
    for (const char* view : {"found", "exposure"})
        addStop(QStringLiteral("policies-protection-") + QLatin1String(view),
            QStringLiteral("policies/protection?view=") + QLatin1String(view));
    addStop(
        QStringLiteral("policies-protection-page"), QStringLiteral("policies/protection/house-protection?tab=edit"));
}

void Tour::findStops()
{
    Session& session = m_window.workbench()->session();
    setTraffic(pictureRate);
    addPlaces();
    // Each answer adds pages of things that are there; the tour begins when all of them came.
    const auto added = [this, left = std::make_shared<int>(6)] {
        if (--*left > 0)
            return;
        addPresented();
        visit();
    };
    request<ReadInbox>(this, session, {}, [this, added](Result<ReadInbox::Response> answer) {
        if (answer && !answer->items.empty())
            addStop(QStringLiteral("inbox-item"), text(answer->items.front().route));
        added();
    });
    request<ListDefinitions>(this, session, {}, [this, added](Result<ListDefinitions::Response> answer) {
        if (answer && !answer->definitions.empty())
            addStop(QStringLiteral("library-prompt"),
                routes::definition(QStringLiteral("prompts"), text(answer->definitions.front().name)).format());
        added();
    });
    ListDefinitions::Request policies;
    policies.kind = DefinitionKind::Policy;
    request<ListDefinitions>(this, session, policies, [this, added](Result<ListDefinitions::Response> answer) {
        if (answer && !answer->definitions.empty())
            addStop(QStringLiteral("policies-definition"),
                routes::definition(QStringLiteral("policies"), text(answer->definitions.front().name))
                    .with(QStringLiteral("tab"), QStringLiteral("edit"))
                    .format());
        added();
    });
    request<ListChanges>(this, session, {}, [this, added](Result<ListChanges::Response> answer) {
        if (answer && !answer->changes.empty()) {
            const ChangeSummary* shown = &answer->changes.front();
            for (const ChangeSummary& change : answer->changes) {
                if (change.state == ChangeState::RollingOut)
                    shown = &change;
            }
            if (const auto other = std::ranges::find_if(
                    answer->changes, [shown](const ChangeSummary& change) { return change.agent != shown->agent; });
                other != answer->changes.end())
                addStop(QStringLiteral("agents-compare"),
                    QStringLiteral("agents?compare=%1,%2").arg(text(shown->agent), text(other->agent)));
            addStop(QStringLiteral("change"), routes::change(text(shown->id)).format());
            for (const char* tab : {"", "behaviour", "tools", "versions", "cost"})
                addStop(*tab ? QStringLiteral("agent-%1").arg(QLatin1String(tab)) : QStringLiteral("agent"),
                    routes::agent(text(shown->agent), QLatin1String(tab)).format());
        }
        added();
    });
    ListRuns::Request denied;
    denied.filter.denied = true;
    denied.page.limit = 1;
    request<ListRuns>(this, session, denied, [this, added](Result<ListRuns::Response> answer) {
        if (answer && !answer->runs.empty())
            addStop(QStringLiteral("run"), routes::run(text(answer->runs.front().id)).format());
        added();
    });
    request<RecordState>(this, session, {}, [this, added](Result<RecordStatus> answer) {
        if (answer && answer->headSize > 0)
            addStop(QStringLiteral("entry"), routes::entry(answer->headSize - 1).format());
        added();
    });
}

void Tour::addPresented()
{
    // What people show most, in the larger type: the first page, an agent, a change.
    for (const char* name : {"home", "agent", "change"}) {
        for (const Stop& stop : QList<Stop>(m_stops)) {
            if (stop.name == QLatin1String(name))
                m_stops.append({QStringLiteral("presenter-") + stop.name, stop.route, true});
        }
    }
}

void Tour::visit()
{
    if (!m_window.workbench()) {
        note(QStringLiteral("The session ended before the tour did."));
        finish();
        return;
    }
    m_window.resize(m_plan.sizes[m_size]);
    m_window.workbench()->setPresenting(m_stops[m_stop].presents);
    m_window.workbench()->navigate(m_stops[m_stop].route);
    m_quiet = 0;
    m_waited.start();
    m_rest.start();
}

void Tour::awaitRest()
{
    const bool waits = m_window.workbench() && m_window.workbench()->session().pending() > 0;
    m_quiet = waits ? 0 : m_quiet + 1;
    if (m_quiet < quietLooks && m_waited.elapsed() < longestRestMilliseconds)
        return;
    m_rest.stop();
    if (m_quiet < quietLooks)
        note(QStringLiteral("%1 did not come to rest.").arg(m_stops[m_stop].route.format()));
    picture();
}

void Tour::picture()
{
    const QSize size = m_plan.sizes[m_size];
    const std::pair<Theme::Appearance, const char*> looks[]{
        {Theme::Appearance::light, "light"}, {Theme::Appearance::dark, "dark"}};
    for (const auto& [appearance, word] : looks) {
        Theme::instance().setAppearance(appearance);
        QApplication::sendPostedEvents();
        const QString file = QStringLiteral("%1/%2-%3-%4-%5x%6.png")
                                 .arg(m_plan.folder)
                                 .arg(m_stop + 1, 2, 10, QLatin1Char('0'))
                                 .arg(m_stops[m_stop].name, QLatin1String(word))
                                 .arg(size.width())
                                 .arg(size.height());
        if (!m_window.grab().save(file))
            note(QStringLiteral("%1 could not be written.").arg(file));
    }
    if (++m_stop == m_stops.size()) {
        m_stop = 0;
        if (++m_size == m_plan.sizes.size()) {
            summarise();
            return;
        }
    }
    QTimer::singleShot(0, this, &Tour::visit);
}

void Tour::summarise()
{
    if (!m_window.workbench()) {
        finish();
        return;
    }
    Session& session = m_window.workbench()->session();
    ReadOverview::Request overview;
    overview.range = coreRange(ui::TimeRange::last(historySeconds), QDateTime::currentDateTime());
    const auto told = [this, left = std::make_shared<int>(3)] {
        if (--*left == 0)
            finish();
    };
    const auto failed = [this, told](const char* what, const Error& error) {
        note(QStringLiteral("%1: %2").arg(QLatin1String(what), text(describe(error))));
        told();
    };
    request<ReadOverview>(this, session, overview, [this, told, failed](Result<ReadOverview::Response> answer) {
        if (!answer)
            return failed("agents and runs", answer.error());
        const Totals& totals = answer->totals;
        m_summary << QStringLiteral("agents: %1").arg(answer->agents.size())
                  << QStringLiteral("runs: %1").arg(numberText(totals.runs))
                  << QStringLiteral("decisions: %1 (%2 completed, %3 denied); verdicts: %4 (%5 denied, %6 asked)")
                         .arg(numberText(totals.done + totals.denied), numberText(totals.done),
                             numberText(totals.denied), numberText(totals.verdicts), numberText(totals.deniedVerdicts),
                             numberText(totals.askedVerdicts));
        told();
    });
    ListChanges::Request rolling;
    rolling.state = ChangeState::RollingOut;
    request<ListChanges>(this, session, rolling, [this, told, failed](Result<ListChanges::Response> answer) {
        if (!answer)
            return failed("rollouts", answer.error());
        if (answer->changes.empty())
            m_summary << QStringLiteral("rollout: none in flight");
        for (const ChangeSummary& change : answer->changes)
            m_summary << QStringLiteral("rollout: %1 of %2, %3 of traffic")
                             .arg(text(change.id), text(change.agentTitle),
                                 change.share ? QStringLiteral("%1 %").arg(100 * *change.share) : QStringLiteral("?"));
        told();
    });
    VerifyRecord::Request rest;
    if (const auto& record = m_window.workbench()->status().record())
        rest.from = record->verified;
    request<VerifyRecord>(this, session, rest, [this, told, failed](Result<RecordStatus> answer) {
        if (!answer)
            return failed("record", answer.error());
        m_summary << QStringLiteral("ledger: verified up to #%1 of %2 entries")
                         .arg(numberText(answer->verified), numberText(answer->size));
        if (!answer->fault.empty())
            note(QStringLiteral("The record does not verify: %1").arg(text(answer->fault)));
        told();
    });
}

void Tour::note(const QString& fault)
{
    m_faults << fault;
}

void Tour::finish()
{
    m_summary << QStringLiteral("pictures: %1 in %2")
                     .arg(2 * m_stops.size() * m_plan.sizes.size())
                     .arg(QDir(m_plan.folder).absolutePath());
    for (const QString& line : m_summary)
        std::printf("%s\n", qPrintable(line));
    for (const QString& fault : m_faults)
        std::fprintf(stderr, "fault: %s\n", qPrintable(fault));
    std::fflush(stdout);
    QApplication::exit(m_faults.isEmpty() ? 0 : 1);
}

}
