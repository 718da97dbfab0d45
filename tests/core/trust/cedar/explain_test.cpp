#include "tests/core/trust/cedar/explained.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

QByteArray sentenceFor(const QByteArray& policies)
{
    return QByteArray::fromStdString(explained(policies.toStdString()).sentence);
}

QByteArray flipFor(const QByteArray& policies)
{
    const Explanation explanation = explained(policies.toStdString());
    return explanation.flip ? QByteArray::fromStdString(explanation.flip->sentence) : QByteArray("none");
}

QByteArray when(const QByteArray& condition)
{
    return "permit(principal, action, resource) when { " + condition + " };";
}

QByteArray forbidWhen(const QByteArray& condition)
{
    return "permit(principal, action, resource); forbid(principal, action, resource) when { " + condition + " };";
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : " > ") + text;
    return all;
}

/// A session in which everything asked for happened six times.
class SixEvents : public History {
public:
    bool evaluate(const TemporalOperation&, Evaluator&, Value& result, std::string&) const override
    {
        result = Value(std::int64_t{6});
        return true;
    }
};

}

class ExplainTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhyInOneSentence_data();
    void saysWhyInOneSentence();
    void proposesTheSmallestChange_data();
    void proposesTheSmallestChange();
    void tellsTheDecidingPart_data();
    void tellsTheDecidingPart();
    void tellsTheRolePath();
    void tellsTheShortestOfManyPaths();
    void asksTheHistory();
    void ordersWhatCameNear();
    void answersItems();
    void refusesBadItems();
};

void ExplainTest::saysWhyInOneSentence_data()
{
    QTest::addColumn<QByteArray>("policies");
    QTest::addColumn<QByteArray>("sentence");
    const QByteArray none = "Denied: no rule permits User::\"ann\" to do Action::\"read\" on Doc::\"plan\"";
    QTest::newRow("nothing") << QByteArray() << QByteArray(none + ".");
    QTest::newRow("a limit") << when("context.count <= 2")
                             << QByteArray(none
                                    + "; nearest is policy0, which wants context.count <= 2, and context.count is 3.");
    QTest::newRow("unless") << QByteArray("permit(principal, action, resource) unless { context.mfa };")
                            << QByteArray(none
                                   + "; nearest is policy0, which wants not context.mfa, and context.mfa is true.");
    QTest::newRow("a role") << QByteArray("permit(principal in Role::\"officer\", action, resource);")
                            << QByteArray(none
                                   + "; nearest is policy0, which is for principal in Role::\"officer\", "
                                     "and User::\"ann\" is not in it.");
    QTest::newRow("another action") << QByteArray("permit(principal, action == Action::\"write\", resource);")
                                    << QByteArray(none
                                           + "; nearest is policy0, which is for action == Action::\"write\", "
                                             "and it is Action::\"read\".");
    QTest::newRow("an error") << when("context.nope > 3")
                              << QByteArray(none
                                     + "; nearest is policy0, which could not be evaluated: The record has no "
                                       "attribute nope.");
    QTest::newRow("a permit") << QByteArray("permit(principal, action, resource);")
                              << QByteArray("Allowed: policy0 permits User::\"ann\" to do Action::\"read\" on "
                                            "Doc::\"plan\".");
    QTest::newRow("a reason") << QByteArray("@reason(\"Everybody reads\") permit(principal, action, resource);")
                              << QByteArray("Allowed: Everybody reads.");
    QTest::newRow("an explanation before a reason")
        << QByteArray("permit(principal, action, resource);"
                      "@reason(\"r\") @explain(\"Not with MFA!\") forbid(principal, action, resource);")
        << QByteArray("Denied: Not with MFA!");
    QTest::newRow("a forbid") << forbidWhen("context.count > 2")
                              << QByteArray("Denied: policy1 forbids User::\"ann\" to do Action::\"read\" on "
                                            "Doc::\"plan\", and context.count is 3.");
    QTest::newRow("an erring forbid") << forbidWhen("principal.nope")
                                      << QByteArray("Denied: policy1, which could not be evaluated: The entity "
                                                    "User::\"ann\" has no attribute nope, and a forbid that errs "
                                                    "denies.");
}

