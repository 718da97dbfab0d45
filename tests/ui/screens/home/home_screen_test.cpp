#include "tests/ui/screens/home/home_data.h"
#include "tests/ui/support/snapshots.h"

#include "core/api/people.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/plot.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/item_list.h"
#include "ui/kit/stat_tile.h"
#include "ui/kit/theme.h"
#include "ui/kit/data_table.h"
#include "ui/screens/home/first_steps.h"
#include "ui/screens/home/home_screen.h"

#include <QAbstractButton>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class HomeScreenTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    ScriptedBackend& backend() { return *m_stage->backend; }

    void make()
    {
        m_screen.reset(makeHomeScreen(m_stage->context, nullptr));
        m_screen->resize(1110, 740);
        m_screen->open(routes::home());
        m_screen->show();
    }

    template <class Widget> Widget* named(const QString& start)
    {
        for (Widget* widget : m_screen->findChildren<Widget*>()) {
            if (widget->accessibleName().startsWith(start))
                return widget;
        }
        return nullptr;
    }

    static QString navigated(const QSignalSpy& spy)
    {
        return spy.isEmpty() ? QString() : spy.last()[0].value<Route>().format();
    }

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<ephor::ui::Route>();
        Theme::instance().install();
        Theme::instance().setMotion(Theme::Motion::reduced);
        Theme::instance().setAppearance(Theme::Appearance::light);
    }

    void init()
    {
        m_stage = std::make_unique<Stage>();
        backend().give<ReadOverview>(busyOverview());
        backend().give<WhatChanged>(busyChanges());
        backend().give<ReadInbox>(busyInbox());
        backend().give<RecordState>(busyRecord());
        backend().give<ListTeams>({{{"retail", "Retail", 4, 3}, {"finance", "Finance", 2, 2}}});
    }

    void cleanup()
    {
        m_screen.reset();
        m_stage.reset();
    }

    void asksForTheSharedRange()
    {
        m_screen.reset(makeHomeScreen(m_stage->context, nullptr));
        m_screen->setTimeRange(ui::TimeRange::last(3'600));
        QCOMPARE(backend().calls<ReadOverview>(), 0);
        m_screen->open(Route::parse(QStringLiteral("home?team=retail")));
        QVERIFY(settle(m_stage->session));
        const ReadOverview::Request ask = backend().lastRequest<ReadOverview>();
        QVERIFY(ask.range.from == fixedInstant() - std::chrono::hours(1));
        QVERIFY(ask.range.to == Instant{});
        QCOMPARE(ask.team, Text<128>("retail"));
        QCOMPARE(m_screen->scopeText(), QStringLiteral("Retail"));
        m_screen->setTimeRange(ui::TimeRange::last(7'200));
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<ReadOverview>(), 2);
    }

    void numbersDrill()
    {
        make();
        QVERIFY(settle(m_stage->session));
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        auto* denied = named<StatTile>(QStringLiteral("Denied calls 214"));
        QVERIFY(denied);
        denied->click();
        QCOMPARE(navigated(navigate), QStringLiteral("activity/runs?denied=true"));
        named<StatTile>(QStringLiteral("Latency p95"))->click();
        QCOMPARE(navigated(navigate), QStringLiteral("activity/runs?agent=expense"));
        auto* waiting = named<ItemList>(QStringLiteral("Waiting for you"));
        QVERIFY(waiting);
        waiting->setFocus();
        waiting->setCurrentIndex(waiting->model()->index(1, 0));
        QTest::keyClick(waiting, Qt::Key_Return);
        QCOMPARE(navigated(navigate), QStringLiteral("inbox/ap-2"));
    }

    void bucketsDrillWithTheTeam()
    {
        m_screen.reset(makeHomeScreen(m_stage->context, nullptr));
        m_screen->resize(1110, 740);
        m_screen->open(Route::parse(QStringLiteral("home?team=retail")));
        m_screen->show();
        QVERIFY(settle(m_stage->session));
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        auto* plot = named<Plot>(QStringLiteral("Outcomes"));
        QVERIFY(plot);
        QTest::mouseClick(plot, Qt::LeftButton, {}, QPoint(plot->width() / 2, 12));
        const Route route = Route::parse(navigated(navigate));
        QCOMPARE(route.at(0), QStringLiteral("runs"));
        QCOMPARE(route.query.value(QStringLiteral("team")), QStringLiteral("retail"));
        QVERIFY(parseTimeRange(route.query.value(QStringLiteral("range")), fixedNow()).has_value());
    }

    void agentsOpenByEnter()
    {
        make();
        QVERIFY(settle(m_stage->session));
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        auto* table = named<DataTable>(QStringLiteral("Agents"));
        QVERIFY(table);
        QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("Expense audit"));
        table->setCurrentIndex(table->model()->index(1, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(navigated(navigate), QStringLiteral("agents/refunds"));
    }

    void brushingChoosesTheTime()
    {
        make();
        QVERIFY(settle(m_stage->session));
        QSignalSpy wanted(m_screen.get(), &Screen::timeRangeWanted);
        const qint64 from = fixedNow().addSecs(-7'200).toMSecsSinceEpoch();
        Q_EMIT m_screen->findChild<ChartPanel*>()->rangeBrushed(from, from + 3'600'000);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<ui::TimeRange>().from.toMSecsSinceEpoch(), from);
    }

    void refreshIsPacedAndByTopic()
    {
        make();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<ReadOverview>(), 1);
        m_screen->refresh({Topic::Record});
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<ReadOverview>(), 1);
        QCOMPARE(backend().calls<RecordState>(), 2);
        // The stretch that began with the refresh above is not over: this one waits for its end.
        m_screen->refresh({Topic::Runs});
        m_screen->refresh({Topic::Metrics});
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<ReadOverview>(), 1);
    }

    void teamsNarrowTheScope()
    {
        make();
        QVERIFY(settle(m_stage->session));
        QMenu menu;
        m_screen->fillScopeMenu(menu);
        QCOMPARE(menu.actions().size(), 3);
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        menu.actions().last()->trigger();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<ReadOverview>().team, Text<128>("finance"));
        QCOMPARE(navigated(moved), QStringLiteral("home?team=finance"));
    }

    void emptyWorkspaceTeaches()
    {
        backend().give<ReadOverview>({});
        backend().give<WhatChanged>({});
        backend().give<ReadInbox>({});
        make();
        QVERIFY(settle(m_stage->session));
        auto* steps = m_screen->findChild<home::FirstSteps*>();
        QVERIFY(steps && steps->isVisible());
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("home-empty")));
    }

    void nothingNewKeepsThePageInItsWindow()
    {
        WhatChanged::Response quiet;
        quiet.since = fixedInstant() - std::chrono::minutes(9);
        backend().give<WhatChanged>(quiet);
        make();
        QVERIFY(settle(m_stage->session));
        m_screen->resize(1104, 704);
        QCoreApplication::processEvents();
        QVERIFY(m_screen->findChild<EmptyState*>());
        for (QScrollArea* area : m_screen->findChildren<QScrollArea*>())
            QCOMPARE(area->verticalScrollBar()->maximum(), 0);
    }

    void failureShowsInPlaceAndIsRetried()
    {
        backend().failWith<ReadOverview>(Error(ErrorKind::Unavailable, "remote.unreachable", "Gone."));
        make();
        QVERIFY(settle(m_stage->session));
        auto* error = m_screen->findChild<InlineError*>();
        QVERIFY(error && error->isVisible());
        backend().give<ReadOverview>(busyOverview());
        Q_EMIT error->retryRequested();
        QVERIFY(settle(m_stage->session));
        QVERIFY(named<StatTile>(QStringLiteral("Runs 12,846")));
        QVERIFY(named<StatTile>(QStringLiteral("Runs 12,846"))->isVisible());
    }

    void isAccessible()
    {
        make();
        QVERIFY(settle(m_stage->session));
        const QStringList faults = accessibilityFaults(m_screen.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("home"), [this] { settle(m_stage->session); }));
    }
};

QTEST_MAIN(HomeScreenTest)
#include "home_screen_test.moc"
