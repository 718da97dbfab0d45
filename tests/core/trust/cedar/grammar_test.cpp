#include "tests/core/trust/cedar/desk.h"

#include <QTest>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

/// Which texts are policies, and where the reader says that others go wrong.
class GrammarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void keepsWhatItRead();
    void linksTemplates();
    void refusesWrongLinks_data();
    void refusesWrongLinks();
    void namesPoliciesByOrderOrById();
};

void GrammarTest::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "// nothing\n", "permit(principal,action,resource);",
             "forbid ( principal , action , resource , ) ; // end", "permit(principal == U::\"a\", action, resource);",
             "permit(principal in A::B::\"a\", action, resource);", "permit(principal is A::B, action, resource);",
             "permit(principal is U in ?principal, action, resource == ?resource);",
             "permit(principal == ((U::\"a\")), action == Action::\"x\", resource in (R::\"r\"));",
             "permit(principal, action in [], resource);",
             "permit(principal, action in [Action::\"a\", N::Action::\"b\",], resource);",
             "@id(\"x\") @if @note(\"\\u{41}\") permit(principal,action,resource);",
             "permit(principal,action,resource) when { true } unless { false } when { 1 };",
             "permit(principal,action,resource) when { [1,2,].contains(1) && {a:1,\"b c\":2,}.a == 1 };",
             "permit(principal,action,resource) when { U :: \"a\" .b };",
             "permit(principal,action,resource) when { context has permit && principal has when.unless };",
             "permit(principal\xc2\xa0,\xe2\x80\x83"
             "action,resource);",
             "permit(principal,action,resource) when { if true then 1 else 2 };"})
        QTest::newRow(text) << QByteArray(text);
}

void GrammarTest::reads()
{
    QFETCH(QByteArray, text);
    const auto policies = PolicySet::fromText(text.toStdString());
    QVERIFY2(policies.has_value(), policies ? "" : describe(policies.error()).c_str());
}

void GrammarTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("column");
    const auto row = [](const char* text, const char* code, const char* line, const char* column) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(code) << QByteArray(line) << QByteArray(column);
    };
    row("permit(principal,action,resource)", "cedar.syntax", "1", "34");
    row("allow(principal,action,resource);", "cedar.syntax", "1", "1");
    row("permit(action,principal,resource);", "cedar.scope", "1", "8");
    row("permit(principal,action);", "cedar.syntax", "1", "24");
    row("permit(principal: U,action,resource);", "cedar.scope", "1", "17");
    row("permit(principal == ?resource,action,resource);", "cedar.scope", "1", "21");
    row("permit(principal in [U::\"a\"],action,resource);", "cedar.syntax", "1", "21");
    row("permit(principal,action == U::\"a\",resource);", "cedar.scope", "1", "28");
    row("permit(principal,action,resource)\nwhen { };", "cedar.syntax", "2", "8");
    row("permit(principal,action,resource)\nif { true };", "cedar.syntax", "2", "1");
    row("@a @b @a permit(principal,action,resource);", "cedar.syntax", "1", "8");
    row("permit(principal,action,resource) when {\n  principal.if };", "cedar.reserved-word", "2", "13");
    row("permit(principal,action,resource) when { \"a\\qb\" };", "cedar.escape", "1", "44");
    row("permit(principal,action,resource) when { \"\\u{d800}\" };", "cedar.escape", "1", "43");
    row("permit(principal,action,resource) when { \"a\\*\" };", "cedar.escape", "1", "44");
    row("permit(principal,action,resource) when { \"open };", "cedar.syntax", "1", "42");
    row("permit(principal,action,resource) when { 9223372036854775808 };", "cedar.integer-range", "1", "42");
    row("permit(principal,action,resource) when { -9223372036854775809 };", "cedar.integer-range", "1", "43");
    row("permit(principal,action,resource) when { -(9223372036854775808) };", "cedar.integer-range", "1", "44");
    row("permit(principal,action,resource) when { 1 < 2 < 3 };", "cedar.syntax", "1", "48");
    row("permit(principal,action,resource) when { 1 = 2 };", "cedar.syntax", "1", "44");
    row("permit(principal,action,resource) when { 1 / 2 };", "cedar.syntax", "1", "44");
    row("permit(principal,action,resource) when { !!!!!true };", "cedar.syntax", "1", "42");
    row("permit(principal,action,resource) when { !-1 };", "cedar.syntax", "1", "43");
    row("permit(principal,action,resource) when { true & true };", "cedar.syntax", "1", "47");
    row("permit(principal,action,resource) when { foo };", "cedar.syntax", "1", "42");
    row("permit(principal,action,resource) when { foo(1) };", "cedar.unknown-function", "1", "42");
    row("permit(principal,action,resource) when { principal.foo() };", "cedar.unknown-function", "1", "51");
    row("permit(principal,action,resource) when { isIpv4(1) };", "cedar.unknown-function", "1", "42");
    row("permit(principal,action,resource) when { \"1\".ip() };", "cedar.unknown-function", "1", "45");
    row("permit(principal,action,resource) when { [1].contains() };", "cedar.syntax", "1", "45");
    row("permit(principal,action,resource) when { {a:1,a:2} == 1 };", "cedar.syntax", "1", "47");
    row("permit(principal,action,resource) when { principal == ?principal };", "cedar.scope", "1", "55");
    row("permit(principal,action,resource) when { __cedar::A::\"x\" == 1 };", "cedar.reserved-word", "1", "42");
    row("permit(principal,action,resource) when { principal is \"U\" };", "cedar.syntax", "1", "55");
    row("permit(principal,action,resource) when { principal has a.\"b\" };", "cedar.syntax", "1", "58");
    row("permit(principal,action,resource) when { \"a\" like context };", "cedar.syntax", "1", "51");
    row("permit(principal,action,resource) when { /* no */ true };", "cedar.syntax", "1", "42");
}

