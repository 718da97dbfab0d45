#include "core/change/lifecycle/approval_rule.h"
#include "core/change/lifecycle/budget_limits.h"
#include "core/change/lifecycle/candidate.h"
#include "core/change/lifecycle/change_states.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/change/lifecycle/rollout_steps.h"
#include "core/change/lifecycle/unit_rule.h"
#include "core/change/lifecycle/wilson.h"
#include "core/domain/reflect.h"

#include <QtTest>
#include <cmath>

using namespace ephor;
using namespace ephor::lifecycle;

namespace {

template <class T> QString outcome(const Result<T>& result)
{
    return QString::fromStdString(result ? "ok" : result.error().code);
}

GrantRule rule(const std::string& tool, Access access, std::uint64_t approvals = 1)
{
    GrantRule made;
    made.agent = "helper";
    made.tool = tool;
    made.access = access;
    made.approvals = approvals;
    return made;
}

ChangeApproval approval(const std::string& person, const std::string& digest, bool approved)
{
    ChangeApproval made;
    made.person = person;
    made.digest = digest;
    made.approved = approved;
    return made;
}

const Instant noon{Duration(1'700'000'000'000'000)};

}

class RulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void statesFollowTheTable_data();
    void statesFollowTheTable();
    void rolloutPassesItsSharesInOrder();
    void rolloutRefusesMovesThatDoNotFit();
    void wilsonAgreesWithPublishedIntervals_data();
    void wilsonAgreesWithPublishedIntervals();
    void unitsMustBeKnown_data();
    void unitsMustBeKnown();
    void riskDecidesHowManyApprove_data();
    void riskDecidesHowManyApprove();
    void authorsAndDoublesNeverCount();
    void limitsRiseWhenTheyVanish();
    void itemsAreCompletedFromProduction();
    void itemsThatDoNotBelongAreRefused();
    void candidatePinsWhatTheAgentNames();
    void editsSeeTighteningsAndExpiry();
    void grantsOfUnnamedToolsGo();
};

void RulesTest::statesFollowTheTable_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("act");
    QTest::addColumn<QString>("to");
    const auto row = [](ChangeState from, ChangeAct act, const char* to) {
        QTest::addRow("%s by %s", wordOf(from).c_str(), wordOf(act).c_str()) << int(from) << int(act) << QString(to);
    };
    row(ChangeState::Draft, ChangeAct::Submit, "approval");
    row(ChangeState::Draft, ChangeAct::SelfApprove, "approved");
    row(ChangeState::Draft, ChangeAct::Approve, "change.state");
    row(ChangeState::Draft, ChangeAct::Start, "change.state");
    row(ChangeState::Approval, ChangeAct::Approve, "approved");
    row(ChangeState::Approval, ChangeAct::Start, "change.state");
    row(ChangeState::Approval, ChangeAct::Reject, "rejected");
    row(ChangeState::Approved, ChangeAct::Reject, "rejected");
    row(ChangeState::Approved, ChangeAct::Withdraw, "withdrawn");
    row(ChangeState::Approved, ChangeAct::Approve, "change.state");
    row(ChangeState::RollingOut, ChangeAct::Withdraw, "change.state");
    row(ChangeState::RollingOut, ChangeAct::RollBack, "rolled-back");
    row(ChangeState::RollingOut, ChangeAct::GoLive, "live");
    row(ChangeState::Live, ChangeAct::RollBack, "rolled-back");
    row(ChangeState::RolledBack, ChangeAct::Start, "change.state");
    row(ChangeState::Rejected, ChangeAct::Submit, "change.state");
    row(ChangeState::Withdrawn, ChangeAct::Approve, "change.state");
}

void RulesTest::statesFollowTheTable()
{
    QFETCH(int, from);
    QFETCH(int, act);
    QFETCH(QString, to);
    const auto next = nextState(ChangeState(from), ChangeAct(act));
    QCOMPARE(next ? QString::fromStdString(wordOf(*next)) : outcome(next), to);
}

