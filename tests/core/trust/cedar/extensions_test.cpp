#include "tests/core/trust/cedar/desk.h"

#include <QTest>

using namespace ephor::cedar::tests;

/// decimal, ipaddr, datetime and duration: what they read, what they answer, and what they refuse.
class ExtensionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void holds_data();
    void holds();
    void refusesText_data();
    void refusesText();
    void refusesArguments_data();
    void refusesArguments();
};

void ExtensionsTest::holds_data()
{
    QTest::addColumn<QByteArray>("condition");
    for (const char* condition :
        {"decimal(\"1.50\") == decimal(\"1.5\")", "decimal(\"-0.5\").lessThan(decimal(\"0.0\"))",
            "decimal(\"1.0\").lessThanOrEqual(decimal(\"1.0\"))", "decimal(\"2.1\").greaterThan(decimal(\"2.0999\"))",
            "decimal(\"-922337203685477.5808\").lessThan(decimal(\"922337203685477.5807\"))",
            "!decimal(\"1.0\").greaterThanOrEqual(decimal(\"1.0001\"))", "ip(\"10.0.0.1\").isIpv4()",
            "ip(\"fe80::1\").isIpv6()", "ip(\"::1\").isLoopback()", "ip(\"127.9.9.9\").isLoopback()",
            "!ip(\"127.0.0.1/7\").isLoopback()", "ip(\"224.0.0.0/4\").isMulticast()",
            "!ip(\"224.0.0.0/3\").isMulticast()", "ip(\"ff02::1\").isMulticast()",
            "principal.address.isInRange(ip(\"10.0.0.0/8\"))", "!ip(\"10.0.0.0/8\").isInRange(ip(\"10.1.0.0/16\"))",
            "!ip(\"10.0.0.1\").isInRange(ip(\"::/0\"))", "ip(\"1.1.1.1/32\") == ip(\"1.1.1.1\")",
            "ip(\"1.1.1.0/24\") != ip(\"1.1.1.1/24\")", "ip(\"A::B\") == ip(\"a:0:0:0:0:0:0:b\")",
            "datetime(\"2024-02-29\") < datetime(\"2024-03-01T00:00:00Z\")",
            "datetime(\"2024-01-01T00:00:00.250+0130\") == datetime(\"2023-12-31T22:30:00.250Z\")",
            "datetime(\"1969-12-31T23:00:00Z\").toTime() == duration(\"23h\")",
            "datetime(\"1969-12-31T23:00:00Z\").toDate() == datetime(\"1969-12-31\")",
            "datetime(\"2024-01-01\").offset(duration(\"-1d\")) == datetime(\"2023-12-31\")",
            "datetime(\"2024-01-02\").durationSince(datetime(\"2024-01-01\")) == duration(\"24h\")",
            "duration(\"-1d2h\") == duration(\"-26h\")", "duration(\"1d2h3m4s5ms\").toMilliseconds() == 93784005",
            "duration(\"90m\").toHours() == 1", "duration(\"-90s\").toMinutes() == -1",
            "duration(\"1d\").toDays() == 1", "duration(\"1500ms\").toSeconds() == 1",
            "duration(\"1h\") <= duration(\"60m\")"})
        QTest::newRow(condition) << QByteArray(condition);
}

void ExtensionsTest::holds()
{
    QFETCH(QByteArray, condition);
    QCOMPARE(valueOf(condition), QByteArray("true"));
}

void ExtensionsTest::refusesText_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("text");
    const auto rows = [](const char* function, std::initializer_list<const char*> texts) {
        for (const char* text : texts)
            QTest::newRow((QByteArray(function) + " " + text).constData()) << QByteArray(function) << QByteArray(text);
    };
    rows("decimal", {"", "1", "1.", ".1", "+1.0", "1.12345", "1.2.3", "a.b", "922337203685477.5808", " 1.0"});
    rows("ip",
        {"", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/01", "::/129", ":::", "1::2::3",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8::", "12345::", "::ffff:1.2.3.4", "fe80::1%eth0", "[::1]", "1.2.3.4:80"});
    rows("datetime",
        {"", "2024-1-1", "2024-02-30", "2023-02-29", "2024-01-01T", "2024-01-01T24:00:00Z", "2024-01-01T00:00:60Z",
            "2024-01-01T00:00:00", "2024-01-01T00:00:00.1Z", "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00+2400",
            "2024-01-01T00:00:00Zx", "-2024-01-01"});
    rows("duration",
        {"", "-", "1", "d", "1s1m", "1d1d", "--1d", "+1d", "1.5h", "9223372036854775808ms", "106751991168d"});
}

void ExtensionsTest::refusesText()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArray, text);
    const QByteArray value = valueOf(function + "(\"" + text + "\") == 1");
    QVERIFY2(value.startsWith("error: The text \""), value.constData());
}

void ExtensionsTest::refusesArguments_data()
{
    QTest::addColumn<QByteArray>("condition");
    for (const char* condition : {"decimal(1) == 1", "ip(ip(\"::1\")).isIpv4()", "decimal(\"1.0\", \"2.0\") == 1",
             "ip(\"::1\").isIpv4(1)", "principal.age.isIpv4()", "decimal(\"1.0\").lessThan(1)",
             "decimal(\"1.0\") < decimal(\"2.0\")", "datetime(\"2024-01-01\") < duration(\"1d\")",
             "datetime(\"2024-01-01\").offset(duration(\"9223372036854775807ms\")) == 1",
             "datetime(\"1970-01-01\").offset(duration(\"-9223372036854775808ms\")).toDate() == 1"})
        QTest::newRow(condition) << QByteArray(condition);
}

void ExtensionsTest::refusesArguments()
{
    QFETCH(QByteArray, condition);
    const QByteArray value = valueOf(condition);
    QVERIFY2(value.startsWith("error: "), value.constData());
}

QTEST_GUILESS_MAIN(ExtensionsTest)
#include "extensions_test.moc"