void ExplainTest::saysWhyInOneSentence()
{
    QFETCH(QByteArray, policies);
    QFETCH(QByteArray, sentence);
    QCOMPARE(sentenceFor(policies), sentence);
}

void ExplainTest::proposesTheSmallestChange_data()
{
    QTest::addColumn<QByteArray>("policies");
    QTest::addColumn<QByteArray>("flip");
    const auto allow = [](const char* name, const QByteArray& policies, const QByteArray& clause) {
        QTest::newRow(name) << policies << QByteArray("It would be allowed if " + clause + ".");
    };
    const auto deny = [](const char* name, const QByteArray& policies, const QByteArray& clause) {
        QTest::newRow(name) << policies << QByteArray("It would be denied if " + clause + ".");
    };
    allow("at most", when("context.count <= 2"), "context.count were 2 instead of 3");
    allow("below", when("context.count < 2"), "context.count were 1 instead of 3");
    allow("above, turned round", when("7 < context.count"), "context.count were 8 instead of 3");
    allow("a sum", when("context.count + principal.age - 4 <= 39"), "context.count were 2 instead of 3");
    allow("a missing value", when("context.limit >= 5"), "context.limit were 5");
    allow("a guarded value", when("context has limit && context.limit >= 5"), "context.limit were 5");
    allow("a nested value", when("context.input.amount == 5"), "context.input.amount were 5");
    allow("a flag", when("!context.mfa"), "context.mfa were false instead of true");
    allow("a text", when("principal.name like \"Z*\""), "User::\"ann\".name were \"Z\" instead of \"Ann\"");
    allow("another's attribute", when("principal.manager.age < 50"), "User::\"bob\".age were 49 instead of 50");
    allow("a tag", when("principal.getTag(\"site\") == \"bergen\""),
        "User::\"ann\".getTag(\"site\") were \"bergen\" instead of \"oslo\"");
    allow("a role", "permit(principal in Role::\"officer\", action, resource);",
        "User::\"ann\" were in Role::\"officer\"");
    allow("two things", when("context.count <= 2 && principal in Role::\"officer\""),
        "context.count were 2 instead of 3 and User::\"ann\" were in Role::\"officer\"");
    allow("the easier of two", when("(context.count <= 2 && !context.mfa) || resource in Folder::\"secret\""),
        "Doc::\"plan\" were in Folder::\"secret\"");
    allow("another action", "permit(principal, action == Action::\"write\", resource);",
        "the action were Action::\"write\" instead of Action::\"read\"");
    allow("a forbid", forbidWhen("context.count > 2"), "context.count were 2 instead of 3");
    allow("two forbids", forbidWhen("context.count > 2") + "forbid(principal in Group::\"staff\", action, resource);",
        "context.count were 2 instead of 3 and User::\"ann\" were not in Group::\"staff\"");
    allow("a forbid that errs", forbidWhen("context.risk > 5"), "context.risk were 5");
    allow("a permit and a forbid that would then hold",
        when("context.count == 9") + "forbid(principal, action, resource) when { context.count > 5 && context.mfa };",
        "context.count were 9 instead of 3 and context.mfa were false instead of true");
    allow("a moment", when("datetime(\"2026-11-22\").offset(duration(\"1h\")) < context.now"),
        "context.now were datetime(\"2026-11-22T01:00:00.001Z\")");
    allow("a set", when("context.labels.containsAll([\"a\", \"b\"])"), "context.labels were [\"a\", \"b\"]");
    allow("an address", when("!principal.address.isInRange(ip(\"10.0.0.0/8\"))"),
        "User::\"ann\".address were ip(\"192.0.2.1\") instead of ip(\"10.1.2.3\")");
    deny("a limit", when("context.count <= 5"), "context.count were 6 instead of 3");
    deny("a role", "permit(principal in Group::\"desk\", action, resource);",
        "User::\"ann\" were not in Group::\"desk\"");
    deny("a forbid near", forbidWhen("context.count > 5"), "context.count were 6 instead of 3");
    deny("presence", when("context has mfa"), "there were no context.mfa");
    QTest::newRow("nothing to change") << when("false") << QByteArray("none");
    QTest::newRow("nobody") << QByteArray() << QByteArray("none");
    QTest::newRow("always") << QByteArray("permit(principal, action, resource);") << QByteArray("none");
    QTest::newRow("contradiction") << when("context.count > 5 && context.count < 3") << QByteArray("none");
}