void RulesTest::rolloutPassesItsSharesInOrder()
{
    Rollout rollout = startedRollout({}, {noon, "Olga", "first"});
    QCOMPARE(rollout.share, 0.05);
    QCOMPARE(rollout.startedAt, noon);
    for (const double share : {0.25, 0.5, 1.0}) {
        auto next = promotedRollout(rollout, {noon, "Olga", "fine"});
        QVERIFY(next);
        QCOMPARE(next->share, share);
        QCOMPARE(next->state == RolloutState::Completed, share == 1.0);
        rollout = *next;
    }
    QCOMPARE(rollout.history.size(), 4u);
    QCOMPARE(rollout.history.back().act, std::string("promote"));
    QCOMPARE(outcome(promotedRollout(rollout, {})), QString("rollout.closed"));
    const auto back = rolledBackRollout(rollout, {noon, "Olga", "bad"});
    QVERIFY(back);
    QCOMPARE(back->share, 0.0);
    QCOMPARE(outcome(rolledBackRollout(*back, {})), QString("rollout.rolled-back"));
}

void RulesTest::rolloutRefusesMovesThatDoNotFit()
{
    const Rollout running = startedRollout({}, {});
    QCOMPARE(outcome(resumedRollout(running, {})), QString("rollout.running"));
    const auto paused = pausedRollout(running, {});
    QVERIFY(paused);
    QCOMPARE(paused->share, running.share);
    QCOMPARE(outcome(pausedRollout(*paused, {})), QString("rollout.paused"));
    QCOMPARE(outcome(promotedRollout(*paused, {})), QString("rollout.paused"));
    QCOMPARE(outcome(rolledBackRollout(*paused, {})), QString("ok"));
    const auto resumed = resumedRollout(*paused, {});
    QVERIFY(resumed && resumed->state == RolloutState::Running);
    const Rollout whole = startedWhole({}, {});
    QCOMPARE(outcome(pausedRollout(whole, {})), QString("rollout.closed"));
    QCOMPARE(whole.share, 1.0);
}

// The figures of Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
void RulesTest::wilsonAgreesWithPublishedIntervals_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("total");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("81 of 263") << 81 << 263 << 0.2553 << 0.3662;
    QTest::newRow("15 of 148") << 15 << 148 << 0.0624 << 0.1605;
    QTest::newRow("0 of 20") << 0 << 20 << 0.0 << 0.1611;
    QTest::newRow("1 of 29") << 1 << 29 << 0.0061 << 0.1718;
    QTest::newRow("20 of 20") << 20 << 20 << 0.8389 << 1.0;
}

void RulesTest::wilsonAgreesWithPublishedIntervals()
{
    QFETCH(int, count);
    QFETCH(int, total);
    QFETCH(double, low);
    QFETCH(double, high);
    const Proportion interval = proportion(std::uint64_t(count), std::uint64_t(total));
    QVERIFY(interval.low && interval.high);
    QVERIFY2(std::abs(*interval.low - low) < 6e-5, qPrintable(QString::number(*interval.low)));
    QVERIFY2(std::abs(*interval.high - high) < 6e-5, qPrintable(QString::number(*interval.high)));
    QVERIFY(!proportion(0, 0).low && !proportion(0, 0).high);
}

void RulesTest::unitsMustBeKnown_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<int>("without");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none yet") << 0 << 0 << "ok";
    QTest::newRow("too few to say") << 19 << 19 << "ok";
    QTest::newRow("twenty, one without") << 20 << 1 << "rollout.unstable-units";
    QTest::newRow("exactly 1 %") << 200 << 2 << "ok";
    QTest::newRow("over 1 %") << 200 << 3 << "rollout.unstable-units";
}

void RulesTest::unitsMustBeKnown()
{
    QFETCH(int, requests);
    QFETCH(int, without);
    QFETCH(QString, expected);
    QCOMPARE(outcome(requireStableUnits(std::uint64_t(requests), std::uint64_t(without))), expected);
}

void RulesTest::riskDecidesHowManyApprove_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    QTest::addColumn<QString>("tool");
    QTest::addColumn<int>("needed");
    const auto row = [](const char* name, Access before, Access after, const char* tool, int needed) {
        QTest::newRow(name) << int(before) << int(after) << QString(tool) << needed;
    };
    row("loosens a read", Access::None, Access::Allow, "read", 1);
    row("loosens a write", Access::Ask, Access::Allow, "write", 1);
    row("loosens what cannot be undone", Access::Ask, Access::Allow, "irreversible", 2);
    row("loosens what leaves the company", Access::Deny, Access::Ask, "egress", 2);
    row("tightens what leaves the company", Access::Allow, Access::Ask, "egress", 1);
    row("loosens what nobody can classify", Access::Deny, Access::Ask, "unknown", 2);
}

