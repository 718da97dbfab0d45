#include "ui/kit/format.h"

#include <QTest>
#include <QTimeZone>
#include <limits>

using namespace ephor::ui;

class FormatTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unknownIsADashNeverZero()
    {
        const QString dash(QChar(0x2014));
        QCOMPARE(format::number({}), dash);
        QCOMPARE(format::shortNumber({}), dash);
        QCOMPARE(format::decimal(std::numeric_limits<double>::quiet_NaN(), 2), dash);
        QCOMPARE(format::percent({}), dash);
        QCOMPARE(format::percentOf(3, 0), dash);
        QCOMPARE(format::percentOf({}, 10), dash);
        QCOMPARE(format::duration({}), dash);
        QCOMPARE(format::bytes({}), dash);
        QCOMPARE(format::money({}, QStringLiteral("EUR")), dash);
        QCOMPARE(format::delta({}, 1, {}), dash);
        QCOMPARE(format::relative({}, QDateTime::currentDateTimeUtc()), dash);
        QCOMPARE(format::absolute({}), dash);
    }

    void numbers()
    {
        QCOMPARE(format::number(0), QStringLiteral("0"));
        QCOMPARE(format::number(999), QStringLiteral("999"));
        QCOMPARE(format::number(1284022), QStringLiteral("1,284,022"));
        QCOMPARE(format::number(-1284), QStringLiteral("\u22121,284"));
        QCOMPARE(format::shortNumber(9999), QStringLiteral("9,999"));
        QCOMPARE(format::shortNumber(12846), QStringLiteral("12.8k"));
        QCOMPARE(format::shortNumber(999'960), QStringLiteral("1.0M"));
        QCOMPARE(format::shortNumber(2'500'000'000), QStringLiteral("2.5B"));
        QCOMPARE(format::decimal(1234.5, 2), QStringLiteral("1,234.50"));
    }

    void shares()
    {
        QCOMPARE(format::percent(0.974), QStringLiteral("97.4 %"));
        QCOMPARE(format::percent(1, 0), QStringLiteral("100 %"));
        QCOMPARE(format::percentOf(294, 9402), QStringLiteral("3.1 % of 9,402"));
        QCOMPARE(format::delta(4.2, 1, QStringLiteral("%")), QStringLiteral("\u25B2 +4.2 %"));
        QCOMPARE(format::delta(-0.7, 1, QStringLiteral("pt")), QStringLiteral("\u25BC \u22120.7 pt"));
        QCOMPARE(format::delta(0.01, 1, QStringLiteral("pt")), QStringLiteral("0.0 pt"));
    }

    void durations_data()
    {
        QTest::addColumn<double>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0.0 << QStringLiteral("< 1 ms");
        QTest::newRow("half") << 0.4 << QStringLiteral("< 1 ms");
        QTest::newRow("milliseconds") << 842.0 << QStringLiteral("842 ms");
        QTest::newRow("rounds up to a second") << 999.7 << QStringLiteral("1.0 s");
        QTest::newRow("tenths") << 3200.0 << QStringLiteral("3.2 s");
        QTest::newRow("hundredths") << 6420.0 << QStringLiteral("6.42 s");
        QTest::newRow("tens of seconds") << 41'230.0 << QStringLiteral("41.2 s");
        QTest::newRow("minutes") << 250'000.0 << QStringLiteral("4 m 10 s");
        QTest::newRow("just a minute") << 59'960.0 << QStringLiteral("1 m 00 s");
        QTest::newRow("hours") << 7'500'000.0 << QStringLiteral("2 h 05 m");
        QTest::newRow("days") << 273'600'000.0 << QStringLiteral("3 d 4 h");
    }
    void durations()
    {
        QFETCH(double, milliseconds);
        QFETCH(QString, text);
        QCOMPARE(format::duration(milliseconds), text);
    }

    void bytes()
    {
        QCOMPARE(format::bytes(0), QStringLiteral("0 B"));
        QCOMPARE(format::bytes(1023), QStringLiteral("1,023 B"));
        QCOMPARE(format::bytes(1024), QStringLiteral("1.0 KiB"));
        QCOMPARE(format::bytes(1'468'006), QStringLiteral("1.4 MiB"));
    }

    void money()
    {
        const QString euro = QStringLiteral("EUR");
        QCOMPARE(format::money(0, euro), QStringLiteral("\u20AC 0.00"));
        QCOMPARE(format::money(18'400'000, euro), QStringLiteral("\u20AC 0.0184"));
        QCOMPARE(format::money(214'600'000'000, euro), QStringLiteral("\u20AC 214.60"));
        QCOMPARE(format::money(1'234'567'890'000'000, QStringLiteral("USD")), QStringLiteral("$ 1,234,567.89"));
        QCOMPARE(format::money(-11'000'000, euro), QStringLiteral("\u2212\u20AC 0.0110"));
        QCOMPARE(format::money(999'999'999, euro), QStringLiteral("\u20AC 1.0000"));
        QCOMPARE(format::money(5'000'000'000, QStringLiteral("CHF")), QStringLiteral("CHF 5.00"));
        QVERIFY(format::money(std::numeric_limits<std::int64_t>::min(), euro).startsWith(QChar(0x2212)));
    }

    void times()
    {
        const QDateTime now(QDate(2026, 3, 16), QTime(14, 20, 8), QTimeZone::utc());
        QCOMPARE(format::relative(now, now), QStringLiteral("now"));
        QCOMPARE(format::relative(now.addSecs(-240), now), QStringLiteral("4 m ago"));
        QCOMPARE(format::relative(now.addSecs(-9000), now), QStringLiteral("2 h 30 m ago"));
        QCOMPARE(format::relative(now.addSecs(720), now), QStringLiteral("in 12 m"));
        QCOMPARE(format::relative(now.addDays(-3), now), QStringLiteral("3 d ago"));
        QCOMPARE(format::absolute(now), QStringLiteral("Mon 16 Mar 2026, 14:20:08 UTC"));
    }
};

QTEST_GUILESS_MAIN(FormatTest)
#include "format_test.moc"