void GrammarTest::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, column);
    const auto policies = PolicySet::fromText(text.toStdString());
    QVERIFY(!policies.has_value());
    const Error& error = policies.error();
    QCOMPARE(QByteArray::fromStdString(error.code), code);
    QCOMPARE(QByteArray::fromStdString(fieldOf(error, "line")), line);
    QCOMPARE(QByteArray::fromStdString(fieldOf(error, "column")), column);
}

void GrammarTest::keepsWhatItRead()
{
    const auto set
        = take(PolicySet::fromText("// first\n@approve(\"two\")\n@stepup\npermit(principal is A::U in G::\"g\", "
                                   "action in [Action::\"x\"], resource)\nunless { false }; // last ;\n"));
    const Policy& policy = set->policies().front();
    QCOMPARE(policy.annotations.size(), std::size_t(2));
    QVERIFY(policy.annotation("approve")->value == "two");
    QVERIFY(policy.annotation("stepup")->value.empty());
    QVERIFY(policy.annotation("redact") == nullptr);
    QVERIFY(policy.principal.form == ScopeConstraint::Form::IsIn);
    QVERIFY(policy.principal.type.view == "A::U");
    QVERIFY(toText(*policy.principal.entity) == "G::\"g\"");
    QVERIFY(policy.text().starts_with("@approve"));
    QVERIFY(policy.text().ends_with("{ false };"));
}

void GrammarTest::linksTemplates()
{
    const std::vector<PolicySource> sources{{"t", "permit(principal in ?principal, action, resource == ?resource);"}};
    const std::vector<TemplateLink> links{{"t", "one", "Group::\"staff\"", "Doc::\"plan\""}};
    const auto set = take(PolicySet::fromPolicies(sources, links));
    QCOMPARE(set->templates().size(), std::size_t(1));
    QCOMPARE(set->policies().size(), std::size_t(1));
    const Verdict verdict = verdictOf(*set);
    QVERIFY(verdict.decision == Decision::Allow);
    QVERIFY(verdict.reasons.front()->id == "one");
    QVERIFY(verdictOf(*take(PolicySet::fromPolicies(sources))).decision == Decision::Deny);
}

void GrammarTest::refusesWrongLinks_data()
{
    QTest::addColumn<QString>("templateId");
    QTest::addColumn<QString>("principal");
    QTest::addColumn<QString>("resource");
    QTest::newRow("no such template") << "x" << "U::\"a\"" << "";
    QTest::newRow("a slot left open") << "t" << "" << "";
    QTest::newRow("a slot it has not") << "t" << "U::\"a\"" << "R::\"r\"";
    QTest::newRow("no entity") << "t" << "U" << "";
}

void GrammarTest::refusesWrongLinks()
{
    QFETCH(QString, templateId);
    QFETCH(QString, principal);
    QFETCH(QString, resource);
    const std::vector<PolicySource> sources{{"t", "permit(principal == ?principal, action, resource);"}};
    const std::vector<TemplateLink> links{
        {templateId.toStdString(), "one", principal.toStdString(), resource.toStdString()}};
    const auto set = PolicySet::fromPolicies(sources, links);
    QVERIFY(!set.has_value());
    QVERIFY(set.error().code == "cedar.link");
}

void GrammarTest::namesPoliciesByOrderOrById()
{
    const auto set = take(PolicySet::fromText("@id(\"mine\") permit(principal,action,resource);\n"
                                              "permit(principal == ?principal,action,resource);\n"
                                              "forbid(principal,action,resource) when { false };"));
    QVERIFY(set->policies()[0].id == "policy0");
    QVERIFY(set->policies()[1].id == "policy2");
    QVERIFY(set->templates()[0].id == "policy1");
    QVERIFY(set->find("policy2") == &set->policies()[1]);

    const std::string permit = "permit(principal,action,resource);";
    const auto wrongCode = [](std::vector<PolicySource> sources) { return PolicySet::fromPolicies(sources).error(); };
    QVERIFY(wrongCode({{"a", permit}, {"a", permit}}).code == "cedar.duplicate-id");
    QVERIFY(wrongCode({{"a", permit + permit}}).code == "cedar.syntax");
    const Error inside = wrongCode({{"a", permit}, {"b", "permit("}});
    QVERIFY(fieldOf(inside, "policy") == "b");
}

QTEST_GUILESS_MAIN(GrammarTest)
#include "grammar_test.moc"