void RulesTest::riskDecidesHowManyApprove()
{
    QFETCH(int, before);
    QFETCH(int, after);
    QFETCH(QString, tool);
    QFETCH(int, needed);
    GrantEdit edit{rule(tool.toStdString(), Access(before)), rule(tool.toStdString(), Access(after)), false};
    edit.loosens = policy::loosens(edit.before, edit.after);
    ChangeRisk risk;
    const std::vector edits{edit};
    risk.grants = edits;
    risk.effects = {{"read", SideEffect::Read}, {"write", SideEffect::Write},
        {"irreversible", SideEffect::Irreversible}, {"egress", SideEffect::Egress}};
    QCOMPARE(int(approvalsNeeded(risk)), needed);
    risk.understatesTool = true;
    QCOMPARE(int(approvalsNeeded(risk)), 2);
}

void RulesTest::authorsAndDoublesNeverCount()
{
    const std::vector<std::string> authors{"person:ada"};
    Change change;
    change.digest = "sha256:new";
    change.approvals = {approval("person:ada", "sha256:new", true), approval("person:olga", "sha256:new", true),
        approval("person:olga", "sha256:new", true), approval("person:oskar", "sha256:old", true),
        approval("person:otto", "sha256:new", false)};
    QCOMPARE(approvalsGiven(change.approvals, authors, change.digest), 1u);
    QVERIFY(!isSetupApproved(change.approvals, change.digest));
    change.approvals.front().setup = true;
    QVERIFY(isSetupApproved(change.approvals, change.digest));
    QVERIFY(!isSetupApproved(change.approvals, "sha256:other"));
    QCOMPARE(outcome(mayCount(change, authors, "person:ada", change.digest)), QString("change.author"));
    QCOMPARE(outcome(mayCount(change, authors, "person:olga", change.digest)), QString("change.approved-already"));
    QCOMPARE(outcome(mayCount(change, authors, "person:oskar", "sha256:old")), QString("change.moved-on"));
    QCOMPARE(outcome(mayCount(change, authors, "person:oskar", change.digest)), QString("ok"));
}

void RulesTest::limitsRiseWhenTheyVanish()
{
    Budget before;
    before.tokens = 100;
    before.money = Money{5};
    Budget after = before;
    QVERIFY(raisedLimits(before, after).empty());
    after.tokens = 0;
    after.steps = before.steps - 1;
    after.money.reset();
    QCOMPARE(raisedLimits(before, after).size(), 2u);
    QCOMPARE(raisedLimits(after, before).size(), 1u);
    const Budget low = lowerOf(before, after);
    QCOMPARE(low.tokens, 100u);
    QCOMPARE(low.steps, after.steps);
    QVERIFY(low.money == before.money);
    QVERIFY(raisedLimits(low, low).empty() && raisedLimits(before, low).empty() && raisedLimits(after, low).empty());
}

namespace {

CandidateParts sampleParts()
{
    CandidateParts parts;
    parts.agent = "helper";
    parts.needs = {
        {DefinitionKind::Agent, "helper", 3}, {DefinitionKind::Prompt, "greet", 7}, {DefinitionKind::Tool, "mail", 2}};
    parts.tools = {"mail"};
    Release base;
    base.pins = {{DefinitionKind::Agent, "helper", 2}, {DefinitionKind::Prompt, "greet", 5}};
    base.grants = {rule("old", Access::Allow)};
    parts.base = base;
    return parts;
}

}

void RulesTest::itemsAreCompletedFromProduction()
{
    const std::vector<ChangeItem> asked{{DefinitionKind::Prompt, "greet", 0, 0}};
    const auto items = completedItems(asked, sampleParts());
    QVERIFY(items);
    const std::vector<ChangeItem> expected{
        {DefinitionKind::Prompt, "greet", 5, 7}, {DefinitionKind::Tool, "mail", 0, 2}};
    QVERIFY(*items == expected);
    const std::vector<ChangeItem> idle{{DefinitionKind::Agent, "helper", 2, 2}};
    const auto left = completedItems(idle, sampleParts());
    QVERIFY(left && left->size() == 1 && left->front().kind == DefinitionKind::Tool);
}

