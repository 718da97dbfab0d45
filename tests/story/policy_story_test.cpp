#include "tests/story/visitor.h"

#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/policies.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "ui/kit/data_table.h"
#include "ui/kit/field.h"
#include "ui/kit/matrix_view.h"
#include "ui/kit/segmented.h"
#include "ui/kit/theme.h"
#include "ui/screens/policies/house_dialog.h"
#include "ui/screens/policies/policy_editor.h"

#include <QApplication>
#include <QTest>
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::story_tests;

namespace {

/// One request to the clerk for what a person is asked about first, and what it told.
class TakingRun {
public:
    explicit TakingRun(Desk& desk)
    {
        StartRun::Request request;
        request.agent = "clerk";
        request.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", "Please take two pens"}}}));
        request.person = "employee-7";
        m_handle = desk.backend().start(request, desk.key(), [state = m_state](const RunEvent& event) {
            const std::lock_guard lock(state->mutex);
            state->kinds.push_back(event.kind);
            state->came.notify_all();
        });
    }
    std::string id() const { return m_handle ? (*m_handle)->id() : std::string(); }
    bool heard(RunEventKind kind)
    {
        std::unique_lock lock(m_state->mutex);
        return m_handle && m_state->came.wait_for(lock, std::chrono::minutes(1), [&] {
            return std::ranges::find(m_state->kinds, kind) != m_state->kinds.end();
        });
    }

private:
    struct Heard {
        std::mutex mutex;
        std::condition_variable came;
        std::vector<RunEventKind> kinds;
    };
    std::shared_ptr<Heard> m_state = std::make_shared<Heard>();
    Result<std::unique_ptr<RunHandle>> m_handle = fail(ErrorKind::Internal, "test.unstarted", "It was not started.");
};

const char* const waitingCell = "policies/matrix?agent=clerk&tool=stock.take";

// The cell of the matrix gets another answer, which is staged until it is reviewed.
bool stage(Visitor& visitor, const QString& answer)
{
    auto* grid = visitor.shown<MatrixView>();
    if (grid == nullptr)
        return false;
    grid->setFocus();
    QTest::keyClick(grid, Qt::Key_Space);
    return visitor.choose(answer) && QTest::qWaitFor([&] { return visitor.button(QStringLiteral("Review")); });
}

Result<GetRun::Response> runOf(Desk& desk, const TakingRun& run)
{
    return desk.backend().call<GetRun>({run.id()}, desk.officer());
}

}

/// Rules at the real shell: one person tightens and a waiting run ends, loosening shows what it flips and takes two.
class PolicyStoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }
    void anOfficerTightensFromAWaitingApproval();
    void aHouseRuleEndsAWaitingRun();
    void anAdminLoosensAndAnOfficerSeesTheFlips();
};

void PolicyStoryTest::anOfficerTightensFromAWaitingApproval()
{
    Desk desk{Way::Local};
    TakingRun run(desk);
    QVERIFY(run.heard(RunEventKind::Waiting));
    Visitor officer(desk, desk.officer());
    QVERIFY(officer.go(QStringLiteral("inbox")));
    QTRY_VERIFY(officer.says(QStringLiteral("Each call of stock.take by Clerk")));

    // From the request to the rule that asked, to its cell.
    QTRY_VERIFY(officer.button(QStringLiteral("Open the rule")) != nullptr);
    QCOMPARE(officer.button(QStringLiteral("Open the rule"))->toolTip(), QStringLiteral("Grant clerk/stock.take"));
    officer.button(QStringLiteral("Open the rule"))->click();
    QVERIFY(officer.settle());
    QTRY_VERIFY(officer.button(QStringLiteral("Open its cell")) != nullptr);
    officer.button(QStringLiteral("Open its cell"))->click();
    QVERIFY(officer.settle());
    QVERIFY(stage(officer, QStringLiteral("deny")));
    QTRY_VERIFY(officer.says(QStringLiteral("1 tightens (binds now)")));
    QVERIFY(officer.act(QStringLiteral("Review"), QStringLiteral("The stock is being counted")));

    QVERIFY(run.heard(RunEventKind::Finished));
    const auto ended = runOf(desk, run);
    QVERIFY(ended.has_value());
    QCOMPARE(ended->run.toolCalls, std::uint64_t(0));
    QVERIFY(ended->approvals.front().state == ApprovalState::Void);

    QVERIFY(officer.go(QStringLiteral("activity/runs/") + QString::fromStdString(run.id())));
    QTRY_VERIFY(officer.says(QStringLiteral("The stock is being counted")));
    QTRY_VERIFY(officer.button(QStringLiteral("open-why")) != nullptr);
    officer.button(QStringLiteral("open-why"))->click();
    QVERIFY(officer.settle());
    QTRY_VERIFY(officer.says(QStringLiteral("Refused by")));
    QTRY_VERIFY(officer.button(QStringLiteral("tightened:clerk/stock.take")) != nullptr);
}

