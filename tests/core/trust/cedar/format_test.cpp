#include "core/trust/cedar/format.h"

#include "core/trust/cedar/shape_table.h"
#include "tests/core/trust/cedar/desk.h"
#include "tests/core/trust/cedar/generator.h"

#include <QTest>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

QByteArray tidied(const QByteArray& text)
{
    const auto set = PolicySet::fromText(text.toStdString());
    if (!set)
        return QByteArray::fromStdString("refused: " + set.error().code);
    const Policy& policy = (*set)->policies().empty() ? (*set)->templates().front() : (*set)->policies().front();
    return QByteArray::fromStdString(formatted(policy));
}

QByteArray tidiedCondition(const QByteArray& condition)
{
    QByteArray text = tidied("permit(principal,action,resource)when{" + condition + "};");
    const int from = text.indexOf("when { ");
    return from < 0 ? text : text.mid(from + 7).chopped(3);
}

bool sameMeaning(const Policy& left, const Policy& right)
{
    ShapeTable shapes;
    if (left.conditions.size() != right.conditions.size() || left.effect != right.effect
        || left.annotations.size() != right.annotations.size())
        return false;
    for (std::size_t i = 0; i < left.conditions.size(); ++i) {
        if (left.conditions[i].kind != right.conditions[i].kind
            || shapes.of(*left.conditions[i].body) != shapes.of(*right.conditions[i].body))
            return false;
    }
    for (std::size_t i = 0; i < left.annotations.size(); ++i) {
        if (left.annotations[i].name != right.annotations[i].name
            || left.annotations[i].value != right.annotations[i].value)
            return false;
    }
    return true;
}

}

class FormatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void laysOutPolicies_data();
    void laysOutPolicies();
    void writesConditions_data();
    void writesConditions();
    void readsBackWhatItWrites();
    void readsBackTheDeepest();
    void findsTheSourceOfACondition();
};

void FormatTest::laysOutPolicies_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("tidy");
    QTest::newRow("blanks") << QByteArray("permit ( principal,action ,resource , ) ; // end")
                            << QByteArray("permit(principal, action, resource);");
    QTest::newRow("annotations") << QByteArray("@id ( \"a\\u{41}\" )@flag()\npermit(principal,action,resource);")
                                 << QByteArray("refused: cedar.syntax");
    QTest::newRow("two annotations") << QByteArray("@id ( \"a\\u{41}\" )@flag\npermit(principal,action,resource);")
                                     << QByteArray("@id(\"aA\")\n@flag\npermit(principal, action, resource);");
    QTest::newRow("scope") << QByteArray(
        "forbid(principal is A::B in C::\"d\",action in[Action::\"x\",Action::\"y\"],resource==R::\"r\");")
                           << QByteArray(
                                  "forbid(principal is A::B in C::\"d\", action in [Action::\"x\", Action::\"y\"], "
                                  "resource == R::\"r\");");
    QTest::newRow("slots") << QByteArray("permit(principal in ?principal,action,resource==?resource);")
                           << QByteArray("permit(principal in ?principal, action, resource == ?resource);");
    QTest::newRow("conditions") << QByteArray("permit(principal,action,resource)when{true}unless{false&&true};")
                                << QByteArray("permit(principal, action, resource)\nwhen { true }\n"
                                              "unless { false && true };");
    const QByteArray longName(60, 'a');
    QTest::newRow("a long chain") << QByteArray(
        "permit(principal,action,resource)when{context." + longName + " && context." + longName + "||1==1};")
                                  << QByteArray("permit(principal, action, resource)\nwhen {\n    context." + longName
                                         + " && context." + longName + "\n    || 1 == 1\n};");
    QTest::newRow("a long scope") << QByteArray(
        "permit(principal==U::\"" + longName + "\",action,resource==U::\"" + longName + "\");")
                                  << QByteArray("permit(\n    principal == U::\"" + longName
                                         + "\",\n    action,\n    resource == U::\"" + longName + "\"\n);");
}

void FormatTest::laysOutPolicies()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, tidy);
    QCOMPARE(tidied(text), tidy);
}

void FormatTest::writesConditions_data()
{
    QTest::addColumn<QByteArray>("tidy");
    const auto same = [](const char* text) { QTest::newRow(text) << QByteArray(text); };
    same("1 - (2 - 3)");
    same("(1 + 2) * 3 == 4");
    same("1 + 2 * 3 == 4");
    same("!(true && false)");
    same("!!!!(!true)");
    same("-(5) == -5");
    same("-(-5) == 5");
    same("-context.a.b");
    same("(if true then 1 else 2) == 1");
    same("if true then if false then 1 else 2 else {a: 1}");
    same("(true || false) && true");
    same("true && (false && true)");
    same("(1 == 2) == true");
    same("context has a.b");
    same("context has \"if\"");
    same("context[\"if\"][\"a b\"].c");
    same("context.a like \"x*\\*\\n\\\"y\"");
    same("principal is A::B in [C::\"d\"]");
    same("(principal in A::\"b\") == true");
    same("[1, [], {}, {\"a b\": 2}].contains(1 + 2)");
    same("ip(\"::1\").isInRange(ip(\"::/8\"))");
    same("datetime(\"2026-01-01\").offset(duration(\"1d\")) < context.now");
    same("resource.getTag(\"a\" ) == 1");
    same("(-5).a");
    same("5.a");
    same("(1 + 2).a");
}

void FormatTest::writesConditions()
{
    QFETCH(QByteArray, tidy);
    QCOMPARE(tidiedCondition(tidy), tidy.replace("\"a\" )", "\"a\")"));
}

void FormatTest::readsBackWhatItWrites()
{
    Generator generator(7);
    for (int i = 0; i < 3'000; ++i) {
        const std::string text = generator.policy();
        const auto first = take(PolicySet::fromText(text));
        const std::string tidy = formatted(first->policies().front());
        const auto second = PolicySet::fromText(tidy);
        QVERIFY2(second.has_value(), (text + "\n" + tidy).c_str());
        const Policy& again = (*second)->policies().front();
        QVERIFY2(sameMeaning(first->policies().front(), again), (text + "\n" + tidy).c_str());
        QCOMPARE(formatted(again), tidy);
    }
}

void FormatTest::readsBackTheDeepest()
{
    std::string deep = "true";
    for (int i = 0; i < 190; ++i)
        deep = (i % 2 == 0 ? "!(" : "(") + deep + (i % 2 == 0 ? ")" : " || false)");
    const auto first = take(PolicySet::fromText("permit(principal, action, resource) when { " + deep + " };"));
    const std::string tidy = formatted(first->policies().front());
    QVERIFY(sameMeaning(first->policies().front(), take(PolicySet::fromText(tidy))->policies().front()));
}

void FormatTest::findsTheSourceOfACondition()
{
    const auto set = take(PolicySet::fromText("@permit(\"when { x }\") permit(principal, action, resource) "
                                              "when { {a: \"}\"} == {a: 1} } unless{false};"));
    const Policy& policy = set->policies().front();
    QCOMPARE(sourceOfCondition(policy, 0), std::string_view("when { {a: \"}\"} == {a: 1} }"));
    QCOMPARE(sourceOfCondition(policy, 1), std::string_view("unless{false}"));
    QCOMPARE(sourceOfCondition(policy, 2), std::string_view());
}

QTEST_GUILESS_MAIN(FormatTest)
#include "format_test.moc"