void RulesTest::itemsThatDoNotBelongAreRefused()
{
    const auto code = [](std::vector<ChangeItem> items) { return outcome(completedItems(items, sampleParts())); };
    QCOMPARE(code({{DefinitionKind::Tool, "other", 0, 1}}), QString("change.foreign-item"));
    QCOMPARE(code({{DefinitionKind::Prompt, "greet", 4, 7}}), QString("change.moved-on"));
    QCOMPARE(code({{DefinitionKind::Prompt, "greet", 5, 6}, {DefinitionKind::Prompt, "greet", 5, 7}}),
        QString("change.item-twice"));
}

void RulesTest::candidatePinsWhatTheAgentNames()
{
    const CandidateParts parts = sampleParts();
    QCOMPARE(outcome(candidateRelease(parts, {}, {})), QString("release.incomplete"));
    const std::vector<ChangeItem> items{{DefinitionKind::Prompt, "greet", 5, 6}, {DefinitionKind::Tool, "mail", 0, 2}};
    const std::vector<GrantEdit> edits{{rule("mail", Access::None), rule("mail", Access::Ask), true}};
    const auto release = candidateRelease(parts, items, edits);
    QVERIFY(release);
    const std::vector<DefinitionRef> pins{
        {DefinitionKind::Agent, "helper", 2}, {DefinitionKind::Prompt, "greet", 6}, {DefinitionKind::Tool, "mail", 2}};
    QVERIFY(release->pins == pins);
    QVERIFY(release->grants == std::vector{rule("mail", Access::Ask)});
}

void RulesTest::editsSeeTighteningsAndExpiry()
{
    const std::vector<std::string> tools{"mail", "read"};
    std::vector<GrantRule> released{rule("mail", Access::Allow), rule("read", Access::Allow)};
    const policy::TighteningTable open;
    const policy::Tightening denied{"helper", "mail", Access::Deny, "Olga", "leak", noon};
    const policy::TighteningTable tightened{std::span(&denied, 1)};
    const std::vector<GrantRule> wanted{rule("mail", Access::Allow)};
    const auto same = editsFor(wanted, released, open, "helper", tools, noon);
    QVERIFY(same && same->empty());
    const auto lifts = editsFor(wanted, released, tightened, "helper", tools, noon);
    QVERIFY(lifts && lifts->size() == 1 && lifts->front().loosens);
    QVERIFY(lifts->front().before.access == Access::Deny);
    released.front().expires = noon;
    QVERIFY(ruleInForce(released, open, "helper", "mail", noon).access == Access::None);
    const auto code = [&](GrantRule each) {
        const std::vector<GrantRule> one{std::move(each)};
        return outcome(editsFor(one, released, open, "helper", tools, noon));
    };
    QCOMPARE(code(rule("stranger", Access::Allow)), QString("change.foreign-grant"));
    GrantRule other = rule("mail", Access::Allow);
    other.agent = "somebody";
    QCOMPARE(code(other), QString("change.other-agent"));
    GrantRule unanswerable = rule("mail", Access::Ask);
    unanswerable.approver = Role::Viewer;
    QCOMPARE(code(unanswerable), QString("change.approver-role"));
    QCOMPARE(code(rule("mail", Access::Ask, 0)), QString("change.approvals"));
    const std::vector<GrantRule> twice{rule("mail", Access::Ask), rule("mail", Access::Deny)};
    QCOMPARE(outcome(editsFor(twice, released, open, "helper", tools, noon)), QString("change.grant-twice"));
}

void RulesTest::grantsOfUnnamedToolsGo()
{
    const std::vector<GrantRule> base{
        rule("gone", Access::Allow), rule("mail", Access::Allow), rule("read", Access::Allow)};
    const std::vector<std::string> tools{"read", "mail"};
    const std::vector<GrantEdit> edits{{rule("mail", Access::Allow), rule("mail", Access::None), false}};
    const auto merged = mergedGrants(base, edits, tools);
    QVERIFY(merged == std::vector{rule("read", Access::Allow)});
}

QTEST_GUILESS_MAIN(RulesTest)
#include "rules_test.moc"
