#include <QtTest>

#include "core/base/clock.h"

#include <random>

using namespace ephor;
using namespace std::chrono_literals;

class ClockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc");
        QTest::newRow("UTC") << "2026-03-16T14:20:08Z" << "2026-03-16T14:20:08.000000Z";
        QTest::newRow("lower case") << "2026-03-16t14:20:08z" << "2026-03-16T14:20:08.000000Z";
        QTest::newRow("offset east") << "2026-03-16T00:20:08+02:30" << "2026-03-15T21:50:08.000000Z";
        QTest::newRow("offset west") << "2026-12-31T20:00:00-05:00" << "2027-01-01T01:00:00.000000Z";
        QTest::newRow("one decimal") << "2026-03-16T14:20:08.5Z" << "2026-03-16T14:20:08.500000Z";
        QTest::newRow("nine decimals are cut") << "2026-03-16T14:20:08.123456789Z" << "2026-03-16T14:20:08.123456Z";
        QTest::newRow("leap day") << "2024-02-29T00:00:00Z" << "2024-02-29T00:00:00.000000Z";
        QTest::newRow("leap second") << "2016-12-31T23:59:60Z" << "2017-01-01T00:00:00.000000Z";
        QTest::newRow("before 1970") << "1969-12-31T23:59:59.999999Z" << "1969-12-31T23:59:59.999999Z";
        QTest::newRow("epoch") << "1970-01-01T00:00:00Z" << "1970-01-01T00:00:00.000000Z";
        QTest::newRow("last") << "9999-12-31T23:59:59.999999Z" << "9999-12-31T23:59:59.999999Z";
    }
    void reads()
    {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const auto instant = parseInstant(text.toStdString());
        QVERIFY(instant);
        QCOMPARE(QString::fromStdString(formatInstant(*instant)), utc);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "2026-03-16", "2026-03-16T14:20Z", "2026-03-16T14:20:08", "2026-02-29T00:00:00Z",
                 "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z",
                 "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z",
                 "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+00:60",
                 "2026-01-01T00:00:00+0000", "2026-01-01 00:00:00Z", "2026/01/01T00:00:00Z", " 2026-01-01T00:00:00Z",
                 "2026-01-01T00:00:00Zx", "+026-01-01T00:00:00Z", "1772000000"})
            QTest::newRow(text) << text;
    }
    void refuses()
    {
        QFETCH(QString, text);
        const auto instant = parseInstant(text.toStdString());
        QVERIFY(!instant);
        QCOMPARE(instant.error().code, std::string("time.format"));
    }

    void roundTripAndOrder()
    {
        std::mt19937_64 random(3339);
        std::vector<Instant> instants;
        for (int i = 0; i < 2'000; ++i)
            instants.emplace_back(Duration(std::int64_t(random() % 253'402'300'800'000'000)));
        for (std::size_t i = 0; i < instants.size(); ++i) {
            const std::string text = formatInstant(instants[i]);
            QCOMPARE(*parseInstant(text), instants[i]);
            if (i > 0)
                QCOMPARE(text < formatInstant(instants[i - 1]), instants[i] < instants[i - 1]);
        }
    }

    void manualClockMovesWhenTold()
    {
        ManualClock clock(Instant(1h));
        QCOMPARE(clock.now(), Instant(1h));
        QCOMPARE(clock.steady(), Duration(0));
        QVERIFY(clock.simulated());
        clock.advance(5s);
        QCOMPARE(clock.now(), Instant(1h + 5s));
        QCOMPARE(clock.steady(), Duration(5s));
        QVERIFY(!systemClock().simulated());
    }

    void systemClockAgreesWithItself()
    {
        const Duration first = systemClock().steady();
        QVERIFY(systemClock().steady() >= first);
        QVERIFY(systemClock().now() > Instant(std::chrono::days(20'000)));
    }
};

QTEST_GUILESS_MAIN(ClockTest)
#include "clock_test.moc"
