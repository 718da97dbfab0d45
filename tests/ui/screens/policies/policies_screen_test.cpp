#include "tests/ui/screens/policies/policies_data.h"
#include "tests/ui/support/finding.h"
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

#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class PoliciesScreenTest : public QObject, private Finding {
    Q_OBJECT

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    ScriptedBackend& backend() { return *m_stage->backend; }

    void begin(SessionInfo info = adminSession())
    {
        m_screen.reset();
        m_stage = std::make_unique<Stage>(std::move(info));
        backend().give<ReadMatrix>(matrixOfBank());
        backend().give<ExplainGrant>(explainedAsk());
        backend().give<PreviewGrants>({1, 1, 12'480, 37});
        backend().give<TightenGrant>({});
        CreateChange::Response drafted;
        drafted.change.id = "CH-430";
        backend().give<CreateChange>(drafted);
        backend().give<SubmitChange>({});
    }

    void open(const Route& route)
    {
        if (!m_screen) {
            m_screen.reset(makePoliciesScreen(m_stage->context, nullptr));
            m_screen->resize(1110, 740);
            m_screen->show();
        }
        m_screen->open(route);
        QVERIFY(settle(m_stage->session));
    }

    MatrixView* grid() { return m_screen->findChild<MatrixView*>(); }

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

    QWidget* searched() const override { return m_screen.get(); }

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<ephor::ui::Route>();
        qRegisterMetaType<ephor::ui::Notice>();
        Theme::instance().install();
        Theme::instance().setMotion(Theme::Motion::reduced);
        Theme::instance().setAppearance(Theme::Appearance::light);
    }

    void init() { begin(); }

    void cleanup()
    {
        m_screen.reset();
        m_stage.reset();
    }

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
        open(Route::parse(QStringLiteral("policies/tightenings")));
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
        backend().give<ListTightenings>({standingTightenings()});
        open(Route::parse(QStringLiteral("policies/tightenings")));
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
