#include "core/trust/policy/grant_order.h"

#include "core/trust/policy/grant_conditions.h"
#include "tests/core/trust/policy/rule_scene.h"

#include <QTest>
#include <algorithm>
#include <random>

using namespace ephor;
using namespace ephor::policy;
using ephor::test::RuleScene;
using ephor::test::take;

namespace {

using Kind = GrantConditionKind;

constexpr int pairs = 1'500;

GrantRule rule(Access access, List<GrantCondition, 16> conditions = {})
{
    GrantRule made;
    made.agent = "clerk";
    made.tool = "pay";
    made.access = access;
    made.conditions = std::move(conditions);
    return made;
}

const GrantCondition upTo10{Kind::AtMost, "amount", {"10"}};
const GrantCondition upTo20{Kind::AtMost, "amount", {"20"}};
const GrantCondition askAbove10{Kind::AskAbove, "amount", {"10"}};

/// Few values, so that many pairs are comparable.
class PairMaker {
public:
    GrantCondition condition()
    {
        static const GrantCondition all[] = {upTo10, upTo20, askAbove10, {Kind::AskAbove, "amount", {"20"}},
            {Kind::AtMost, "rate", {"1.5"}}, {Kind::AtMost, "rate", {"2.0"}}, {Kind::AtMost, "rate", {"1"}},
            {Kind::AtLeast, "amount", {"3"}}, {Kind::AtLeast, "amount", {"12"}}, {Kind::AtMost, "amount", {"15.0"}},
            {Kind::OneOf, "customer", {"a"}}, {Kind::OneOf, "customer", {"a", "c-7"}}, {Kind::OwnOnly, "customer", {}},
            {Kind::Hours, {}, {"08:00", "13:00"}}, {Kind::Hours, {}, {"13:00", "18:00"}},
            {Kind::Classification, {}, {"confidential"}}, {Kind::Classification, {}, {"public", "confidential"}},
            {Kind::Classification, {}, {"public"}}};
        return all[m_chance() % std::size(all)];
    }

    GrantRule grant()
    {
        static const Access all[] = {Access::None, Access::Allow, Access::Allow, Access::Ask, Access::Deny};
        GrantRule made = rule(all[m_chance() % std::size(all)]);
        for (std::size_t count = m_chance() % 3; count > 0; --count)
            made.conditions.push_back(condition());
        made.approver = m_chance() % 2 == 0 ? Role::Officer : Role::Owner;
        made.approvals = 1 + m_chance() % 2;
        if (m_chance() % 4 == 0)
            made.expires = parseInstant(m_chance() % 2 == 0 ? "2026-03-16T11:00:00Z" : "2026-03-16T13:00:00Z").value();
        return made;
    }

    /// Sometimes little but one thing differs.
    GrantRule near(const GrantRule& other)
    {
        GrantRule made = grant();
        if (m_chance() % 2 == 0)
            made.conditions = other.conditions;
        if (m_chance() % 2 == 0)
            made.access = other.access;
        if (m_chance() % 3 == 0)
            made.conditions.push_back(condition());
        return made;
    }

private:
    std::mt19937_64 m_chance{7};
};

const Json calls[]
    = {Json::object(), {{"amount", 5}}, {{"amount", 15}, {"customer", "a"}}, {{"amount", 25}, {"customer", "c-7"}},
        {{"amount", 10}, {"rate", 1.5}, {"customer", "c-7"}}, {{"amount", 1}, {"rate", 1.75}, {"customer", "a"}},
        {{"rate", 3}, {"customer", "c-9"}}, {{"rate", 0.5}}, {{"amount", 12}, {"rate", 1}, {"customer", "a"}}};

// A greater one is softer; of two that ask, the one that asks fewer or lesser people.
int softness(const PermissionVerdict& verdict)
{
    if (verdict.word == VerdictWord::Deny)
        return 0;
    if (verdict.word == VerdictWord::Allow)
        return 1'000;
    return 100 - int(verdict.demand.count) * 10 - rankOf(verdict.demand.role);
}

// Of two asks neither may be softer in either respect.
bool isSofter(const PermissionVerdict& after, const PermissionVerdict& before)
{
    if (after.word == VerdictWord::Ask && before.word == VerdictWord::Ask)
        return after.demand.count < before.demand.count || rankOf(after.demand.role) < rankOf(before.demand.role);
    return softness(after) > softness(before);
}

}

class GrantOrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNoLooserPermitsNothingNew();
    void tellsLoosening_data();
    void tellsLoosening();
    void comparesLimitsOfOneKindAlone();
};

