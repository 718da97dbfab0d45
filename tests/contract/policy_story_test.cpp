#include "tests/contract/errand.h"

#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/grants.h"
#include "core/api/policies.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"

#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract_tests;

namespace {

CandidateRules loosened()
{
    CandidateRules candidate;
    candidate.grants.push_back({.agent = "clerk", .tool = "stock.take", .access = Access::Allow});
    return candidate;
}

}

/// Rules tightened by one person and loosened by two, through the doors that people use.
class PolicyStoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTighteningStopsAWaitingRun();
    void looseningShowsItsFlipsAndNeedsAnOfficer();
};

void PolicyStoryTest::aTighteningStopsAWaitingRun()
{
    Desk desk{Way::Local};
    Errand errand(desk, "Please take two pens", "employee-7");
    QVERIFY(errand.heard(RunEventKind::Waiting));
    const auto waiting = desk.backend().call<ListApprovals>({}, desk.officer());
    QVERIFY(waiting && waiting->requests.size() == 1);

    ForbidByRule::Request rule;
    rule.name = "stocktaking";
    rule.text = "@explain(\"The stock is being counted.\") forbid (principal is Agent, action == "
                "Action::\"stock.take\", resource);";
    rule.reason = "We count today";
    QVERIFY(desk.backend().call<ForbidByRule>(rule, desk.officer()));
    QVERIFY(errand.heard(RunEventKind::Finished));

    const auto run = desk.backend().call<GetRun>({errand.id()}, desk.officer());
    QVERIFY(run.has_value());
    QCOMPARE(run->run.toolCalls, std::uint64_t(0));
    QCOMPARE(run->approvals.size(), std::size_t(1));
    QVERIFY(run->approvals.front().state == ApprovalState::Void);
    const auto opened = desk.backend().call<OpenRun>({errand.id()}, desk.officer());
    QVERIFY(opened.has_value());
    QCOMPARE(opened->whys.size(), std::size_t(2));
    const Json why = jsonOf(opened->whys.back().agent);
    QCOMPARE(QString::fromStdString(why.at("sentence").get<std::string>()),
        QStringLiteral("Denied: The stock is being counted."));

    // The officer's own word does not take it back; whoever else approves changes does.
    QVERIFY(desk.backend().call<ProposeRetirement>({"stocktaking", "It is counted"}, desk.officer()));
    const auto own = desk.backend().call<DecideRetirement>({"stocktaking", true, "It is counted"}, desk.officer());
    QVERIFY(!own);
    QCOMPARE(own.error().code, std::string("policy.own-proposal"));
    QVERIFY(desk.backend().call<VerifyRecord>({}, desk.officer()));
}

void PolicyStoryTest::looseningShowsItsFlipsAndNeedsAnOfficer()
{
    Desk desk{Way::Local};
    Errand errand(desk, "Please take two pens", "employee-7");
    QVERIFY(errand.heard(RunEventKind::Waiting));

    const auto refused = desk.backend().call<TightenGrant>(
        {.agent = "clerk", .tool = "stock.take", .access = Access::Allow, .reason = "I may"}, desk.admin());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("grant.loosens"));

    Backtest::Request backtest;
    backtest.agent = "clerk";
    backtest.candidate = loosened();
    const auto unseen = desk.backend().call<Backtest>(backtest, desk.admin());
    QVERIFY2(!unseen, "who may not open runs probes them with nothing that the record does not have");
    QCOMPARE(unseen.error().code, std::string("policy.unsaved"));
    const auto seen = desk.backend().call<Backtest>(backtest, desk.officer());
    QVERIFY(seen.has_value());
    QCOMPARE(seen->calls, std::uint64_t(1));
    QCOMPARE(seen->flips, std::uint64_t(1));
    QCOMPARE(seen->loosened, std::uint64_t(1));
    QCOMPARE(seen->first.front().run, errand.id());
    QCOMPARE(seen->first.front().before, std::string("ask"));
    QCOMPARE(seen->first.front().after, std::string("allow"));
    QCOMPARE(seen->first.front().recorded, std::string("ask"));

    CreateChange::Request change;
    change.agent = "clerk";
    change.title = "Let the clerk take";
    change.grants = {{.agent = "clerk", .tool = "stock.take", .access = Access::Allow}};
    const auto created = desk.backend().call<CreateChange>(change, desk.admin());
    QVERIFY(created.has_value());
    const std::string id = created->change.id;

    // Before anybody approves it the admin sees exactly which verdicts flip, though not the calls themselves.
    Backtest::Request ofChange;
    ofChange.change = id;
    const auto flips = desk.backend().call<Backtest>(ofChange, desk.admin());
    QVERIFY(flips.has_value());
    QCOMPARE(flips->first.size(), std::size_t(1));
    VerdictFlip named = seen->first.front();
    named.person.clear();
    named.reason.clear();
    QVERIFY(flips->first.front() == named);
    QVERIFY(!desk.backend().call<OpenRun>({errand.id()}, desk.admin()));
    QueryRecord::Request asked;
    asked.filter.operation = "policies.backtest";
    const auto entries = desk.backend().call<QueryRecord>(asked, desk.officer());
    QVERIFY(entries.has_value());
    QCOMPARE(entries->rows.size(), std::size_t(3));

    const auto submitted = desk.backend().call<SubmitChange>({id}, desk.admin());
    QVERIFY(submitted.has_value());
    const auto shown = desk.backend().call<GetChange>({id}, desk.admin());
    QVERIFY(shown.has_value());
    const auto check = std::ranges::find(shown->change.checks, std::string("Backtest"), &CheckResult::name);
    QVERIFY(check != shown->change.checks.end());
    QVERIFY(!check->passed && !check->required);
    QVERIFY2(check->detail.find("1 looser") != std::string::npos, check->detail.c_str());
    QVERIFY(!desk.backend().call<StartRollout>({id, "go"}, desk.admin()));
    ApproveChange::Request approval;
    approval.id = id;
    approval.digest = shown->change.digest;
    approval.reason = "Seen what it flips";
    QVERIFY(!desk.backend().call<ApproveChange>(approval, desk.admin()));
    QVERIFY(desk.backend().call<ApproveChange>(approval, desk.officer()));
}

QTEST_GUILESS_MAIN(PolicyStoryTest)
#include "policy_story_test.moc"
