#include "core/trust/policy/grant_policy.h"

#include "core/trust/policy/grant_conditions.h"
#include "core/trust/policy/grant_order.h"
#include "tests/core/trust/policy/rule_scene.h"

#include <QTest>
#include <random>

using namespace ephor;
using namespace ephor::policy;
using ephor::test::RuleScene;
using ephor::test::take;

namespace {

constexpr int generated = 3'000;

const std::string hostileNames[] = {"amount", "customer", "rate", "order id", "a <= b", "x.lessThan", "in", "if", "is",
    "a\" && true || \"", "] && [", "b].contains(c", "new\nline", "back\\slash", "tab\t", "#ask-amount",
    " && context.input", "\xc3\xa9t\xc3\xa9", "has", "};", "context", "0", "__proto__"};
const std::string hostileTexts[] = {"", "EUR", "a\"b", "\\", "\n};\nforbid(principal, action, resource);", "*/", "//",
    " &&\n    context.input has x", "c-7", "\xe2\x82\xac", "].contains(context.input.a)", "2026-01-01T00:00:00.000Z"};

/// Makes grants of every shape from one source of chance.
class GrantMaker {
public:
    std::size_t below(std::size_t limit) { return m_chance() % limit; }
    template <class Range> std::string one(const Range& range) { return range[below(std::size(range))]; }