void GrantOrderTest::whatIsNoLooserPermitsNothingNew()
{
    PairMaker maker;
    RuleScene scene;
    int tighter = 0;
    int looser = 0;
    int moved = 0;
    for (int i = 0; i < pairs; ++i) {
        const GrantRule before = maker.grant();
        const GrantRule after = maker.near(before);
        // One that asks twice above a limit of one argument is no grant.
        if (!policiesOf(before) || !policiesOf(after))
            continue;
        if (loosens(before, after)) {
            ++looser;
            continue;
        }
        ++tighter;
        for (const Json& call : calls) {
            scene.releaseGrant(before);
            const PermissionVerdict was = scene.judge(call);
            scene.releaseGrant(after);
            const PermissionVerdict is = scene.judge(call);
            moved += was.word != is.word;
            const std::string told
                = take(policiesOf(before)).empty() ? std::string("none") : take(policiesOf(before)).front().text;
            QVERIFY2(!isSofter(is, was), (told + "\n" + call.dump() + "\n" + was.reason + "\n" + is.reason).c_str());
        }
    }
    QVERIFY(tighter > pairs / 5 && looser > pairs / 5 && moved > 100);
}

void GrantOrderTest::tellsLoosening_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("loosens");
    const auto row = [](const char* name, int index, bool loosens) { QTest::newRow(name) << index << loosens; };
    row("a condition less", 0, true);
    row("a condition more", 1, false);
    row("a higher limit", 2, true);
    row("a lower limit", 3, false);
    row("asking, but without the limit", 4, true);
    row("asking each time instead of above a limit", 5, false);
    row("asking each time, fewer people", 6, true);
    row("above the limit a lesser role", 7, true);
    row("asking, but longer", 8, true);
    row("a deny that ends", 9, true);
    row("a deny that ends later", 10, false);
    row("a deny under a condition", 11, true);
    row("a deny without its condition", 12, false);
    row("an allow becomes a deny under a condition", 13, false);
    row("only the reason", 14, false);
    row("asking above a lower limit", 15, false);
    row("never asking", 16, true);
}

void GrantOrderTest::tellsLoosening()
{
    QFETCH(int, index);
    QFETCH(bool, loosens);
    const auto until = [](GrantRule made, const char* when) {
        made.expires = parseInstant(when).value();
        return made;
    };
    const auto by = [](GrantRule made, std::uint64_t count, Role role) {
        made.approvals = count;
        made.approver = role;
        return made;
    };
    GrantRule reasoned = rule(Access::Allow);
    reasoned.reason = "why";
    const GrantCondition askAbove5{Kind::AskAbove, "amount", {"5"}};
    const std::pair<GrantRule, GrantRule> all[] = {
        {rule(Access::Allow, {upTo10}), rule(Access::Allow)},
        {rule(Access::Allow), rule(Access::Allow, {upTo10})},
        {rule(Access::Allow, {upTo10}), rule(Access::Allow, {upTo20})},
        {rule(Access::Allow, {upTo20}), rule(Access::Allow, {upTo10})},
        {rule(Access::Allow, {upTo10}), rule(Access::Ask)},
        {rule(Access::Allow, {askAbove10}), rule(Access::Ask)},
        {by(rule(Access::Allow, {askAbove10}), 2, Role::Officer), rule(Access::Ask)},
        {rule(Access::Allow, {askAbove10}), by(rule(Access::Allow, {askAbove10}), 1, Role::Owner)},
        {until(rule(Access::Allow), "2026-04-01T00:00:00Z"), rule(Access::Ask)},
        {rule(Access::Deny), until(rule(Access::Deny), "2026-04-01T00:00:00Z")},
        {until(rule(Access::Deny), "2026-04-01T00:00:00Z"), until(rule(Access::Deny), "2026-05-01T00:00:00Z")},
        {rule(Access::Deny), rule(Access::Deny, {upTo10})},
        {rule(Access::Deny, {upTo10}), rule(Access::Deny)},
        {rule(Access::Allow), rule(Access::Deny, {upTo10})},
        {rule(Access::Allow), reasoned},
        {rule(Access::Allow, {askAbove10}), rule(Access::Allow, {askAbove5})},
        {rule(Access::Allow, {askAbove10}), rule(Access::Allow)},
    };
    QCOMPARE(policy::loosens(all[index].first, all[index].second), loosens);
}

void GrantOrderTest::comparesLimitsOfOneKindAlone()
{
    // A whole limit is met by whole numbers alone, one with a point by decimals alone.
    QVERIFY(!implies({Kind::AtMost, "amount", {"5"}}, {Kind::AtMost, "amount", {"10.0"}}));
    QVERIFY(!implies({Kind::AtMost, "amount", {"5.0"}}, {Kind::AtMost, "amount", {"10"}}));
    QVERIFY(implies({Kind::AtMost, "amount", {"5.5"}}, {Kind::AtMost, "amount", {"10.0"}}));
    QVERIFY(
        implies({Kind::AtMost, "amount", {"9223372036854775806"}}, {Kind::AtMost, "amount", {"9223372036854775807"}}));
    QVERIFY(!implies({Kind::AtMost, "other", {"5"}}, {Kind::AtMost, "amount", {"10"}}));
    QVERIFY(!implies({Kind::AtMost, "amount", {}}, {Kind::AtMost, "amount", {"10"}}));
    QVERIFY(implies({Kind::OneOf, "c", {"a"}}, {Kind::OneOf, "c", {"b", "a"}}));
    QVERIFY(!implies({Kind::OneOf, "c", {"a", "b"}}, {Kind::OneOf, "c", {"a"}}));
}

QTEST_GUILESS_MAIN(GrantOrderTest)
#include "grant_order_test.moc"
