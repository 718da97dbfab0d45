#include "tests/ui/screens/policies/large_matrix.h"
#include "tests/ui/screens/policies/policies_stage.h"
#include "tests/ui/support/snapshots.h"

#include "core/api/changes.h"
#include "ui/bridge/propose_change.h"
#include "ui/kit/button.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/matrix_view.h"
#include "ui/kit/theme.h"
#include "ui/screens/policies/access_tab.h"
#include "ui/screens/policies/cell_card.h"
#include "ui/screens/policies/policies_screen.h"
#include "ui/screens/policies/review_dialog.h"
#include "ui/screens/policies/staged_bar.h"
#include "ui/screens/policies/tightenings_tab.h"

#include <QCheckBox>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class PoliciesScreenTest : public PoliciesStage {
    Q_OBJECT

    void begin(SessionInfo info = adminSession())
    {
        PoliciesStage::begin(std::move(info));
        backend().give<TightenGrant>({});
        CreateChange::Response drafted;
        drafted.change.id = "CH-430";
        backend().give<CreateChange>(drafted);
        backend().give<SubmitChange>({});
    }

    MatrixView* grid() { return m_screen->findChild<MatrixView*>(); }
    QCheckBox* differencesOnly() { return button<QCheckBox>(QStringLiteral("Differences only")); }

    // Chooses an answer for a cell by its menu, as Enter does.
    void answer(const char* agent, const char* tool, const char* word)
    {
        open(routes::matrix(QLatin1String(agent), QLatin1String(tool)));
        QTest::keyClick(grid(), Qt::Key_Return);
        auto* menu = m_screen->findChild<QMenu*>();
        QVERIFY(menu);
        auto* action = menu->findChild<QAction*>(QLatin1String(word));
        QVERIFY(action);
        QVERIFY(action->isEnabled());
        action->trigger();
        menu->close();
        delete menu;
        QVERIFY(settle(m_stage->session));
    }

    void stageBoth()
    {
        answer("expense-audit", "mail.send", "ask"); // was allow: tightens
        answer("invoice-intake", "ledger.post", "ask"); // was deny: loosens
    }

