#include "core/change/lifecycle/candidate.h"
#include "core/change/lifecycle/rollback_rule.h"

#include <QtTest>

using namespace ephor;
using namespace ephor::lifecycle;

namespace {

GrantRule mailRule(Access access, std::uint64_t approvals = 1, Role approver = Role::Officer)
{
    GrantRule made;
    made.agent = "helper";
    made.tool = "mail";
    made.access = access;
    made.approvals = approvals;
    made.approver = approver;
    return made;
}

ReleaseTerms termsWith(std::vector<GrantRule> grants)
{
    ReleaseTerms terms;
    terms.release.agent = "helper";
    terms.release.pins = {{DefinitionKind::Agent, "helper", 1}, {DefinitionKind::Tool, "mail", 1}};
    terms.release.grants = std::move(grants);
    return terms;
}

const Instant someDay{Duration(1'700'000'000'000'000)};

}

class RollbackRuleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void accessIsKept_data();
    void accessIsKept();
    void finerRulesAreKeptInTheRelease();
    void conditionsStay();
    void forbidsStayWhole();
    void aLimitOfCallsStaysUntilItsPolicyMoves();
    void lowerLimitsStay();
    void aToolLeftOutComesBack();
    void wordsNameVersionsAndWithdrawnGrants();
};

void RollbackRuleTest::accessIsKept_data()
{
    QTest::addColumn<int>("baseline");
    QTest::addColumn<int>("candidate");
    QTest::addColumn<int>("tightened"); // -1: nothing
    const auto row = [](const char* name, Access baseline, Access candidate, int tightened) {
        QTest::newRow(name) << int(baseline) << int(candidate) << tightened;
    };
    row("revoked stays revoked", Access::Allow, Access::None, int(Access::Deny));
    row("forbidden stays forbidden", Access::Allow, Access::Deny, int(Access::Deny));
    row("asked stays asked", Access::Allow, Access::Ask, int(Access::Ask));
    row("asked and then forbidden", Access::Ask, Access::Deny, int(Access::Deny));
    row("a new forbid where there was nothing", Access::None, Access::Deny, int(Access::Deny));
    row("the same", Access::Allow, Access::Allow, -1);
    row("loosened goes back", Access::Ask, Access::Allow, -1);
    row("granted goes back", Access::None, Access::Allow, -1);
    row("unforbidden goes back", Access::Deny, Access::Allow, -1);
}

void RollbackRuleTest::accessIsKept()
{
    QFETCH(int, baseline);
    QFETCH(int, candidate);
    QFETCH(int, tightened);
    const auto grants = [](int access) {
        return Access(access) == Access::None ? std::vector<GrantRule>() : std::vector{mailRule(Access(access))};
    };
    const Staying staying = staysAfterRollback(termsWith(grants(baseline)), termsWith(grants(candidate)));
    QCOMPARE(staying.tightened.size(), std::size_t(tightened >= 0));
    QCOMPARE(staying.words.size(), std::size_t(tightened >= 0));
    QVERIFY(staying.rules.empty() && !staying.budget);
    if (tightened >= 0)
        QCOMPARE(int(staying.tightened.front().access), tightened);
}

void RollbackRuleTest::finerRulesAreKeptInTheRelease()
{
    const Staying more = staysAfterRollback(
        termsWith({mailRule(Access::Ask, 1, Role::Owner)}), termsWith({mailRule(Access::Ask, 2, Role::Officer)}));
    QVERIFY(more.tightened.empty());
    QVERIFY(more.rules == std::vector{mailRule(Access::Ask, 2, Role::Officer)});
    // A tightening alone would ask one officer only.
    const Staying both
        = staysAfterRollback(termsWith({mailRule(Access::Allow)}), termsWith({mailRule(Access::Ask, 2)}));
    QCOMPARE(both.tightened.size(), 1u);
    QVERIFY(both.rules == std::vector{mailRule(Access::Ask, 2)});
    GrantRule ending = mailRule(Access::Allow);
    ending.expires = someDay;
    const Staying expiry = staysAfterRollback(termsWith({mailRule(Access::Allow)}), termsWith({ending}));
    QVERIFY(expiry.tightened.empty());
    QVERIFY(expiry.rules == std::vector{ending});
    // The stricter in every respect, whichever side it comes from.
    const GrantRule merged = stricterOf(ending, mailRule(Access::Ask, 3));
    QVERIFY(merged.access == Access::Ask && merged.approvals == 3 && merged.expires == someDay);
}

void RollbackRuleTest::conditionsStay()
{
    const auto with = [](Access access, List<GrantCondition, 16> conditions) {
        GrantRule made = mailRule(access);
        made.conditions = std::move(conditions);
        return made;
    };
    using Kind = GrantConditionKind;
    const GrantCondition ask100{Kind::AskAbove, "size", {"100"}};
    const GrantCondition ask50{Kind::AskAbove, "size", {"50"}};
    const GrantCondition own{Kind::OwnOnly, "box", {}};
    // The lower limit, and what only one of both wants; never two limits of one argument, which no release could hold.
    const Staying lower = staysAfterRollback(
        termsWith({with(Access::Allow, {ask100, own})}), termsWith({with(Access::Allow, {ask50})}));
    QVERIFY(lower.rules == std::vector{with(Access::Allow, {own, ask50})});
    QVERIFY(staysAfterRollback(termsWith({with(Access::Allow, {ask50})}), termsWith({with(Access::Allow, {ask100})}))
            .rules.empty());
    // Limits that cannot be compared leave nothing but a deny.
    const GrantCondition askDecimal{Kind::AskAbove, "size", {"50.5"}};
    QVERIFY(stricterOf(with(Access::Allow, {ask100}), with(Access::Allow, {askDecimal})) == with(Access::Deny, {}));
    // What was allowed within limits is not allowed without them, though the release before asked.
    const Staying within
        = staysAfterRollback(termsWith({with(Access::Ask, {})}), termsWith({with(Access::Allow, {own})}));
    QVERIFY(within.rules == std::vector{with(Access::Ask, {own})});
    // Whom the limit asks stays as well.
    GrantRule two = with(Access::Allow, {ask50});
    two.approvals = 2;
    const Staying people = staysAfterRollback(termsWith({with(Access::Allow, {ask50})}), termsWith({two}));
    QVERIFY(people.rules == std::vector{two});
}

void RollbackRuleTest::forbidsStayWhole()
{
    GrantRule ending = mailRule(Access::Deny);
    ending.expires = someDay;
    GrantRule partial = mailRule(Access::Deny);
    partial.conditions = {{GrantConditionKind::AtMost, "size", {"10"}}};
    QVERIFY(stricterOf(ending, mailRule(Access::Deny)) == mailRule(Access::Deny));
    QVERIFY(stricterOf(partial, mailRule(Access::Deny)) == mailRule(Access::Deny));
    GrantRule allowed = mailRule(Access::Allow);
    allowed.conditions = partial.conditions;
    allowed.expires = someDay;
    QVERIFY(stricterOf(allowed, mailRule(Access::Deny)) == mailRule(Access::Deny));
    const Staying whole = staysAfterRollback(termsWith({ending}), termsWith({mailRule(Access::Deny)}));
    QVERIFY(whole.rules == std::vector{mailRule(Access::Deny)});
    // The tightening says it all; the release goes back as it was.
    const Staying revoked = staysAfterRollback(termsWith({allowed}), termsWith({mailRule(Access::Deny)}));
    QVERIFY(revoked.rules.empty());
    QCOMPARE(revoked.tightened.size(), std::size_t(1));
}

void RollbackRuleTest::aLimitOfCallsStaysUntilItsPolicyMoves()
{
    ReleaseTerms baseline = termsWith({});
    ReleaseTerms candidate = baseline;
    baseline.forbids = {{"limit:limits/0", "forbid(principal, action, resource) when temporal { count >= 10 };"}};
    candidate.forbids = {{"limit:limits/0", "forbid(principal, action, resource) when temporal { count >= 5 };"}};
    const Staying staying = staysAfterRollback(baseline, candidate);
    QCOMPARE(staying.kept.size(), std::size_t(1));
    QCOMPARE(staying.kept.front().text, candidate.forbids.front().text);
    // Filed under the policy it came from: a change of that policy drops what begins so.
    QVERIFY(staying.kept.front().id.starts_with(keptId("limits", "")));
    // A limit that rises goes back: the lower one is the release's own.
    QVERIFY(staysAfterRollback(candidate, candidate).kept.empty());
}

void RollbackRuleTest::lowerLimitsStay()
{
    ReleaseTerms baseline = termsWith({});
    ReleaseTerms candidate = termsWith({});
    candidate.budget.tokens = baseline.budget.tokens / 2;
    candidate.budget.steps = baseline.budget.steps + 5;
    const Staying staying = staysAfterRollback(baseline, candidate);
    QVERIFY(staying.budget);
    QCOMPARE(staying.budget->tokens, candidate.budget.tokens);
    QCOMPARE(staying.budget->steps, baseline.budget.steps);
    QCOMPARE(staying.words.size(), 1u);
    candidate.budget.tokens = baseline.budget.tokens;
    QVERIFY(!staysAfterRollback(baseline, candidate).budget);
}

void RollbackRuleTest::aToolLeftOutComesBack()
{
    ReleaseTerms candidate = termsWith({});
    std::erase_if(candidate.release.pins, [](const DefinitionRef& pin) { return pin.kind == DefinitionKind::Tool; });
    const Staying staying = staysAfterRollback(termsWith({mailRule(Access::Allow)}), candidate);
    QVERIFY(staying.tightened.empty() && staying.rules.empty() && staying.words.empty());
}

void RollbackRuleTest::wordsNameVersionsAndWithdrawnGrants()
{
    ReleaseTerms candidate = termsWith({mailRule(Access::Allow)});
    candidate.release.pins.front().version = 4;
    candidate.release.pins.push_back({DefinitionKind::Tool, "fresh", 1});
    const auto words = bringsBack(termsWith({mailRule(Access::Ask)}), candidate);
    const std::vector<std::string> expected{
        "agent helper: version 4 → 1", "tool fresh: no longer used", "mail: allow → ask 1 officer"};
    QVERIFY(words == expected);
}

QTEST_GUILESS_MAIN(RollbackRuleTest)
#include "rollback_rule_test.moc"
