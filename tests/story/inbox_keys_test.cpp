#include "tests/ui/screens/inbox/inbox_data.h"

#include "core/api/audit.h"
#include "core/api/definitions.h"
#include "ui/bridge/route.h"
#include "ui/kit/theme.h"
#include "ui/screens/inbox/inbox_screen.h"
#include "ui/shell/workbench.h"

#include <QApplication>
#include <QLineEdit>
#include <QRadioButton>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

/// The keys of the inbox as somebody presses them, at the real shell.
class InboxKeysTest : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<ScriptedBackend> m_backend;
    std::unique_ptr<Workbench> m_bench;

    void pickReason()
    {
        for (QRadioButton* choice : m_bench->findChildren<QRadioButton*>()) {
            if (choice->isVisible()) {
                choice->click();
                return;
            }
        }
        QFAIL("no reason to pick");
    }
    /// As a person does: to whatever has the focus.
    void press(Qt::Key key)
    {
        QWidget* const focus = QApplication::focusWidget();
        QTest::keyClick(focus != nullptr ? focus : m_bench.get(), key);
        QVERIFY(settle(m_bench->session()));
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }

    void init()
    {
        m_backend = std::make_shared<ScriptedBackend>();
        m_backend->give<RecordState>({});
        m_backend->give<ListDefinitions>({});
        m_backend->give<ListStops>({});
        m_backend->give<ReadInbox>(mondayInbox());
        m_backend->answer<GetApproval>(
            [](const GetApproval::Request& ask) -> Result<GetApproval::Response> { return waitingApproval(ask.id); });
        m_backend->answer<DecideApproval>([](const DecideApproval::Request& ask) -> Result<DecideApproval::Response> {
            DecideApproval::Response decided{waitingApproval(ask.id).request, "It is decided."};
            decided.request.state = ask.approve ? ApprovalState::Approved : ApprovalState::Denied;
            return decided;
        });
        Workbench::Settings settings;
        settings.now = [] { return fixedNow(); };
        settings.screens = {{QStringLiteral("inbox"), makeInboxScreen}};
        m_bench = std::make_unique<Workbench>(m_backend, "token", officerSession(), std::move(settings), nullptr);
        m_bench->resize(1'280, 800);
        m_bench->navigate(routes::inbox(QStringLiteral("ap-2")));
        m_bench->show();
        m_bench->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_bench.get()));
        QVERIFY(settle(m_bench->session()));
    }

    void aApprovesOnceThereIsAReason()
    {
        press(Qt::Key_A);
        QCOMPARE(m_backend->calls<DecideApproval>(), 0);
        pickReason();
        press(Qt::Key_A);
        QCOMPARE(m_backend->calls<DecideApproval>(), 1);
        QVERIFY(m_backend->lastRequest<DecideApproval>().approve);
    }

    void dDenies()
    {
        pickReason();
        press(Qt::Key_D);
        QCOMPARE(m_backend->calls<DecideApproval>(), 1);
        QVERIFY(!m_backend->lastRequest<DecideApproval>().approve);
    }

    void slashGoesToTheFilterWhereLettersAreLetters()
    {
        pickReason();
        press(Qt::Key_Slash);
        auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(field);
        press(Qt::Key_D);
        press(Qt::Key_A);
        QCOMPARE(field->text(), QStringLiteral("da"));
        QCOMPARE(m_backend->calls<DecideApproval>(), 0);
    }
};

QTEST_MAIN(InboxKeysTest)

#include "inbox_keys_test.moc"
