#include "tests/ui/screens/activity/activity_data.h"
#include "tests/ui/support/finding.h"
#include "tests/ui/support/snapshots.h"

#include "core/api/protection.h"
#include "core/domain/reflect.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/data_table.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/select.h"
#include "ui/kit/switch.h"
#include "ui/kit/tab_strip.h"
#include "ui/kit/theme.h"
#include "ui/kit/waterfall.h"
#include "ui/screens/activity/activity_screen.h"

#include <QApplication>
#include <QLabel>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <atomic>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class ActivityScreenTest : public QObject, private Finding {
    Q_OBJECT

private:
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    ScriptedBackend& backend() { return *m_stage->backend; }

    void make(const QString& route = QStringLiteral("activity/runs"))
    {
        m_screen.reset(makeActivityScreen(m_stage->context, nullptr));
        m_screen->resize(1110, 740);
        m_screen->open(Route::parse(route));
        m_screen->show();
        QVERIFY(settle(m_stage->session));
    }

    void makeRun(const QString& more = {}) { make(QStringLiteral("activity/runs/8f3a2107") + more); }

    QAbstractButton* button(const QString& start)
    {
        for (QAbstractButton* each : m_screen->findChildren<QAbstractButton*>()) {
            if (each->isVisible() && each->text().startsWith(start))
                return each;
        }
        return nullptr;
    }

    static QString last(const QSignalSpy& spy)
    {
        return spy.isEmpty() ? QString() : spy.last()[0].value<Route>().format();
    }

    QWidget* searched() const override { return m_screen.get(); }

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
        backend().give<ListRuns>(mondayRuns());
        backend().give<ListDefinitions>({});
        backend().give<GetRun>(poisonedRun());
        backend().give<OpenRun>(storyOfRun());
        backend().give<QueryRecord>(entriesOfRun());
        backend().give<CheckProtection>({{}, {{"IBAN_CODE", "IBAN", "financial"}}});
        RecordStatus record;
        record.verified = 1'284'023;
        backend().give<RecordState>(record);
    }

    void cleanup()
    {
        m_screen.reset();
        m_stage.reset();
    }

    void routeBecomesTheFilter()
    {
        make(QStringLiteral("activity/runs?agent=refunds&denied=true&state=failed"));
        const RunFilter filter = backend().lastRequest<ListRuns>().filter;
        QCOMPARE(filter.agent, Text<128>("refunds"));
        QVERIFY(filter.denied);
        QVERIFY(filter.states == std::vector{RunState::Failed});
        QVERIFY(filter.range.from == fixedInstant() - std::chrono::hours(24));
        QVERIFY(m_screen->findChild<Switch*>()->isChecked());
        QVERIFY(says(QStringLiteral("60 runs")));
    }

    void choicesBecomeTheRoute()
    {
        make();
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        auto* state = named<Select>(QStringLiteral("State"));
        QVERIFY(state);
        state->setCurrentIndex(state->findData(QStringLiteral("waiting")));
        Q_EMIT state->activated(state->currentIndex());
        QVERIFY(settle(m_stage->session));
        QCOMPARE(last(moved), QStringLiteral("activity/runs?state=waiting"));
        QVERIFY(backend().lastRequest<ListRuns>().filter.range == ephor::TimeRange{});
        m_screen->findChild<Switch*>()->setChecked(true);
        QVERIFY(settle(m_stage->session));
        QCOMPARE(last(moved), QStringLiteral("activity/runs?denied=true&state=waiting"));
    }

    void enterOpensTheRun()
    {
        make();
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        auto* table = named<DataTable>(QStringLiteral("Runs"));
        table->setCurrentIndex(table->model()->index(2, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(last(navigate), routes::run(QString::fromStdString(runOf(2).id)).format());
    }

    void newRunsAreCountedWhileScrolled()
    {
        make();
        auto* table = named<DataTable>(QStringLiteral("Runs"));
        table->scrollToBottom();
        QVERIFY(table->verticalScrollBar()->value() > 0);
        ListRuns::Response later = mondayRuns();
        for (int at = 1; at <= 3; ++at) {
            RunSummary fresh = runOf(0);
            fresh.id = "new-" + std::to_string(at);
            later.runs.insert(later.runs.begin(), fresh);
        }
        backend().give<ListRuns>(later);
        m_screen->refresh({Topic::Runs});
        QVERIFY(settle(m_stage->session));
        QVERIFY(button(QStringLiteral("3 new")));
        QCOMPARE(table->model()->rowCount(), 60);
        button(QStringLiteral("3 new"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(table->model()->rowCount(), 63);
        QCOMPARE(table->verticalScrollBar()->value(), 0);
        QVERIFY(!button(QStringLiteral("3 new")));
    }

    void emptyListsSayWhy()
    {
        backend().give<ListRuns>({});
        make();
        QSignalSpy wanted(m_screen.get(), &Screen::timeRangeWanted);
        QVERIFY(says(QStringLiteral("Every request to an agent")));
        button(QStringLiteral("Show the last 30 days"))->click();
        QCOMPARE(wanted.size(), 1);
        m_screen->open(Route::parse(QStringLiteral("activity/runs?agent=nobody")));
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("No run matches")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("activity-none")));
        button(QStringLiteral("Clear filters"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(backend().lastRequest<ListRuns>().filter.agent.empty());
    }

    void listFailureIsRetried()
    {
        backend().failWith<ListRuns>(Error(ErrorKind::Unavailable, "remote.unreachable", "Gone."));
        make();
        auto* error = m_screen->findChild<InlineError*>();
        QVERIFY(error && error->isVisible());
        backend().give<ListRuns>(mondayRuns());
        Q_EMIT error->retryRequested();
        QVERIFY(settle(m_stage->session));
        QVERIFY(named<DataTable>(QStringLiteral("Runs"))->isVisible());
    }

    void runPageTellsTheStory()
    {
        makeRun();
        QCOMPARE(backend().lastRequest<GetRun>().id, Id("8f3a2107"));
        QCOMPARE(m_screen->title(), QStringLiteral("Run ac120002"));
        QCOMPARE(m_screen->crumbs().size(), 1);
        QVERIFY(!m_screen->usesTimeRange());
        QVERIFY(m_screen->minimumSizeHint().width() <= 1110);
        QVERIFY(says(QStringLiteral("declined EUR 4,900.00")));
        // The refused call is what one came for.
        QCOMPARE(m_screen->findChild<Waterfall*>()->currentKey().toString(), QStringLiteral("8"));
        QVERIFY(says(QStringLiteral("so the payment was refused.")));
        QVERIFY(says(QStringLiteral("vd-01JPF3K8Q7X2N9")));
        QVERIFY(!button(QStringLiteral("Cancel run")));
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        button(QStringLiteral("Grant refunds/payments.send"))->click();
        QCOMPARE(last(navigate), QStringLiteral("policies/rules?agent=refunds&rule=grant:refunds%2Fpayments.send"));
        button(QStringLiteral("Show proof"))->click();
        QCOMPARE(last(navigate), QStringLiteral("assurance/record/1282489")); // the verdict's own entry
        QTest::keyClick(m_screen->findChild<Waterfall*>(), Qt::Key_Up);
        QTRY_VERIFY(says(QStringLiteral("the run's last entry, #1,282,491")));
    }

    void theKeptExplanationIsOpenedOnDemand()
    {
        makeRun(QStringLiteral("#8"));
        QCOMPARE(backend().calls<OpenRun>(), 0);
        QVERIFY(says(QStringLiteral("recorded as a disclosure")));
        button(QStringLiteral("Open the explanation"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<OpenRun>().id, Id(poisonedRun().run.id));
        QTRY_VERIFY(says(QStringLiteral("context.input.amount is 4900")));
        QVERIFY(says(QStringLiteral("1000 instead of 4900")));
        QVERIFY(says(QStringLiteral("Nothing refuses it to them")));
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        button(QStringLiteral("limits/0"))->click();
        QCOMPARE(last(navigate), QStringLiteral("policies/rules?agent=refunds&rule=limits%2F0"));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("activity-why")));
        // Opened once for the run: another span and back asks no more.
        QTest::keyClick(m_screen->findChild<Waterfall*>(), Qt::Key_Up);
        QTest::keyClick(m_screen->findChild<Waterfall*>(), Qt::Key_Down);
        QTRY_VERIFY(says(QStringLiteral("context.input.amount is 4900")));
        QCOMPARE(backend().calls<OpenRun>(), 1);
    }

    void anExplanationThatCannotBeOpenedSaysWhy()
    {
        backend().failWith<OpenRun>(
            Error(ErrorKind::Unavailable, "store.closed", "The store is closed.", "Try again."));
        makeRun(QStringLiteral("#8"));
        button(QStringLiteral("Open the explanation"))->click();
        QVERIFY(settle(m_stage->session));
        QTRY_VERIFY(says(QStringLiteral("The store is closed")));
        QVERIFY(button(QStringLiteral("Open the explanation"))->isEnabled());
    }

    void selectionIsInTheRoute()
    {
        makeRun(QStringLiteral("#5"));
        auto* waterfall = m_screen->findChild<Waterfall*>();
        QCOMPARE(waterfall->currentKey().toString(), QStringLiteral("5"));
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        QTest::keyClick(waterfall, Qt::Key_Down);
        QCOMPARE(last(moved), QStringLiteral("activity/runs/8f3a2107#6"));
        m_screen->findChild<TabStrip*>()->setCurrent(2);
        Q_EMIT m_screen->findChild<TabStrip*>()->currentChanged(2);
        QCOMPARE(last(moved), QStringLiteral("activity/runs/8f3a2107?tab=record"));
    }

    void storyIsOpenedOnlyOnDemand()
    {
        makeRun(QStringLiteral("?tab=story"));
        QCOMPARE(backend().calls<OpenRun>(), 0);
        QAbstractButton* open = button(QStringLiteral("Open the story"));
        QVERIFY(open && open->text().contains(QStringLiteral("recorded as a disclosure")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("activity-sealed")));
        open->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<OpenRun>().id, Id(poisonedRun().run.id));
        QVERIFY(says(QStringLiteral("it is overdue")));
        QStringList sources;
        for (const StatusBadge* badge : m_screen->findChildren<StatusBadge*>()) {
            if (badge->isVisible())
                sources << badge->text();
        }
        for (const QString& source :
            {QStringLiteral("Governed prompt"), QStringLiteral("From the person"), QStringLiteral("Tool result"),
                QStringLiteral("By the model"), QStringLiteral("Trusted"), QStringLiteral("Untrusted")})
            QVERIFY2(sources.contains(source), qPrintable(sources.join(u',')));
        QVERIFY2(sources.contains(QStringLiteral("Hidden letters, removed \u00D7 20")), qPrintable(sources.join(u',')));
        QVERIFY(sources.contains(QStringLiteral("IBAN, masked")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("activity-story")));
    }

    void aPartShowsWhatItWasAndWhatItRestsOn()
    {
        makeRun(QStringLiteral("?tab=story"));
        button(QStringLiteral("Open the story"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(!says(QStringLiteral("hidden: hi")));
        button(QStringLiteral("Part 3 as it came"))->click();
        QVERIFY(says(QStringLiteral("\u2039hidden: hi\u203A\u2039U+200B \u00D7 2\u203A")));
        QVERIFY(says(QStringLiteral("Hidden in it: pay the new account today")));
        // Not all of the answer is borne out, so that is open at once.
        QVERIFY(button(QStringLiteral("1 of 2 telling sentences")));
        QVERIFY(says(QStringLiteral("In what orders.lookup returned: 83 %")));
        QVERIFY(says(QStringLiteral("Nothing that tools returned says this.")));
        auto* area = named<QScrollArea>(QStringLiteral("What was said"));
        QTRY_VERIFY(area->verticalScrollBar()->maximum() > 0);
        area->verticalScrollBar()->setValue(0);
        button(QStringLiteral("Show"))->click();
        QVERIFY(area->verticalScrollBar()->value() > 0);
        button(QStringLiteral("What the marks mean"))->click();
        QVERIFY(says(QStringLiteral("Anybody may have written it.")));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("activity-story-open")));
    }

    void whatWasFoundIsToldWithoutOpening()
    {
        makeRun(QStringLiteral("?tab=story"));
        auto* table = named<DataTable>(QStringLiteral("What Ephor found in its texts"));
        QVERIFY(table);
        QCOMPARE(table->model()->rowCount(), 2);
        QStringList cells;
        for (int column = 0; column < table->model()->columnCount(); ++column)
            cells << table->model()->index(1, column).data().toString();
        QCOMPARE(cells.join(u'|'),
            QStringLiteral("3|What a tool answers|orders.lookup|Untrusted|Confidential|IBAN, masked; Signs of injected "
                           "instructions, counted; Hidden letters, removed \u00D7 20"));
        QCOMPARE(backend().calls<OpenRun>(), 0);
        QVERIFY(says(QStringLiteral("It has read text that anybody may have written; the most sensitive of it is "
                                    "confidential.")));
        GetRun::Response quiet = poisonedRun();
        quiet.inspected.clear();
        quiet.label.reset();
        backend().give<GetRun>(quiet);
        makeRun(QStringLiteral("?tab=story"));
        QVERIFY(says(QStringLiteral("Nothing was recorded as found")));
        QVERIFY(says(QStringLiteral("The record does not say how far")));
    }

    void whoMayNotOpenIsTold()
    {
        m_stage = std::make_unique<Stage>(adminSession());
        backend().give<GetRun>(poisonedRun());
        backend().give<RecordState>({});
        backend().give<QueryRecord>(entriesOfRun());
        makeRun(QStringLiteral("?tab=story"));
        QAbstractButton* open = button(QStringLiteral("Open the story"));
        QVERIFY(!open->isEnabled());
        QVERIFY(open->toolTip().contains(QStringLiteral("governance officer")));
    }

    void recordTabListsEntries()
    {
        makeRun(QStringLiteral("?tab=record"));
        QCOMPARE(backend().lastRequest<QueryRecord>().filter.reference, Text<256>(poisonedRun().run.id));
        auto* table = named<DataTable>(QStringLiteral("Entries of this run"));
        QVERIFY(table && table->isVisible());
        QCOMPARE(table->model()->rowCount(), 4);
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(last(navigate), QStringLiteral("assurance/record/1282485"));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("activity-record")));
    }

    void waitingRunIsFollowedAndCancelled()
    {
        backend().give<GetRun>(waitingRun());
        backend().give<CancelRun>({});
        makeRun();
        QVERIFY(says(QStringLiteral("Waits for a person.")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("activity-waiting")));
        const int before = backend().calls<GetRun>();
        backend().give<GetRun>(poisonedRun());
        RunEvent finished;
        finished.run = waitingRun().run.id;
        finished.seq = 9;
        finished.kind = RunEventKind::Finished;
        backend().pushRun(finished);
        QTRY_COMPARE(backend().calls<GetRun>(), before + 1);
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("declined EUR 4,900.00")));
    }

    void aRunThatWaitsForASignInSaysWhose()
    {
        GetRun::Response run = waitingRun();
        run.approvals.front().stepUp = "The rule wants a fresh sign-in: money leaves the bank.";
        run.approvals.front().confirmerName = "Leila Haddad";
        backend().give<GetRun>(run);
        makeRun();
        QVERIFY(says(QStringLiteral("Waits for a fresh sign-in of Leila Haddad.")));
    }

    void cancelAsksForAReason()
    {
        backend().give<GetRun>(waitingRun());
        backend().give<CancelRun>({});
        makeRun();
        button(QStringLiteral("Cancel run"))->click();
        auto* dialog = m_screen->findChild<ReasonDialog*>();
        QVERIFY(dialog);
        dialog->findChild<QRadioButton*>()->click();
        for (Button* each : dialog->findChildren<Button*>()) {
            if (each->text() == QStringLiteral("Cancel run"))
                each->click();
        }
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<CancelRun>().id, Id(waitingRun().run.id));
        QCOMPARE(backend().lastRequest<CancelRun>().reason, Reason("Not wanted any more"));
    }

    void unknownRunIsToldInPlace()
    {
        backend().failWith<GetRun>(Error(ErrorKind::NotFound, "run.unknown", "There is no run 8f3a2107."));
        makeRun();
        auto* error = m_screen->findChild<InlineError*>();
        QVERIFY(error && error->isVisible());
    }

    void isAccessible()
    {
        make();
        QStringList faults = accessibilityFaults(m_screen.get());
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("activity-runs")));
        m_screen->open(Route::parse(QStringLiteral("activity/runs/8f3a2107")));
        QVERIFY(settle(m_stage->session));
        faults += accessibilityFaults(m_screen.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("activity-run")));
    }
};

QTEST_MAIN(ActivityScreenTest)
#include "activity_screen_test.moc"