    std::string number()
    {
        const std::string whole = std::to_string(std::int64_t(below(2'000)) - 500);
        switch (below(4)) {
        case 0:
            return whole + "." + std::to_string(below(10'000));
        case 1:
            return below(2) == 0 ? "9223372036854775807" : "-9223372036854775808";
        default:
            return whole;
        }
    }

    GrantCondition condition(bool hostile)
    {
        GrantCondition made;
        made.kind = GrantConditionKind(below(7));
        const bool argument = made.kind != GrantConditionKind::Hours && made.kind != GrantConditionKind::Classification;
        if (argument)
            made.argument = hostile ? one(hostileNames) : hostileNames[below(4)];
        switch (made.kind) {
        case GrantConditionKind::Hours:
            made.values = {"0" + std::to_string(below(9)) + ":30", "1" + std::to_string(below(9)) + ":00"};
            break;
        case GrantConditionKind::OneOf:
        case GrantConditionKind::Classification:
            for (std::size_t i = 0; i <= below(3); ++i)
                made.values.push_back(hostile ? one(hostileTexts) : "c-" + std::to_string(below(9)));
            break;
        case GrantConditionKind::OwnOnly:
            break;
        default:
            made.values = {hostile ? number() : std::to_string(below(200))};
        }
        return made;
    }

    GrantRule rule(bool hostile)
    {
        GrantRule made;
        made.agent = "clerk";
        made.tool = "pay";
        made.access = Access(1 + below(3));
        if (below(2) == 0)
            made.reason = hostile ? one(hostileTexts) : "a reason";
        if (below(3) == 0)
            made.expires = Instant(std::chrono::days(20'000) + std::chrono::milliseconds(below(1'000'000'000)));
        for (std::size_t count = below(4); count > 0; --count)
            made.conditions.push_back(condition(hostile));
        if (asks(made)) {
            made.approver = below(2) == 0 ? Role::Officer : Role::Owner;
            made.approvals = 1 + below(3);
        }
        // As policies have them: what asks stands behind what must hold.
        std::ranges::stable_partition(
            made.conditions, [](const GrantCondition& each) { return each.kind != GrantConditionKind::AskAbove; });
        return made;
    }

private:
    std::mt19937_64 m_chance{20'260'316};
};

GrantRule plainRule(Access access)
{
    GrantRule made;
    made.agent = "clerk";
    made.tool = "pay";
    made.access = access;
    return made;
}

GrantCondition condition(GrantConditionKind kind, std::string argument, List<std::string, 32> values)
{
    return {kind, std::move(argument), std::move(values)};
}

}

class GrantPolicyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyGrantRoundTrips();
    void writesTheOneLayout();
    void anyOtherLayoutIsNoForm_data();
    void anyOtherLayoutIsNoForm();
    void tellsGrantsByTheirId();
    void refusesToAskTwiceAboveALimit();
    void refusesConditionsThatMeanNothing_data();
    void refusesConditionsThatMeanNothing();
    void asksAboveALimitAlone();
    void conditionsBindTheirCalls_data();
    void conditionsBindTheirCalls();
    void saysConditionsInWords();
};

void GrantPolicyTest::everyGrantRoundTrips()
{
    GrantMaker maker;
    int written = 0;
    for (int i = 0; i < generated; ++i) {
        GrantRule rule = maker.rule(true);
        const auto policies = policiesOf(rule);
        if (!policies) {
            QVERIFY2(policies.error().code == "grant.condition", describe(policies.error()).c_str());
            continue;
        }
        ++written;
        if (rule.access == Access::Deny && !policies->empty() && policies->size() > 1) {
            rule.approver = GrantRule{}.approver;
            rule.approvals = GrantRule{}.approvals;
        }
        const auto read = grantsOf(*policies);
        QVERIFY2(read.size() == 1, policies->front().text.c_str());
        QVERIFY2(read.front() == rule, policies->front().text.c_str());
        QVERIFY2(expiryOf(policies->front().text) == rule.expires, policies->front().text.c_str());
        std::vector<RuleSource> sources;
        for (const PolicyText& text : *policies)
            sources.push_back({text.id, text.text, RuleMode::Enforce});
        const auto compiled = RuleSet::compile(sources);
        QVERIFY2(compiled.has_value(), compiled ? "" : describe(compiled.error()).c_str());
    }
    QVERIFY(written > generated / 2);
}

void GrantPolicyTest::writesTheOneLayout()
{
    GrantRule rule = plainRule(Access::Ask);
    rule.approvals = 2;
    rule.reason = "Two pairs of eyes.";
    rule.expires = parseInstant("2026-07-01T00:00:00Z").value();
    rule.conditions = {condition(GrantConditionKind::AtMost, "amount", {"1000"})};
    const auto policies = take(policiesOf(rule));
    QCOMPARE(policies.size(), std::size_t(1));
    QCOMPARE(policies.front().id, std::string("grant:clerk/pay"));
    QCOMPARE(policies.front().text,
        std::string("@id(\"grant:clerk/pay\")\n@reason(\"Two pairs of eyes.\")\n@approve(\"2-of-officers\")\npermit (\n"
                    "    principal == Agent::\"clerk\",\n    action == Action::\"pay\",\n    resource\n) when {\n"
                    "    context.now < datetime(\"2026-07-01T00:00:00.000Z\") &&\n"
                    "    context.input has amount && context.input.amount <= 1000\n};"));
    QVERIFY(take(policiesOf(plainRule(Access::None))).empty());
}

void GrantPolicyTest::anyOtherLayoutIsNoForm_data()
{
    QTest::addColumn<QString>("text");
    const char* const head = "@id(\"grant:clerk/pay\")\n";
    const char* const scope
        = "permit (\n    principal == Agent::\"clerk\",\n    action == Action::\"pay\",\n    resource\n)";
    const auto row
        = [](const char* name, const std::string& text) { QTest::newRow(name) << QString::fromStdString(text); };
    row("no id", std::string(scope) + ";");
    row("one line", std::string(head) + "permit(principal == Agent::\"clerk\", action == Action::\"pay\", resource);");
    row("a comment", std::string(head) + "// mine\n" + scope + ";");
    row("another annotation", std::string(head) + "@explain(\"why\")\n" + scope + ";");
    row("another condition", std::string(head) + scope + " when {\n    context.run.toolCalls < 3\n};");
    row("or",
        std::string(head) + scope + " when {\n    context.input has amount && context.input.amount <= 3 || true\n};");
    row("unless",
        std::string(head) + scope + " unless {\n    context.input has amount && context.input.amount <= 3\n};");
    row("two conditions", std::string(head) + scope + " when {\n    true\n} when {\n    true\n};");
    row("a person",
        std::string(head)
            + "permit (\n    principal == User::\"clerk\",\n    action == Action::\"pay\",\n    resource\n);");
    row("two actions",
        std::string(head)
            + "permit (\n    principal == Agent::\"clerk\",\n    action in [Action::\"pay\", Action::\"look\"],\n    "
              "resource\n);");
    row("another agent",
        std::string(head)
            + "permit (\n    principal == Agent::\"other\",\n    action == Action::\"pay\",\n    resource\n);");
    row("plural of one", std::string(head) + "@approve(\"officers\")\n" + scope + ";");
    row("no policy", "permit");
    row("nothing", "");
    row("a time without milliseconds",
        std::string(head) + scope + " when {\n    context.now < datetime(\"2026-07-01T00:00:00Z\")\n};");
    row("the time second",
        std::string(head) + scope
            + " when {\n    context.input has amount && context.input.amount <= 3 &&\n    context.now < "
              "datetime(\"2026-07-01T00:00:00.000Z\")\n};");
}

void GrantPolicyTest::anyOtherLayoutIsNoForm()
{
    QFETCH(QString, text);
    const PolicyText policy{"grant:clerk/pay", text.toStdString()};
    QVERIFY(grantsOf(std::span(&policy, 1)).empty());
}

void GrantPolicyTest::tellsGrantsByTheirId()
{
    QVERIFY(isGrant(grantId("clerk", "pay")));
    QVERIFY(!isGrant("limits/0") && !isGrant("kept:grant:clerk/pay"));
    auto policies = take(policiesOf(plainRule(Access::Allow)));
    policies.front().id = "grant:clerk/look";
    QVERIFY(grantsOf(policies).empty());
    policies.front().id = "limits/0";
    QVERIFY(grantsOf(policies).empty());
    // Grants of several tools side by side, one of which is no form.
    GrantRule look = plainRule(Access::Deny);
    look.tool = "look";
    auto several = take(policiesOf(std::vector{plainRule(Access::Allow), look}));
    several.front().text += " ";
    const auto read = grantsOf(several);
    QVERIFY(read == std::vector{look});
}

void GrantPolicyTest::refusesToAskTwiceAboveALimit()
{
    GrantRule rule = plainRule(Access::Allow);
    rule.conditions = {condition(GrantConditionKind::AskAbove, "amount", {"10"}),
        condition(GrantConditionKind::AskAbove, "amount", {"20"})};
    const auto refused = policiesOf(rule);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("grant.condition"));
    rule.conditions.back().argument = "rate";
    QCOMPARE(take(policiesOf(rule)).size(), std::size_t(3));
}

void GrantPolicyTest::refusesConditionsThatMeanNothing_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QStringList>("values");
    using Kind = GrantConditionKind;
    const auto row = [](const char* name, Kind kind, const char* argument, const QStringList& values) {
        QTest::newRow(name) << int(kind) << QString(argument) << values;
    };
    row("no number", Kind::AtMost, "amount", {});
    row("two numbers", Kind::AtMost, "amount", {"1", "2"});
    row("words", Kind::AtLeast, "amount", {"many"});
    row("an expression", Kind::AtMost, "amount", {"1 || true"});
    row("a fifth digit", Kind::AtMost, "amount", {"1.00001"});
    row("an exponent", Kind::AtMost, "amount", {"1e3"});
    row("beyond 64 bits", Kind::AskAbove, "amount", {"9223372036854775808"});
    row("a sign in front", Kind::AtMost, "amount", {"+1"});
    row("a space", Kind::AtMost, "amount", {" 1"});
    row("no argument", Kind::AtMost, "", {"1"});
    row("own with a value", Kind::OwnOnly, "customer", {"c-7"});
    row("own of nothing", Kind::OwnOnly, "", {});
    row("one of none", Kind::OneOf, "customer", {});
    row("hours with an argument", Kind::Hours, "amount", {"08:00", "18:00"});
    row("hours backwards", Kind::Hours, "", {"18:00", "08:00"});
    row("hours of nothing", Kind::Hours, "", {"08:00", "08:00"});
    row("one hour", Kind::Hours, "", {"08:00"});
    row("a sixtieth minute", Kind::Hours, "", {"08:60", "18:00"});
    row("past midnight", Kind::Hours, "", {"08:00", "24:01"});
    row("a signed hour", Kind::Hours, "", {"-1:00", "18:00"});
    row("no class", Kind::Classification, "", {});
    row("a class of an argument", Kind::Classification, "amount", {"public"});
}

void GrantPolicyTest::refusesConditionsThatMeanNothing()
{
    QFETCH(int, kind);
    QFETCH(QString, argument);
    QFETCH(QStringList, values);
    GrantCondition made{GrantConditionKind(kind), argument.toStdString(), {}};
    for (const QString& value : values)
        made.values.push_back(value.toStdString());
    const auto refused = expressionOf(made);
    QVERIFY2(!refused, refused ? refused->c_str() : "");
    QCOMPARE(refused.error().code, std::string("grant.condition"));
    QVERIFY(!refused.error().hint.empty());
}

void GrantPolicyTest::asksAboveALimitAlone()
{
    RuleScene scene;
    GrantRule rule = plainRule(Access::Allow);
    rule.approver = Role::Owner;
    rule.approvals = 2;
    rule.conditions = {condition(GrantConditionKind::AskAbove, "amount", {"100"})};
    scene.releaseGrant(rule);
    QVERIFY(scene.judge({{"amount", 100}}).word == VerdictWord::Allow);
    const PermissionVerdict above = scene.judge({{"amount", 101}});
    QVERIFY(above.word == VerdictWord::Ask);
    QCOMPARE(above.rule, std::string("grant:clerk/pay#ask-amount"));
    QVERIFY((above.demand == ApprovalDemand{Role::Owner, 2}));
    // What is not told is not below.
    QVERIFY(scene.judge(Json::object()).word == VerdictWord::Ask);
}

void GrantPolicyTest::conditionsBindTheirCalls_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<QByteArray>("outside");
    using Kind = GrantConditionKind;
    const auto row = [](const char* name, Kind kind, const char* argument, const QStringList& values,
                         const char* inside, const char* outside) {
        QTest::newRow(name) << int(kind) << QString(argument) << values << QByteArray(inside) << QByteArray(outside);
    };
    row("at most", Kind::AtMost, "amount", {"10"}, "{\"amount\":10}", "{\"amount\":11}");
    row("at most, absent", Kind::AtMost, "amount", {"10"}, "{\"amount\":-5}", "{}");
    row("at most, beyond 64 bits", Kind::AtMost, "amount", {"10"}, "{\"amount\":0}",
        "{\"amount\":18446744073709551615}");
    row("at least", Kind::AtLeast, "amount", {"10"}, "{\"amount\":10}", "{\"amount\":9}");
    row("a decimal", Kind::AtMost, "rate", {"1.5"}, "{\"rate\":1.5}", "{\"rate\":1.5001}");
    row("a decimal that cannot be said", Kind::AtMost, "rate", {"1.5"}, "{\"rate\":1}", "{\"rate\":0.00001}");
    row("one of", Kind::OneOf, "customer", {"a", "b"}, "{\"customer\":\"b\"}", "{\"customer\":\"c\"}");
    row("own only", Kind::OwnOnly, "customer", {}, "{\"customer\":\"c-7\"}", "{\"customer\":\"c-8\"}");
    row("own only, absent", Kind::OwnOnly, "order id", {}, "{\"order id\":\"c-7\"}", "{\"customer\":\"c-7\"}");
}

