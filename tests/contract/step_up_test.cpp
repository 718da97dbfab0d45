#include "tests/contract/errand.h"
#include "tests/contract/step_up_desk.h"

#include "core/api/audit.h"
#include "core/api/insight.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"

#include <QTest>

using namespace ephor;
using namespace ephor::contract_tests;

namespace {

constexpr const char* asked = "Please take two pens";

ApprovalRequest waitingFor(Desk& desk, const std::string& run)
{
    const auto shown = desk.backend().call<GetRun>({run}, desk.officer());
    return shown && !shown->approvals.empty() ? shown->approvals.front() : ApprovalRequest{};
}

QString codeOf(const Result<ConfirmCall::Response>& answer)
{
    return answer ? QString() : QString::fromStdString(answer.error().code);
}

}

/// A call that wants a fresh sign-in of whoever it is done for, through every door.
class StepUpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyThePersonConfirmsAndOnlyAfterANewSignIn_data();
    void onlyThePersonConfirmsAndOnlyAfterANewSignIn();
    void anApprovalIsWantedBesideIt_data();
    void anApprovalIsWantedBesideIt();
    void thePersonRefuses();
    void nobodyKnownIsRefusedAtOnce();
};

void StepUpTest::onlyThePersonConfirmsAndOnlyAfterANewSignIn_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("local") << int(Way::Local);
    QTest::newRow("http") << int(Way::Http);
}

void StepUpTest::onlyThePersonConfirmsAndOnlyAfterANewSignIn()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    wantSignIn(desk);
    const CallContext officer = desk.officer();
    const CallContext before = wandaSignsIn(desk);
    Errand errand(desk, asked, "wanda");
    QVERIFY(errand.heard(RunEventKind::Waiting));
    const ApprovalRequest request = waitingFor(desk, errand.id());
    QCOMPARE(request.confirmerName, std::string("Wanda Nowak"));
    QCOMPARE(request.needed, std::uint64_t(0));
    QVERIFY(request.why.find("stock leaves the desk") != std::string::npos);

    // An officer cannot do it in her place.
    const auto asOfficer = desk.backend().call<GetApproval>({request.id}, officer);
    QVERIFY(asOfficer && !asOfficer->mayDecide && !asOfficer->awaitsMe);
    DecideApproval::Request decision{request.id, request.digest, true, "I know her"};
    QVERIFY(!desk.backend().call<DecideApproval>(decision, officer));
    QCOMPARE(codeOf(desk.backend().call<ConfirmCall>({request.id, request.digest, true, "It is me"}, officer)),
        QStringLiteral("approval.not-yours"));
    QVERIFY(!desk.backend().call<GetApproval>({request.id}, desk.admin()));

    // She sees it with its arguments, but the session she had is older than the request.
    const auto seen = desk.backend().call<GetApproval>({request.id}, before);
    QVERIFY(seen && seen->awaitsMe && !seen->whyNotConfirm.empty() && !seen->argumentsText.empty());
    const auto inbox = desk.backend().call<ReadInbox>({}, before);
    QVERIFY(inbox && inbox->items.size() == 1 && inbox->items.front().id == request.id);
    QCOMPARE(codeOf(desk.backend().call<ConfirmCall>({request.id, request.digest, true, "It is mine"}, before)),
        QStringLiteral("approval.sign-in-first"));

    const CallContext fresh = wandaSignsIn(desk);
    QCOMPARE(codeOf(desk.backend().call<ConfirmCall>({request.id, "sha256:other", true, "It is mine"}, fresh)),
        QStringLiteral("approval.moved-on"));
    const auto confirmed = desk.backend().call<ConfirmCall>({request.id, request.digest, true, "It is mine"}, fresh);
    QVERIFY(confirmed && confirmed->request.confirmed);
    QVERIFY(errand.heard(RunEventKind::Finished));
    const auto run = desk.backend().call<GetRun>({errand.id()}, officer);
    QVERIFY(run.has_value());
    QCOMPARE(run->run.toolCalls, std::uint64_t(1));
    QVERIFY(run->approvals.front().state == ApprovalState::Consumed);
    QueryRecord::Request asked;
    asked.filter.operation = "approvals.confirm";
    asked.filter.outcome = "confirmed";
    const auto entries = desk.backend().call<QueryRecord>(asked, officer);
    QVERIFY(entries && entries->rows.size() == 1);
    QVERIFY(desk.backend().call<VerifyRecord>({}, officer));
}

void StepUpTest::anApprovalIsWantedBesideIt_data()
{
    QTest::addColumn<bool>("personFirst");
    QTest::newRow("the person first") << true;
    QTest::newRow("the officer first") << false;
}

void StepUpTest::anApprovalIsWantedBesideIt()
{
    QFETCH(bool, personFirst);
    Desk desk{Way::Local};
    wantSignIn(desk, "@approve(\"officer\") ");
    Errand errand(desk, asked, "wanda");
    QVERIFY(errand.heard(RunEventKind::Waiting));
    const ApprovalRequest request = waitingFor(desk, errand.id());
    QCOMPARE(request.needed, std::uint64_t(1));
    const CallContext officer = desk.officer();
    const CallContext fresh = wandaSignsIn(desk);
    for (const bool person : {personFirst, !personFirst}) {
        QVERIFY(waitingFor(desk, errand.id()).state == ApprovalState::Waiting);
        if (person)
            QVERIFY(desk.backend().call<ConfirmCall>({request.id, request.digest, true, "It is mine"}, fresh));
        else
            QVERIFY(desk.backend().call<DecideApproval>({request.id, request.digest, true, "I know her"}, officer));
    }
    QVERIFY(errand.heard(RunEventKind::Finished));
    const auto run = desk.backend().call<GetRun>({errand.id()}, officer);
    QVERIFY(run && run->run.toolCalls == 1);
    QVERIFY(run->approvals.front().state == ApprovalState::Consumed);
}

void StepUpTest::thePersonRefuses()
{
    Desk desk{Way::Local};
    wantSignIn(desk);
    Errand errand(desk, asked, "wanda");
    QVERIFY(errand.heard(RunEventKind::Waiting));
    const ApprovalRequest request = waitingFor(desk, errand.id());
    QVERIFY(desk.backend().call<ConfirmCall>(
        {request.id, request.digest, false, "I asked for nothing"}, wandaSignsIn(desk)));
    QVERIFY(errand.heard(RunEventKind::Finished));
    const auto run = desk.backend().call<GetRun>({errand.id()}, desk.officer());
    QVERIFY(run && run->run.toolCalls == 0 && run->run.denied == 1);
}

void StepUpTest::nobodyKnownIsRefusedAtOnce()
{
    Desk desk{Way::Local};
    wantSignIn(desk);
    Errand errand(desk, asked, "employee-7");
    QVERIFY(errand.heard(RunEventKind::Finished));
    const auto run = desk.backend().call<GetRun>({errand.id()}, desk.officer());
    QVERIFY(run.has_value());
    QCOMPARE(run->run.toolCalls, std::uint64_t(0));
    QVERIFY(run->approvals.empty());
    QCOMPARE(run->run.denied, std::uint64_t(1));
}

QTEST_GUILESS_MAIN(StepUpTest)
#include "step_up_test.moc"