private Q_SLOTS:
    void initTestCase() { install(); }
    void init() { begin(); }

    void cleanup() { end(); }

    void routeChoosesACellAndExplainsIt()
    {
        open(routes::matrix(QStringLiteral("customer-refunds"), QStringLiteral("payments.send")));
        QCOMPARE(std::string(backend().lastRequest<ExplainGrant>().tool), std::string("payments.send"));
        auto* card = m_screen->findChild<policies::CellCard*>();
        QVERIFY(card->isVisible());
        QVERIFY(says(QStringLiteral("makes this cell")));
        QVERIFY(says(QStringLiteral("512 calls in 30 days")));
        QVERIFY(m_screen->rect().contains(QRect(card->mapTo(m_screen.get(), QPoint()), card->size())));
        QTest::keyClick(grid(), Qt::Key_Escape);
        QVERIFY(!card->isVisible());
        open(routes::matrix(QStringLiteral("hr-helper"), QStringLiteral("directory.grant")));
        QVERIFY(card->isVisible());
        QCOMPARE(std::string(backend().lastRequest<ExplainGrant>().tool), std::string("directory.grant"));
    }

    void arrowsMoveAndTellTheRoute()
    {
        open(routes::matrix(QStringLiteral("customer-refunds"), QStringLiteral("payments.send")));
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        QTest::keyClick(grid(), Qt::Key_Right);
        QVERIFY(settle(m_stage->session));
        QVERIFY(!moved.isEmpty());
        QCOMPARE(
            moved.last()[0].value<Route>().query.value(QStringLiteral("tool")), QStringLiteral("payments.reverse"));
    }

    // A key held down passes many cells; only the one where it rests is asked about.
    void stepsInQuickSuccessionExplainTheLastCellAlone()
    {
        open(routes::matrix(QStringLiteral("customer-refunds"), QStringLiteral("payments.lookup")));
        const int before = backend().calls<ExplainGrant>();
        for (int step = 0; step < 3; ++step)
            QTest::keyClick(grid(), Qt::Key_Right);
        for (int step = 0; step < 2; ++step)
            QTest::keyClick(grid(), Qt::Key_Left);
        QTRY_VERIFY(m_screen->findChild<policies::CellCard*>()->isVisible()
            && backend().lastRequest<ExplainGrant>().tool == "payments.send");
        // The first step was rested before, the others were not.
        QVERIFY(backend().calls<ExplainGrant>() <= before + 2);
    }

    void aLinkToWhatIsNotThereNamesIt()
    {
        open(routes::matrix(QStringLiteral("customer-refunds"), QStringLiteral("payments.sned")));
        QVERIFY(says(QStringLiteral("No tool is named payments.sned.")));
        QVERIFY(!m_screen->findChild<policies::CellCard*>()->isVisible());
        QCOMPARE(backend().calls<ExplainGrant>(), 0);
        open(routes::matrix(QStringLiteral("nobody"), QStringLiteral("payments.sned")));
        QVERIFY(says(QStringLiteral("No agent is named nobody and no tool payments.sned.")));
        open(routes::matrix(QStringLiteral("customer-refunds"), QStringLiteral("payments.send")));
        QVERIFY(!says(QStringLiteral("No agent is named")));
    }

    void stagedEditsArePreviewedTogether()
    {
        open(routes::matrix());
        QVERIFY(!m_screen->hasUnsavedWork());
        stageBoth();
        QCOMPARE(backend().lastRequest<PreviewGrants>().edits.size(), std::size_t(2));
        QVERIFY(says(QStringLiteral("2 staged edits")));
        QVERIFY(says(QStringLiteral("would have changed 37 of 12,480")));
        QVERIFY(m_screen->hasUnsavedWork());
        for (const Command& command : m_screen->commands()) {
            if (command.id == QStringLiteral("policies.undo"))
                command.run();
        }
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("1 staged edit")));
        m_screen->findChild<QAbstractButton*>(QStringLiteral("discard"))->click();
        QVERIFY(!m_screen->hasUnsavedWork());
        QVERIFY(!m_screen->findChild<policies::StagedBar*>()->isVisible());
    }

    void reviewSplitsTighteningsFromChanges()
    {
        open(routes::matrix());
        stageBoth();
        m_screen->findChild<QAbstractButton*>(QStringLiteral("review"))->click();
        auto* dialog = m_screen->findChild<policies::ReviewDialog*>();
        QVERIFY(dialog);
        QCOMPARE(accessibilityFaults(dialog).join(u'\n'), QString());
        auto* act = dialog->findChild<QAbstractButton*>(QStringLiteral("carry-out"));
        QVERIFY(!act->isEnabled()); // no reason yet
        dialog->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("Mail left the bank"));
        QVERIFY(act->isEnabled());
        QSignalSpy notified(m_screen.get(), &Screen::notify);
        act->click();
        QVERIFY(settle(m_stage->session));
        const auto tightened = backend().lastRequest<TightenGrant>();
        QCOMPARE(std::string(tightened.agent), std::string("expense-audit"));
        QCOMPARE(tightened.access, ephor::Access::Ask);
        QCOMPARE(std::string(tightened.reason), std::string("Mail left the bank"));
        const auto drafted = backend().lastRequest<CreateChange>();
        QCOMPARE(std::string(drafted.agent), std::string("invoice-intake"));
        QCOMPARE(drafted.grants.size(), std::size_t(1));
        QCOMPARE(std::string(backend().lastRequest<SubmitChange>().id), std::string("CH-430"));
        QVERIFY(!m_screen->hasUnsavedWork());
        QCOMPARE(notified.size(), 1);
        QCOMPARE(notified[0][0].value<Notice>().route, QStringLiteral("changes/CH-430"));
    }

    void whatFailedStaysStagedAndIsTriedAgain()
    {
        open(routes::matrix());
        stageBoth();
        backend().failWith<CreateChange>(
            Error(ErrorKind::Invalid, "change.foreign-grant", "The agent does not name the tool."));
        m_screen->findChild<QAbstractButton*>(QStringLiteral("review"))->click();
        auto* dialog = m_screen->findChild<policies::ReviewDialog*>();
        dialog->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("Mail left the bank"));
        dialog->findChild<QAbstractButton*>(QStringLiteral("carry-out"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(dialog->findChild<InlineError*>()->isVisible());
        QVERIFY(m_screen->hasUnsavedWork());
        CreateChange::Response drafted;
        drafted.change.id = "CH-431";
        backend().give<CreateChange>(drafted);
        Q_EMIT dialog->findChild<InlineError*>()->retryRequested();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<TightenGrant>(), 1); // what was done is not done again
        QVERIFY(!m_screen->hasUnsavedWork());
    }

    void officerMayOnlyTighten()
    {
        begin(officerSession());
        open(routes::matrix(QStringLiteral("invoice-intake"), QStringLiteral("ledger.post")));
        QTest::keyClick(grid(), Qt::Key_Space);
        auto* menu = m_screen->findChild<QMenu*>();
        QVERIFY(menu);
        QVERIFY(!menu->findChild<QAction*>(QStringLiteral("allow"))->isEnabled());
        QVERIFY(!menu->findChild<QAction*>(QStringLiteral("allow"))->toolTip().isEmpty());
        menu->close();
        delete menu;
        answer("expense-audit", "mail.send", "deny");
        QVERIFY(m_screen->hasUnsavedWork());
    }

    void tighteningsTellWhoAndLeadToTheCell()
    {
        backend().give<ListTightenings>({standingTightenings()});
        open(QStringLiteral("policies/tightenings"));
        auto* table = m_screen->findChild<policies::TighteningsTab*>()->findChild<DataTable*>();
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(backend().calls<ExplainGrant>(), 0);
        QSignalSpy navigated(m_screen.get(), &Screen::navigate);
        Q_EMIT table->rowOpened(table->model()->index(0, 0));
        QCOMPARE(navigated[0][0].value<Route>(),
            routes::matrix(QStringLiteral("hr-helper"), QStringLiteral("documents.share")));
        table->setCurrentIndex(table->model()->index(0, 0));
        QCOMPARE(m_screen->commands().size(), 1);
        Q_EMIT table->linkActivated(table->model()->index(0, 8));
        auto* dialog = m_screen->findChild<ProposeChange*>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->close();
    }

    void emptyMatrixTeachesAndFailureCanBeRetried()
    {
        backend().give<ReadMatrix>({});
        open(routes::matrix());
        QVERIFY(m_screen->findChild<EmptyState*>());
        begin();
        backend().failWith<ReadMatrix>(Error(ErrorKind::Unavailable, "backend.unreachable", "It does not answer."));
        open(routes::matrix());
        auto* error = m_screen->findChild<policies::AccessTab*>()->findChild<InlineError*>();
        QVERIFY(error && error->isVisible());
        backend().give<ReadMatrix>(matrixOfBank());
        Q_EMIT error->retryRequested();
        QVERIFY(settle(m_stage->session));
        QVERIFY(grid()->isVisible());
    }

    // Nobody reads 6,000 cells at once.
    void largeMatrixOpensWithItsDifferences()
    {
        backend().give<ReadMatrix>(largeMatrix(40, 150));
        open(routes::matrix());
        auto* differing = differencesOnly();
        QVERIFY(differing->isChecked());
        const QAbstractItemModel& model = *grid()->model();
        QVERIFY(model.columnCount() < 150);
        QVERIFY(model.rowCount() > 8); // teams, and agents below them
        differing->setChecked(false);
        QCOMPARE(model.columnCount(), 150);
        QCOMPARE(model.rowCount(), 40 + 8);
        open(QStringLiteral("policies/matrix?team=team3"));
        QCOMPARE(model.rowCount(), 5 + 1); // its agents, and its heading
        // Words keep their place where columns do not fit: the matrix scrolls instead.
        QVERIFY(grid()->horizontalScrollBar()->maximum() > 0);
        QVERIFY(grid()->columnWidth(0) >= 52);
        // A route that names a cell shows it, whatever differs.
        m_screen.reset();
        open(routes::matrix(QStringLiteral("agent-39"), QStringLiteral("system24.act5")));
        QVERIFY(!differencesOnly()->isChecked());
        QVERIFY(m_screen->findChild<policies::CellCard*>()->isVisible());
    }

    void everyControlHasAName()
    {
        open(routes::matrix(QStringLiteral("customer-refunds"), QStringLiteral("payments.send")));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
        stageBoth();
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
    }

    void pictures()
    {
        open(routes::matrix());
        stageBoth();
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("policies-staged")));
        m_screen->resize(1110, 740);
        open(routes::matrix(QStringLiteral("customer-refunds"), QStringLiteral("payments.send")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("policies-cell"), [this] {
            m_screen->open(routes::matrix(QStringLiteral("customer-refunds"), QStringLiteral("payments.send")));
            settle(m_stage->session);
        }));
        backend().give<ReadMatrix>(largeMatrix(40, 150));
        m_screen.reset();
        open(routes::matrix());
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("policies-large")));
        differencesOnly()->setChecked(false);
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("policies-large-all")));
        backend().give<ReadMatrix>(matrixOfBank());
        m_screen.reset();
        open(routes::matrix());
        stageBoth();
        backend().give<ListTightenings>({standingTightenings()});
        open(QStringLiteral("policies/tightenings"));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("policies-tightenings")));
        open(routes::matrix());
        m_screen->findChild<QAbstractButton*>(QStringLiteral("review"))->click();
        auto* dialog = m_screen->findChild<policies::ReviewDialog*>();
        QVERIFY(dialog);
        const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS");
        if (!folder.isEmpty())
            QVERIFY(dialog->grab().save(folder + QStringLiteral("/policies-review.png")));
        dialog->close();
    }
};

QTEST_MAIN(PoliciesScreenTest)

#include "policies_screen_test.moc"
