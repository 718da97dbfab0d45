#include "tests/contract/errand.h"
#include "tests/contract/step_up_desk.h"
#include "tests/story/visitor.h"

#include "core/api/audit.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "ui/kit/theme.h"
#include "ui/screens/inbox/decision_card.h"

#include <QApplication>
#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::story_tests;

namespace {

constexpr const char* asked = "Please take two pens";

ApprovalRequest requestOf(Desk& desk, const Errand& errand)
{
    const auto shown = desk.backend().call<GetRun>({errand.id()}, desk.officer());
    return shown && !shown->approvals.empty() ? shown->approvals.front() : ApprovalRequest{};
}

// The button of the decision card whatever its state; `Visitor::button` finds enabled ones alone.
Button* buttonOf(const Visitor& visitor, const QString& words)
{
    const auto* card = visitor.shown<inbox::DecisionCard>();
    if (card == nullptr)
        return nullptr;
    const auto buttons = card->findChildren<Button*>();
    const auto found = std::ranges::find_if(
        buttons, [&words](const Button* each) { return each->isVisible() && each->text() == words; });
    return found == buttons.end() ? nullptr : *found;
}

void giveReason(const Visitor& visitor, const QString& reason)
{
    auto* card = visitor.shown<inbox::DecisionCard>();
    for (QRadioButton* usual : card->findChildren<QRadioButton*>())
        usual->click();
    for (QPlainTextEdit* field : card->findChildren<QPlainTextEdit*>())
        field->setPlainText(reason);
}

QString inboxOf(const ApprovalRequest& request)
{
    return QStringLiteral("inbox/") + QString::fromStdString(request.id);
}

}

/// A call that wants a fresh sign-in, at the real shell: it waits in the inbox of whoever it is done for.
class StepUpStoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }
    void sheSignsInAgainAndConfirms();
    void sheRefusesWhatSheDidNotAskFor();
    void anOfficerOnlyLooksOn();
};

void StepUpStoryTest::sheSignsInAgainAndConfirms()
{
    Desk desk{Way::Local};
    wantSignIn(desk);
    const CallContext before = wandaSignsIn(desk);
    Errand errand(desk, asked, "wanda");
    QVERIFY(errand.heard(RunEventKind::Waiting));
    const ApprovalRequest request = requestOf(desk, errand);

    // The session she has is older than the request.
    Visitor wanda(desk, before);
    QVERIFY(wanda.go(inboxOf(request)));
    QTRY_VERIFY(wanda.says(QStringLiteral("It is done for you")));
    QVERIFY(wanda.says(QStringLiteral("stock leaves the desk")));
    QTRY_VERIFY(buttonOf(wanda, QStringLiteral("Confirm")) != nullptr);
    QVERIFY(!buttonOf(wanda, QStringLiteral("Confirm"))->isEnabled());
    QVERIFY(!buttonOf(wanda, QStringLiteral("Refuse"))->isEnabled());

    // Signing in again begins by signing out, so that the old session confirms nothing any more.
    QTRY_VERIFY(wanda.button(QStringLiteral("Sign in again")) != nullptr);
    wanda.button(QStringLiteral("Sign in again"))->click();
    QTRY_VERIFY(!desk.backend().call<CurrentSession>({}, before));
    QVERIFY(requestOf(desk, errand).state == ApprovalState::Waiting);

    Visitor again(desk, wandaSignsIn(desk));
    QVERIFY(again.go(inboxOf(request)));
    QTRY_VERIFY(buttonOf(again, QStringLiteral("Confirm")) != nullptr);
    QTRY_VERIFY(buttonOf(again, QStringLiteral("Confirm"))->isEnabled());
    QVERIFY(again.button(QStringLiteral("Sign in again")) == nullptr);
    giveReason(again, QStringLiteral("The pens are for me"));
    buttonOf(again, QStringLiteral("Confirm"))->click();
    QVERIFY(again.settle());
    QTRY_VERIFY(again.says(QStringLiteral("Wanda Nowak confirmed it after a fresh sign-in")));
    QVERIFY(buttonOf(again, QStringLiteral("Confirm")) == nullptr);

    QVERIFY(errand.heard(RunEventKind::Finished));
    const auto run = desk.backend().call<GetRun>({errand.id()}, desk.officer());
    QVERIFY(run.has_value());
    QCOMPARE(run->run.toolCalls, std::uint64_t(1));
    QueryRecord::Request query;
    query.filter.operation = "approvals.confirm";
    query.filter.outcome = "confirmed";
    const auto entries = desk.backend().call<QueryRecord>(query, desk.officer());
    QVERIFY(entries && entries->rows.size() == 1);
    QVERIFY(desk.backend().call<VerifyRecord>({}, desk.officer()));
}

void StepUpStoryTest::sheRefusesWhatSheDidNotAskFor()
{
    Desk desk{Way::Local};
    wantSignIn(desk);
    Errand errand(desk, asked, "wanda");
    QVERIFY(errand.heard(RunEventKind::Waiting));
    Visitor wanda(desk, wandaSignsIn(desk));
    QVERIFY(wanda.go(inboxOf(requestOf(desk, errand))));
    QTRY_VERIFY(buttonOf(wanda, QStringLiteral("Refuse")) != nullptr);
    QTRY_VERIFY(buttonOf(wanda, QStringLiteral("Refuse"))->isEnabled());
    giveReason(wanda, QStringLiteral("I asked for nothing"));
    buttonOf(wanda, QStringLiteral("Refuse"))->click();
    QVERIFY(wanda.settle());
    QVERIFY(errand.heard(RunEventKind::Finished));
    const auto run = desk.backend().call<GetRun>({errand.id()}, desk.officer());
    QVERIFY(run && run->run.toolCalls == 0 && run->run.denied == 1);
    QTRY_VERIFY(wanda.says(QStringLiteral("I asked for nothing")));
}

void StepUpStoryTest::anOfficerOnlyLooksOn()
{
    Desk desk{Way::Local};
    wantSignIn(desk);
    Errand errand(desk, asked, "wanda");
    QVERIFY(errand.heard(RunEventKind::Waiting));
    Visitor officer(desk, desk.officer());
    QVERIFY(officer.go(inboxOf(requestOf(desk, errand))));
    QTRY_VERIFY(officer.says(QStringLiteral("Wanda Nowak must confirm with a fresh sign-in")));
    QVERIFY(officer.button(QStringLiteral("Confirm")) == nullptr);
    QVERIFY(officer.button(QStringLiteral("Approve")) == nullptr);
    QVERIFY(officer.button(QStringLiteral("Sign in again")) == nullptr);
    QVERIFY(requestOf(desk, errand).state == ApprovalState::Waiting);
}

QTEST_MAIN(StepUpStoryTest)
#include "step_up_story_test.moc"
