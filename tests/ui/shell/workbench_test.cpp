#include "tests/ui/shell/workbench_bench.h"
#include "ui/kit/button.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/header_bar.h"
#include "ui/kit/theme.h"
#include "ui/kit/time_range_picker.h"
#include "ui/shell/command_registry.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class WorkbenchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }

    void goesToPlacesByKey()
    {
        Bench stage;
        QCOMPARE(stage.bench->route(), routes::home());
        stage.key(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(stage.bench->route().place, QStringLiteral("agents"));
        stage.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(stage.bench->route().place, QStringLiteral("settings"));
        stage.key(Qt::Key_G);
        stage.key(Qt::Key_C);
        QCOMPARE(stage.bench->route().place, QStringLiteral("changes"));
        QCOMPARE(stage.probe()->opened.size(), 1);
    }

    void goesBackAndForward()
    {
        Bench stage;
        stage.bench->navigate(routes::change(QStringLiteral("CH-12")));
        stage.bench->navigate(routes::agent(QStringLiteral("refunds")));
        stage.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(stage.bench->route(), routes::change(QStringLiteral("CH-12")));
        stage.key(Qt::Key_Backspace);
        QCOMPARE(stage.bench->route(), routes::home());
        stage.key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(stage.bench->route(), routes::change(QStringLiteral("CH-12")));
    }

    void lettersBelongToTheFieldThatHasThem()
    {
        Bench stage;
        stage.key(Qt::Key_Slash);
        QVERIFY(stage.probe()->field()->hasFocus());
        QTest::keyClicks(stage.probe()->field(), QStringLiteral("g?/["));
        QTest::keyClick(stage.probe()->field(), Qt::Key_Backspace);
        QCOMPARE(stage.probe()->field()->text(), QStringLiteral("g?/"));
        QCOMPARE(stage.bench->route(), routes::home());
    }

    void movesOfAScreenReplaceTheStep()
    {
        Bench stage;
        stage.bench->navigate(routes::agent(QStringLiteral("refunds")));
        Q_EMIT stage.bench->screen()->routeChanged(routes::agent(QStringLiteral("refunds"), QStringLiteral("cost")));
        QCOMPARE(stage.bench->route().query.value(QStringLiteral("tab")), QStringLiteral("cost"));
        stage.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(stage.bench->route(), routes::home());
    }

    void onlyTheVisibleScreenRefreshes()
    {
        Bench stage;
        ProbeScreen* home = stage.probe();
        stage.bench->navigate(routes::agent(QStringLiteral("refunds")));
        ProbeScreen* agents = stage.probe();
        stage.backend->push(Topic::Runs);
        stage.backend->push(Topic::Runs);
        QTRY_COMPARE(agents->refreshed.size(), std::size_t(1));
        QVERIFY(home->refreshed.empty());
        stage.bench->navigate(routes::home());
        QCOMPARE(home->refreshed.size(), std::size_t(1));
        QCOMPARE(home->refreshed.front(), TopicSet({Topic::Runs}));
    }

    void whatIsNotLiveWaits()
    {
        Bench stage;
        stage.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!stage.bench->header().isLive());
        QSignalSpy inbox(stage.bench.get(), &Workbench::routeMoved);
        stage.backend->push(Topic::Runs);
        const int asked = stage.backend->calls<ReadInbox>();
        stage.backend->push(Topic::Approvals);
        QTRY_COMPARE(stage.backend->calls<ReadInbox>(), asked + 1);
        QVERIFY(stage.probe()->refreshed.empty());
        stage.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stage.probe()->refreshed.size(), std::size_t(1));
        stage.key(Qt::Key_F5);
        QCOMPARE(stage.probe()->refreshed.back(), allTopics());
    }

    void sharesTheTimeRange()
    {
        Bench stage;
        ProbeScreen* home = stage.probe();
        Q_EMIT home->timeRangeWanted(ui::TimeRange::last(3'600));
        QCOMPARE(home->ranges, 1);
        stage.bench->navigate(Route::parse(QStringLiteral("agents")));
        QCOMPARE(stage.probe()->timeRange(), ui::TimeRange::last(3'600));
        QCOMPARE(stage.bench->header().timeRange()->range(), ui::TimeRange::last(3'600));
        stage.bench->navigate(Route::parse(QStringLiteral("home?range=7d")));
        QCOMPARE(home->timeRange(), ui::TimeRange::last(7 * 24 * 3'600));
        stage.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("home?range=7d"));
    }

    void commandsOfTheScreenComeAndGo()
    {
        Bench stage;
        ProbeScreen* home = stage.probe();
        stage.key(Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(home->acted, 1);
        stage.bench->navigate(Route::parse(QStringLiteral("quality")));
        stage.key(Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(home->acted, 1);
    }

    void noTwoCommandsShareKeys()
    {
        Bench stage;
        QStringList keys;
        QStringList ids;
        for (const Command& command : stage.bench->commands().global()) {
            QVERIFY2(!ids.contains(command.id), qPrintable(command.id));
            ids.append(command.id);
            const QString text = CommandRegistry::keyText(command.keys);
            QVERIFY2(text.isEmpty() || !keys.contains(text), qPrintable(text));
            keys.append(text);
        }
    }

    void aPlaceWithoutAScreenSaysWhatWillLiveThere()
    {
        Bench stage;
        stage.bench->navigate(Route::parse(QStringLiteral("quality")));
        QVERIFY(stage.bench->screen()->findChild<EmptyState*>());
        stage.bench->navigate(Route::parse(QStringLiteral("nowhere/at/all")));
        QCOMPARE(stage.bench->route(), routes::home());
    }

    void thePageHasTheFocus()
    {
        Bench stage;
        QCOMPARE(stage.bench->focusWidget(), static_cast<QWidget*>(stage.probe()));
        stage.key(Qt::Key_Tab);
        QVERIFY(stage.probe()->field()->hasFocus());
        stage.bench->navigate(Route::parse(QStringLiteral("agents")));
        QCOMPARE(stage.bench->focusWidget(), static_cast<QWidget*>(stage.probe()));
    }

    void everythingIsNamedAndReachedByTab()
    {
        Bench stage;
        const QStringList faults = accessibilityFaults(stage.bench.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
};

QTEST_MAIN(WorkbenchTest)
#include "workbench_test.moc"
