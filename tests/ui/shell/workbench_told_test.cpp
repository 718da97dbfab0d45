#include "tests/ui/shell/workbench_bench.h"
#include "tests/ui/support/snapshots.h"
#include "ui/kit/button.h"
#include "ui/kit/command_palette.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/header_bar.h"
#include "ui/kit/shell_parts.h"
#include "ui/kit/theme.h"
#include "ui/shell/notice_centre.h"
#include "ui/shell/status_feed.h"

#include <QListView>
#include <QMenu>
#include <QSignalSpy>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class WorkbenchToldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }

    void stripTellsWhatIsStopped()
    {
        Bench stage;
        auto* strip = stage.bench->findChild<EnvironmentStrip*>();
        QCOMPARE(strip->stop(), QString());
        StopOrder order;
        order.mode = StopMode::NoNewRuns;
        order.agent = "refunds";
        stage.backend->give<ListStops>({{order, order}});
        stage.key(Qt::Key_F5);
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(strip->stop(), QStringLiteral("No new runs, refunds, and 1 more"));
        DefinitionSummary agent;
        agent.name = "refunds";
        agent.title = "Customer refunds";
        stage.backend->give<ListDefinitions>({{agent}});
        stage.key(Qt::Key_F5);
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(strip->stop(), QStringLiteral("No new runs, Customer refunds, and 1 more"));
        stage.backend->give<ListStops>({});
        stage.key(Qt::Key_F5);
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(strip->stop(), QString());
    }

    void stripSaysWhatCannotBePromised()
    {
        SessionInfo info = officerSession();
        info.fourEyes = false;
        Bench stage(info);
        const QString words = stage.bench->findChild<EnvironmentStrip*>()->accessibleName();
        for (const char* part : {"PRODUCTION", "Northwind Bank", "Embedded workspace", "Four eyes not yet possible",
                 "Demo models and traffic", "Simulated"})
            QVERIFY2(words.contains(QLatin1String(part)), part);
    }

    void newInboxItemsAreTold()
    {
        Bench stage;
        QVERIFY(stage.bench->notices().notices().empty());
        InboxItem first;
        first.id = "ap-1";
        InboxItem second;
        second.id = "ap-2";
        second.title = "Ledger write";
        second.route = "inbox/ap-2";
        stage.backend->give<ReadInbox>({{first, second}, {}});
        stage.backend->push(Topic::Approvals);
        QTRY_COMPARE(stage.bench->notices().unread(), 1);
        QCOMPARE(stage.bench->notices().notices().front().route, QStringLiteral("inbox/ap-2"));
        stage.bench->notices().markAllRead();
        QCOMPARE(stage.bench->notices().unread(), 0);
    }

    void recordStatusIsShownAndFaultsAreTold()
    {
        Bench stage;
        QCOMPARE(stage.bench->status().record()->verified, 1'284'022ULL);
        RecordStatus broken;
        broken.size = 10;
        broken.verified = 6;
        broken.fault = "Entry 7 does not lead to the signed head.";
        broken.faultIndex = 7;
        stage.backend->give<RecordState>(broken);
        QSignalSpy faulty(&stage.bench->status(), &StatusFeed::recordFaulty);
        stage.bench->status().ask();
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(faulty.count(), 1);
        QCOMPARE(stage.bench->notices().notices().front().state, State::failed);
    }

    void whatWasAppendedIsVerified()
    {
        Bench stage;
        RecordStatus status;
        status.size = 1'284'040;
        status.verified = 1'284'022;
        stage.backend->give<RecordState>(status);
        status.verified = status.size;
        stage.backend->give<VerifyRecord>(status);
        stage.bench->status().ask();
        QVERIFY(settle(stage.bench->session()));
        stage.bench->status().verifyFurther();
        QTRY_COMPARE(stage.bench->status().record()->verified, status.size);
        QCOMPARE(stage.backend->lastRequest<VerifyRecord>().from, 1'284'022ULL);
    }

    void theEndOfTheSessionIsTold()
    {
        Bench stage;
        QSignalSpy ended(stage.bench.get(), &Workbench::ended);
        stage.backend->failWith<ReadInbox>({ErrorKind::Unauthenticated, "session.expired", "Expired."});
        stage.backend->push(Topic::Approvals);
        QVERIFY(ended.wait());
        QCOMPARE(ended[0][0].value<Error>().code, std::string("session.expired"));
    }

    void liveTellsWhenNothingCanCome()
    {
        Bench stage;
        const auto live = [&stage] {
            for (Button* button : stage.bench->header().findChildren<Button*>()) {
                if (button->isCheckable())
                    return button;
            }
            return static_cast<Button*>(nullptr);
        };
        QCOMPARE(live()->text(), QStringLiteral("Live"));
        stage.backend->setUnreachable(true);
        stage.key(Qt::Key_F5);
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(live()->text(), QStringLiteral("Not live"));
        QVERIFY(live()->toolTip().contains(QStringLiteral("No answer")));
        QVERIFY(live()->isChecked());
        stage.backend->setUnreachable(false);
        stage.key(Qt::Key_F5);
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(live()->text(), QStringLiteral("Live"));
    }

    void paletteFindsPlacesDefinitionsAndIds()
    {
        Bench stage;
        DefinitionSummary agent;
        agent.kind = DefinitionKind::Agent;
        agent.name = "refunds";
        agent.title = "Customer refunds";
        stage.backend->answer<ListDefinitions>(
            [agent](const ListDefinitions::Request& ask) -> Result<ListDefinitions::Response> {
                if (ask.kind != DefinitionKind::Agent)
                    return ListDefinitions::Response{};
                return ListDefinitions::Response{{agent}};
            });
        ChangedItem hit;
        hit.kind = "run";
        hit.title = "Run 8f3a21";
        hit.route = "activity/runs/8f3a21";
        stage.backend->give<FindAnything>({{hit}});
        stage.key(Qt::Key_K, Qt::ControlModifier);
        auto* palette = stage.bench->findChild<CommandPalette*>();
        QVERIFY(palette->isVisible());
        auto* field = palette->findChild<QLineEdit*>();
        auto* list = palette->findChild<QListView*>();
        QVERIFY(settle(stage.bench->session()));
        QTest::keyClicks(field, QStringLiteral("refunds"));
        QTRY_VERIFY(stage.backend->calls<FindAnything>() > 0);
        QVERIFY(settle(stage.bench->session()));
        QTRY_VERIFY(list->model()->rowCount() >= 4);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(stage.bench->route(), routes::agent(QStringLiteral("refunds")));

        stage.key(Qt::Key_K, Qt::ControlModifier);
        field->setText(QStringLiteral("8f3a21"));
        QVERIFY(settle(stage.bench->session()));
        QTRY_COMPARE(list->model()->rowCount(), 2);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(stage.bench->route(), routes::run(QStringLiteral("8f3a21")));
    }

    void thePaletteSaysWhenNothingFits()
    {
        Bench stage;
        stage.bench->openPalette(QStringLiteral("zzqqzz"));
        QVERIFY(settle(stage.bench->session()));
        auto* palette = stage.bench->findChild<CommandPalette*>();
        auto* nothing = palette->findChild<EmptyState*>();
        QVERIFY(nothing->isVisible());
        Q_EMIT nothing->actionTriggered();
        QVERIFY(!nothing->isVisible());
        QVERIFY(palette->findChild<QListView*>()->isVisible());
    }

    void personMenuOffersTheOthers()
    {
        Bench stage;
        Persona jonas;
        jonas.name = "Jonas Weber";
        jonas.login = "jonas";
        jonas.role = Role::Admin;
        stage.backend->give<ListPersonas>({{jonas}});
        QSignalSpy wanted(stage.bench.get(), &Workbench::personaWanted);
        stage.bench->offerPersonas(QPoint(10, 600));
        QVERIFY(settle(stage.bench->session()));
        auto* menu = stage.bench->findChild<QMenu*>();
        QVERIFY(menu->isVisible());
        QVERIFY(writeSnapshots(menu, QStringLiteral("shell-menu"), [menu] { menu->resize(menu->sizeHint()); }));
        for (QAction* action : menu->actions()) {
            if (action->text().startsWith(QStringLiteral("Jonas")))
                action->trigger();
        }
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("jonas"));
    }
};

QTEST_MAIN(WorkbenchToldTest)
#include "workbench_told_test.moc"
