#include "ui/charts/ticks.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace ephor::ui;

class TicksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void valuesAreRoundAndCoverTheData_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("runs") << 0.0 << 572.0;
        QTest::newRow("seconds") << 0.0 << 7.1;
        QTest::newRow("small") << 0.0 << 0.0031;
        QTest::newRow("below zero") << -3.0 << 8.0;
        QTest::newRow("all below") << -8.0 << -3.0;
        QTest::newRow("exact") << 0.0 << 600.0;
        QTest::newRow("large") << 0.0 << 1.3e9;
    }
    void valuesAreRoundAndCoverTheData()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        const ValueTicks ticks = valueTicks(low, high, 4);
        QVERIFY(ticks.from <= std::min(0.0, low));
        QVERIFY(ticks.to >= high);
        QVERIFY(ticks.values.size() >= 2 && ticks.values.size() <= 6);
        const double step = ticks.values[1] - ticks.values[0];
        const double mantissa = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
        QVERIFY(std::abs(mantissa - 1) < 1e-6 || std::abs(mantissa - 2) < 1e-6 || std::abs(mantissa - 2.5) < 1e-6
            || std::abs(mantissa - 5) < 1e-6);
    }

    void countsHaveNoHalves()
    {
        for (int most = 5; most <= 200; ++most) {
            for (const double value : valueTicks(0, most, 4).values)
                QCOMPARE(value, std::round(value));
        }
    }

    void nothingKnownStillHasAnAxis()
    {
        QCOMPARE(valueTicks(0, 0).to, 1.0);
        QVERIFY(valueTicks(std::nan(""), 1).values.size() >= 2);
        QVERIFY(valueTicks(0, std::numeric_limits<double>::infinity()).values.size() >= 2);
    }

    void timesFallOnWholeSteps()
    {
        const qint64 start = 1'773'583'200'000; // Sun 15 Mar 2026 14:00 UTC
        const auto ticks = timeTicks(start, start + 24 * 3'600'000LL, 9);
        QVERIFY(!ticks.empty() && ticks.size() <= 9);
        QCOMPARE(ticks.front().label, QStringLiteral("15:00"));
        bool midnight = false;
        for (const TimeTick& tick : ticks) {
            QCOMPARE(tick.msecs % 10'800'000, 0);
            midnight = midnight || tick.label == QStringLiteral("Mon");
        }
        QVERIFY(midnight);
        QCOMPARE(timeTicks(start, start + 20'000, 5).front().label, QStringLiteral("14:00:00"));
        QVERIFY(timeTicks(start, start + 400LL * 86'400'000, 8).size() <= 9);
        QVERIFY(timeTicks(start, start, 5).empty());
    }
};

QTEST_GUILESS_MAIN(TicksTest)
#include "ticks_test.moc"