void PolicyStoryTest::aHouseRuleEndsAWaitingRun()
{
    Desk desk{Way::Local};
    TakingRun run(desk);
    QVERIFY(run.heard(RunEventKind::Waiting));
    Visitor officer(desk, desk.officer());
    QVERIFY(officer.go(QStringLiteral("policies/house")));
    officer.button(QStringLiteral("new-house-rule"))->click();
    QTRY_VERIFY(officer.dialog() != nullptr);
    Dialog* const dialog = officer.dialog();
    dialog->findChild<TextField*>()->setText(QStringLiteral("stocktaking"));
    auto* text = dialog->findChild<policies::PolicyEditor*>();
    text->setPlainText(QStringLiteral("@explain(\"The stock is being counted.\")\n"
                                      "forbid (principal is Agent, action == Action::\"stock.take\", resource);"));
    auto* way = dialog->findChild<Segmented*>();
    way->setFocus();
    QTest::keyClick(way, Qt::Key_Right);
    for (QPlainTextEdit* reason : dialog->findChildren<QPlainTextEdit*>()) {
        if (reason != text)
            reason->setPlainText(QStringLiteral("We count today"));
    }
    // Whoever may see recorded calls looks at what it would have met before it binds everybody.
    QTRY_VERIFY(officer.says(QStringLiteral("may call stock.take")));
    QVERIFY(officer.button(QStringLiteral("add-house-rule")) == nullptr);
    officer.button(QStringLiteral("backtest"))->click();
    QTRY_VERIFY(officer.button(QStringLiteral("add-house-rule")) != nullptr);
    officer.button(QStringLiteral("add-house-rule"))->click();
    QTRY_VERIFY(officer.dialog() == nullptr);

    QVERIFY(run.heard(RunEventKind::Finished));
    QCOMPARE(runOf(desk, run)->run.toolCalls, std::uint64_t(0));
    QVERIFY(officer.go(QStringLiteral("activity/runs/") + QString::fromStdString(run.id())));
    QTRY_VERIFY(officer.says(QStringLiteral("The stock is being counted")));
    QTRY_VERIFY(officer.button(QStringLiteral("House rule stocktaking")) != nullptr);
    officer.button(QStringLiteral("open-why"))->click();
    QVERIFY(officer.settle());
    QTRY_VERIFY(officer.button(QStringLiteral("house:stocktaking/0")) != nullptr);
    officer.button(QStringLiteral("house:stocktaking/0"))->click();
    QVERIFY(officer.settle());
    QTRY_VERIFY(officer.says(QStringLiteral("House rule stocktaking")));
}

void PolicyStoryTest::anAdminLoosensAndAnOfficerSeesTheFlips()
{
    Desk desk{Way::Local};
    TakingRun run(desk);
    QVERIFY(run.heard(RunEventKind::Waiting));
    Visitor admin(desk, desk.admin());
    QVERIFY(admin.go(QString::fromLatin1(waitingCell)));
    QVERIFY(stage(admin, QStringLiteral("allow")));
    QTRY_VERIFY(admin.says(QStringLiteral("1 loosens (needs an officer)")));
    QVERIFY(admin.act(QStringLiteral("Review"), QStringLiteral("Pens are cheap")));

    const auto changes = desk.backend().call<ListChanges>({}, desk.admin());
    QVERIFY(changes && !changes->changes.empty());
    const ChangeSummary drafted = changes->changes.front();
    QVERIFY(drafted.state == ChangeState::Approval);
    const QString page = QStringLiteral("changes/") + QString::fromStdString(drafted.id);
    QVERIFY(admin.go(page));
    QTRY_VERIFY(admin.says(QStringLiteral("1 looser")));
    QVERIFY2(admin.button(QStringLiteral("approve")) == nullptr, "the author must not be able to approve");
    const auto waiting = runOf(desk, run);
    QVERIFY2(waiting && waiting->run.state == RunState::Waiting, "a draft loosens nothing");

    Visitor officer(desk, desk.officer());
    QVERIFY(officer.go(page));
    QTRY_VERIFY(officer.button(QStringLiteral("see-flips")) != nullptr);
    officer.button(QStringLiteral("see-flips"))->click();
    QVERIFY(officer.settle());
    QTRY_VERIFY(officer.button(QStringLiteral("Run the backtest")) != nullptr);
    officer.button(QStringLiteral("Run the backtest"))->click();
    QTRY_VERIFY(officer.shown<DataTable>() != nullptr && officer.shown<DataTable>()->model()->rowCount() == 1);
    const QAbstractItemModel* flips = officer.shown<DataTable>()->model();
    QStringList flip;
    for (int column = 0; column < flips->columnCount(); ++column)
        flip << flips->index(0, column).data().toString();
    QVERIFY2(
        flip.contains(QStringLiteral("Ask")) && flip.contains(QStringLiteral("Allow")), qPrintable(flip.join(u'|')));

    QVERIFY(officer.go(page));
    QTRY_VERIFY(officer.button(QStringLiteral("approve")) != nullptr);
    QVERIFY(officer.act(QStringLiteral("approve"), QStringLiteral("Seen what it flips")));
    const auto approved = desk.backend().call<GetChange>({drafted.id}, desk.officer());
    QVERIFY(approved.has_value());
    QCOMPARE(approved->change.summary.approvalsGiven, std::uint64_t(1));
    QVERIFY(desk.backend().call<VerifyRecord>({}, desk.officer()));
}

QTEST_MAIN(PolicyStoryTest)
#include "policy_story_test.moc"
