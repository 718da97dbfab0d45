#include <QtTest>

#include "core/insight/sketch.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace ephor;
using namespace ephor::insight;

namespace {

std::vector<double> sampleOf(const QString& shape, std::size_t count)
{
    std::mt19937_64 random(7);
    std::lognormal_distribution<double> lognormal(0.5, 1.2);
    std::uniform_real_distribution<double> uniform(0.001, 90);
    std::exponential_distribution<double> exponential(0.02);
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) {
        if (shape == "lognormal")
            values.push_back(lognormal(random));
        else if (shape == "uniform")
            values.push_back(uniform(random));
        else if (shape == "exponential")
            values.push_back(exponential(random) + 1e-5);
        else
            values.push_back(i % 2 == 0 ? 0.002 : 3'000);
    }
    return values;
}

double exactQuantile(std::vector<double> values, double q)
{
    std::ranges::sort(values);
    return values[std::size_t(std::floor(q * double(values.size() - 1)))];
}

const std::vector<double> asked{0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};

bool isWithin(double estimate, double exact)
{
    return std::abs(estimate - exact) <= Sketch::relativeAccuracy * exact * (1 + 1e-9);
}

}

class SketchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quantilesAreWithinOnePercent_data()
    {
        QTest::addColumn<QString>("shape");
        for (const char* shape : {"lognormal", "uniform", "exponential", "two-points"})
            QTest::newRow(shape) << QString(shape);
    }
    void quantilesAreWithinOnePercent()
    {
        QFETCH(QString, shape);
        for (const std::size_t count : {std::size_t(1), std::size_t(2), std::size_t(37), std::size_t(20'000)}) {
            const std::vector<double> values = sampleOf(shape, count);
            Sketch sketch;
            for (const double value : values)
                sketch.add(value);
            QCOMPARE(sketch.count(), std::uint64_t(count));
            for (const double q : asked)
                QVERIFY2(isWithin(*sketch.quantile(q), exactQuantile(values, q)), qPrintable(QString::number(q)));
        }
    }

    void anEmptyOneKnowsNothing()
    {
        QVERIFY(!Sketch().quantile(0.5));
        QCOMPARE(Sketch().count(), std::uint64_t(0));
    }

    void whatIsNoDurationCountsAsZero()
    {
        Sketch sketch;
        for (const double value : {0.0, -3.0, std::nan(""), 1e-9})
            sketch.add(value);
        sketch.add(5, 6);
        QCOMPARE(sketch.count(), std::uint64_t(10));
        QCOMPARE(*sketch.quantile(0.3), 0.0);
        QVERIFY(isWithin(*sketch.quantile(0.5), 5));
        sketch.add(1e12);
        QVERIFY(isWithin(*sketch.quantile(1), Sketch::largestValue));
    }

    void mergingPartsIsMeasuringTheWhole()
    {
        const std::vector<double> values = sampleOf("lognormal", 9'000);
        Sketch whole;
        std::vector<Sketch> parts(3);
        for (std::size_t i = 0; i < values.size(); ++i) {
            whole.add(values[i]);
            parts[i % 3].add(values[i]);
        }
        Sketch forwards;
        Sketch backwards;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            forwards.merge(parts[i]);
            QVERIFY(backwards.mergeBytes(parts[parts.size() - 1 - i].toBytes()));
        }
        QCOMPARE(forwards.toBytes(), whole.toBytes());
        QCOMPARE(backwards.toBytes(), whole.toBytes());
    }

    void aFullStoreCollapsesItsLowestBins()
    {
        constexpr std::size_t limit = 64;
        std::vector<double> values;
        for (int i = 0; i < 4'000; ++i)
            values.push_back(std::pow(1.005, i));
        // Both directions, since bins are added at either end.
        for (const bool rising : {true, false}) {
            Sketch sketch(limit);
            for (std::size_t i = 0; i < values.size(); ++i)
                sketch.add(values[rising ? i : values.size() - 1 - i]);
            QCOMPARE(sketch.count(), std::uint64_t(values.size()));
            QVERIFY(isWithin(*sketch.quantile(0.99), exactQuantile(values, 0.99)));
            QVERIFY(isWithin(*sketch.quantile(1), values.back()));
            QVERIFY(*sketch.quantile(0) > exactQuantile(values, 0.5));
            QVERIFY(sketch.toBytes().size() < limit * 4);
        }
    }

    void damagedBytesAreRefusedWhole_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("another format") << QByteArray("\x02\x00\x00", 3);
        QTest::newRow("cut after the format") << QByteArray("\x01", 1);
        QTest::newRow("cut inside a number") << QByteArray("\x01\x80", 2);
        QTest::newRow("fewer bins than said") << QByteArray("\x01\x00\x02\x04\x01", 5);
        QTest::newRow("bytes left over") << QByteArray("\x01\x00\x00\x00", 4);
        QTest::newRow("far index") << QByteArray("\x01\x00\x01\xff\xff\x7f\x01", 7);
        QTest::newRow("too many bins") << QByteArray("\x01\x00\xff\xff\x7f", 5);
        QTest::newRow("endless number") << QByteArray("\x01") + QByteArray(12, '\xff');
    }
    void damagedBytesAreRefusedWhole()
    {
        QFETCH(QByteArray, bytes);
        Sketch sketch;
        sketch.add(2);
        const Bytes before = sketch.toBytes();
        const BytesView view(reinterpret_cast<const std::uint8_t*>(bytes.constData()), std::size_t(bytes.size()));
        const auto merged = sketch.mergeBytes(view);
        QVERIFY(!merged);
        QCOMPARE(merged.error().code, std::string("sketch.damaged"));
        QCOMPARE(sketch.toBytes(), before);
    }
};

QTEST_GUILESS_MAIN(SketchTest)
#include "sketch_test.moc"