void ExplainTest::proposesTheSmallestChange()
{
    QFETCH(QByteArray, policies);
    QFETCH(QByteArray, flip);
    QCOMPARE(flipFor(policies), flip);
}

void ExplainTest::tellsTheDecidingPart_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QByteArray>("atom");
    QTest::addColumn<QByteArray>("values");
    QTest::newRow("a link of a chain") << QByteArray("context.mfa && context.count <= 2 && false")
                                       << QByteArray("context.count <= 2") << QByteArray("context.count=3 2=2");
    QTest::newRow("deeper") << QByteArray("context.mfa && !(context.mfa && context.count == 3)")
                            << QByteArray("context.mfa && context.count == 3")
                            << QByteArray("context.mfa=true context.count=3 3=3");
    QTest::newRow("alternatives") << QByteArray("context.count == 1 || context.count == 2")
                                  << QByteArray("context.count == 1 || context.count == 2")
                                  << QByteArray("context.count=3 1=1 2=2");
    QTest::newRow("a branch") << QByteArray("if context.mfa then principal.age < 3 else true")
                              << QByteArray("principal.age < 3") << QByteArray("principal.age=41 3=3");
    QTest::newRow("a computed value") << QByteArray("context.count + 1 > 9") << QByteArray("context.count + 1 > 9")
                                      << QByteArray("context.count + 1=4 context.count=3 1=1 9=9");
    QTest::newRow("a missing one") << QByteArray("true && context.nope > 9") << QByteArray("context.nope")
                                   << QByteArray("context.nope!The record has no attribute nope.");
    QTest::newRow("no bool") << QByteArray("context.count") << QByteArray("context.count")
                             << QByteArray("context.count=3");
}

void ExplainTest::tellsTheDecidingPart()
{
    QFETCH(QByteArray, condition);
    QFETCH(QByteArray, atom);
    QFETCH(QByteArray, values);
    const Explanation explanation = explained(when(condition).toStdString());
    QCOMPARE(explanation.near.size(), std::size_t(1));
    QVERIFY(explanation.near.front().condition.has_value());
    const ConditionFinding& finding = *explanation.near.front().condition;
    QCOMPARE(QByteArray::fromStdString(finding.atom), atom);
    QCOMPARE(QByteArray::fromStdString(finding.text), QByteArray("when { " + condition + " }"));
    std::string told;
    for (const NamedValue& named : finding.values)
        told += (told.empty() ? "" : " ") + named.text + (named.problem.empty() ? "=" : "!") + named.value
            + named.problem;
    QCOMPARE(QByteArray::fromStdString(told), values);
    QVERIFY(finding.line == 1 && finding.column > 30);
}

void ExplainTest::tellsTheRolePath()
{
    const Explanation allowed
        = explained("permit(principal in Group::\"staff\", action, resource in Folder::\"top\");");
    QCOMPARE(allowed.determining.size(), std::size_t(1));
    const auto& scope = allowed.determining.front().scope;
    QCOMPARE(joined(scope[0].path), std::string("User::\"ann\" > Group::\"desk\" > Group::\"staff\""));
    QVERIFY(scope[1].path.empty());
    QCOMPARE(joined(scope[2].path), std::string("Doc::\"plan\" > Folder::\"top\""));
    const Explanation denied = explained("permit(principal in Role::\"officer\", action, resource);");
    QVERIFY(!denied.near.front().scope[0].holds);
    QVERIFY(denied.near.front().scope[0].path.empty());
    QCOMPARE(joined(denied.near.front().scope[0].memberOf), std::string("Group::\"desk\" > Group::\"staff\""));
}

void ExplainTest::tellsTheShortestOfManyPaths()
{
    const auto entity = [](const char* id, std::initializer_list<const char*> parents) {
        Json list = Json::array();
        for (const char* const parent : parents)
            list.push_back({{"type", "G"}, {"id", parent}});
        return Json{{"uid", {{"type", "G"}, {"id", id}}}, {"attrs", Json::object()}, {"parents", list}};
    };
    const Json list = Json::array({entity("a", {"b", "x"}), entity("b", {"c"}), entity("c", {"d"}), entity("d", {"z"}),
        entity("x", {"z"}), entity("z", {})});
    const auto entities = take(Entities::fromJson(list));
    const Request request = take(Request::fromJson({{"principal", "G::\"a\""}, {"action", "Action::\"r\""},
        {"resource", "G::\"z\""}, {"context", Json::object()}}));
    const auto policies = take(PolicySet::fromText("permit(principal in G::\"z\", action, resource);"));
    const Explanation explanation = explain(*policies, *entities, request);
    QCOMPARE(joined(explanation.determining.front().scope[0].path), std::string("G::\"a\" > G::\"x\" > G::\"z\""));
}

