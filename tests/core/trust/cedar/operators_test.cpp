#include "tests/core/trust/cedar/desk.h"

#include <QTest>

using namespace ephor::cedar::tests;

/// What each operator comes to, and which operands it refuses.
class OperatorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesTo_data();
    void comesTo();
    void refuses_data();
    void refuses();
    void errorsNameTheirCause();
};

void OperatorsTest::comesTo_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* condition, const char* value) {
        QTest::newRow(condition) << QByteArray(condition) << QByteArray(value);
    };
    row("true && !false", "true");
    row("false && 1 == 1 + \"a\"", "false");
    row("true || 1 < \"a\"", "true");
    row("if context.mfa then principal.age == 41 else 1 < \"a\"", "true");
    row("1 + 2 * 3 - 4 == 3", "true");
    row("-principal.age == -41", "true");
    row("--5 == 5", "true");
    row("-9223372036854775808 < 0", "true");
    row("9223372036854775806 + 1 == 9223372036854775807", "true");
    row("1 == \"1\"", "false");
    row("1 != \"1\"", "true");
    row("[1, 2, 2] == [2, 1]", "true");
    row("[[1], [2]] == [[2], [1]]", "true");
    row("{a: 1, \"b c\": [2]} == {\"b c\": [2], a: 1}", "true");
    row("{a: 1} == {a: 1, b: 2}", "false");
    row("principal == User::\"ann\"", "true");
    row("principal == User::\"bob\"", "false");
    row("principal in Group::\"staff\"", "true");
    row("principal in Group::\"night\"", "false");
    row("principal in [Group::\"night\", Group::\"desk\"]", "true");
    row("principal in []", "false");
    row("User::\"nobody\" in User::\"nobody\"", "true");
    row("Group::\"staff\" in principal", "false");
    row("principal is User", "true");
    row("principal is User in Group::\"staff\"", "true");
    row("principal is Group in 7", "false");
    row("principal has name", "true");
    row("principal has \"nick\"", "false");
    row("principal has home.city", "true");
    row("principal has home.street.number", "false");
    row("principal has manager.age", "true");
    row("User::\"nobody\" has name", "false");
    row("principal.manager.name == \"Bob\"", "true");
    row("principal[\"home\"].city == \"Oslo\"", "true");
    row("principal.home.floors.contains(2)", "true");
    row("[1, 2, 3].containsAll([3, 1])", "true");
    row("[1, 2, 3].containsAny([7, 8])", "false");
    row("[].isEmpty()", "true");
    row("[1].contains(\"1\")", "false");
    row("principal.hasTag(\"site\")", "true");
    row("principal.getTag(\"site\") == \"oslo\"", "true");
    row("User::\"nobody\".hasTag(\"site\")", "false");
    row("\"report-2026.pdf\" like \"report-*.pdf\"", "true");
    row("\"a*c\" like \"a\\*c\"", "true");
    row("\"abc\" like \"a\\*c\"", "false");
    row("\"\" like \"*\"", "true");
    row("\"ab\" like \"a*ab\"", "false");
    row("\"\\u{41}\\x42\\n\" == \"AB\n\"", "true");
    row("context.count >= 3 && context[\"count\"] <= 3", "true");
    row("context == {count: 3, mfa: true}", "true");
}

void OperatorsTest::comesTo()
{
    QFETCH(QByteArray, condition);
    QFETCH(QByteArray, value);
    QCOMPARE(valueOf(condition), value);
}

void OperatorsTest::refuses_data()
{
    QTest::addColumn<QByteArray>("condition");
    for (const char* condition :
        {"1 && true", "false || 1", "!1", "if 1 then true else false", "1", "-true", "\"a\" + \"b\" == 1",
            "9223372036854775807 + 1 == 0", "-9223372036854775808 - 1 == 0", "9223372036854775807 * 2 == 0",
            "--9223372036854775808 == 0", "\"a\" < \"b\"", "1 < true", "1 like \"a\"", "1 in principal",
            "principal in 1", "principal in [Group::\"staff\", 1]", "1 is User", "principal.nick == 1",
            "User::\"nobody\".name == 1", "context.nope", "principal.age.years", "principal has age.years",
            "1.contains(1)", "[1].containsAll(1)", "principal.isEmpty()", "principal.getTag(\"nope\") == 1",
            "principal.getTag(1) == 1", "context.hasTag(\"a\")", "[1 + \"a\"].isEmpty()", "{a: 1 + \"a\"} has a"})
        QTest::newRow(condition) << QByteArray(condition);
}

void OperatorsTest::refuses()
{
    QFETCH(QByteArray, condition);
    const QByteArray value = valueOf(condition);
    QVERIFY2(value.startsWith("error: "), value.constData());
    QVERIFY(value.endsWith('.'));
}

void OperatorsTest::errorsNameTheirCause()
{
    QCOMPARE(valueOf("principal.nick == 1"), QByteArray("error: The entity User::\"ann\" has no attribute nick."));
    QCOMPARE(valueOf("User::\"x\".nick == 1"), QByteArray("error: There is no entity User::\"x\"."));
    QCOMPARE(valueOf("1 && true"), QByteArray("error: The operation && wants a bool, but got a long."));
    QCOMPARE(valueOf("1"), QByteArray("error: A condition wants a bool, but got a long."));
}

QTEST_GUILESS_MAIN(OperatorsTest)
#include "operators_test.moc"