void GrantPolicyTest::conditionsBindTheirCalls()
{
    QFETCH(int, kind);
    QFETCH(QString, argument);
    QFETCH(QStringList, values);
    QFETCH(QByteArray, inside);
    QFETCH(QByteArray, outside);
    GrantRule rule = plainRule(Access::Allow);
    GrantCondition made{GrantConditionKind(kind), argument.toStdString(), {}};
    for (const QString& value : values)
        made.values.push_back(value.toStdString());
    rule.conditions = {made};
    RuleScene scene;
    scene.releaseGrant(rule);
    QVERIFY(scene.judge(parseJson(inside.toStdString()).value()).word == VerdictWord::Allow);
    const PermissionVerdict denied = scene.judge(parseJson(outside.toStdString()).value());
    QVERIFY(denied.word == VerdictWord::Deny);
    QCOMPARE(denied.rule, std::string("grant:clerk/pay"));
    QVERIFY(denied.reason.find("conditions") != std::string::npos);
}

void GrantPolicyTest::saysConditionsInWords()
{
    using Kind = GrantConditionKind;
    QCOMPARE(inWords(condition(Kind::AtMost, "amount", {"1000"})), std::string("amount at most 1000"));
    QCOMPARE(inWords(condition(Kind::OwnOnly, "customer", {})), std::string("only the person's own customer"));
    QCOMPARE(inWords(condition(Kind::Hours, "", {"08:00", "18:00"})), std::string("from 08:00 to 18:00 UTC"));
    QCOMPARE(inWords(condition(Kind::OneOf, "currency", {"EUR", "USD"})), std::string("currency one of EUR, USD"));
    QCOMPARE(inWords(condition(Kind::AskAbove, "amount", {"5"})), std::string("asks when amount is above 5"));
}

QTEST_GUILESS_MAIN(GrantPolicyTest)
#include "grant_policy_test.moc"