void ExplainTest::asksTheHistory()
{
    const std::string rule = "permit(principal, action, resource) when temporal {\n"
                             "  count within 1h Action::\"read\"::request <= context.count // the limit\n};";
    const auto policies = take(PolicySet::fromText(rule, {}, Grammar::Temporal));
    const auto entities = take(Entities::fromJson(people()));
    const Request request = take(Request::fromJson(annReadsPlan()));
    const SixEvents history;
    const Explanation explanation = explain(*policies, *entities, request, Mode::Ephor, &history);
    const ConditionFinding& condition = *explanation.near.front().condition;
    QCOMPARE(
        condition.atom, std::string("when temporal { count within 1h Action::\"read\"::request <= context.count }"));
    QCOMPARE(condition.values.front().text, std::string("count(…)"));
    QCOMPARE(condition.values.front().value, std::string("6"));
    QVERIFY(explanation.flip.has_value());
    QCOMPARE(explanation.flip->changes.front().to, std::string("6"));
    const Explanation without = explain(*policies, *entities, request);
    QVERIFY(without.near.front().standing == Standing::Erred);
}

void ExplainTest::ordersWhatCameNear()
{
    const Explanation explanation = explained("forbid(principal, action, resource) when { context.count > 9 };"
                                              "permit(principal == User::\"bob\", action, resource);"
                                              "permit(principal in Role::\"r\", action, resource);"
                                              "permit(principal, action, resource) when { !context.mfa && false };"
                                              "permit(principal, action, resource) when { context.count < 3 };"
                                              "permit(principal == User::\"bob\", action in [], resource);");
    QCOMPARE(joined(idsOf(explanation.near)), std::string("policy4 > policy3 > policy2 > policy1 > policy0"));
}

void ExplainTest::answersItems()
{
    Json item = {{"policies", {{"grant:till", "permit(principal, action, resource) when { context.count <= 2 };"}}},
        {"entities", people()}, {"request", annReadsPlan()}};
    const Json denied = explainPolicyItem(item);
    QVERIFY2(denied.contains("decision"), denied.dump().c_str());
    QVERIFY(denied["decision"] == "deny" && denied["determining"].empty());
    const Json& near = denied["near"][0];
    QVERIFY(near["id"] == "grant:till" && near["standing"] == "condition" && near["line"] == 1);
    QVERIFY(near["condition"]["atom"] == "context.count <= 2" && near["condition"]["held"] == false);
    QVERIFY(near["condition"]["values"][0] == Json({{"text", "context.count"}, {"value", "3"}}));
    const Json change = {
        {"change", "set"}, {"subject", "context.count"}, {"from", "3"}, {"to", "2"}, {"wanted", "context.count <= 2"}};
    QVERIFY2(denied["flip"]["changes"] == Json::array({change}), denied["flip"].dump().c_str());
    item["request"]["context"]["count"] = 1;
    const Json allowed = explainPolicyItem(item);
    QVERIFY(allowed["decision"] == "allow" && allowed["determining"][0]["effect"] == "permit");
    QVERIFY(allowed["flip"]["decision"] == "deny");
}

void ExplainTest::refusesBadItems()
{
    for (const char* const text :
        {"[]", "{}", "{\"policies\":\"\"}", "{\"policies\":\"permit\",\"request\":{}}",
            "{\"policies\":\"\",\"request\":{},\"mode\":\"ephor\"}", "{\"policies\":\"\",\"request\":[],\"mode\":1}"}) {
        const Json answer = explainPolicyItem(take(parseJson(text)));
        QVERIFY2(answer.contains("error") && answer["error"].contains("code"), text);
    }
}

QTEST_GUILESS_MAIN(ExplainTest)
#include "explain_test.moc"
