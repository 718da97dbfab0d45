#include <QtTest>

#include "core/insight/time_grid.h"

#include <algorithm>
#include <random>

using namespace ephor;
using namespace ephor::insight;
using namespace std::chrono_literals;

namespace {

const Instant start{std::chrono::days(20'000) + 8h + 13min + 27s};

}

class TimeGridTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void edgesEncloseTheRangeAndSegmentsFillIt()
    {
        std::mt19937 random(11);
        for (int i = 0; i < 400; ++i) {
            const auto length = std::chrono::seconds(1 + random() % (i % 2 == 0 ? 90'000 : 9'000'000));
            const std::uint64_t slices = 1 + random() % 60;
            const std::chrono::seconds finest = rollupWidths[random() % 2];
            const TimeRange range{start, start + length};
            const auto edges = sliceEdges(range, slices, finest);
            QVERIFY(edges.size() >= 2 && edges.size() <= slices + 1);
            QVERIFY(edges.front() <= range.from && range.from - edges.front() < finest);
            QVERIFY(edges.back() >= range.to && edges.back() - range.to < finest);
            QVERIFY(std::ranges::is_sorted(edges, std::less_equal()));

            Second at = edges.front();
            for (const GridSegment& segment : segmentsBetween(edges)) {
                QVERIFY(segment.from == at && segment.to > segment.from);
                QVERIFY(segment.width >= finest);
                QCOMPARE(segment.from.time_since_epoch() % segment.width, 0s);
                QCOMPARE(segment.to.time_since_epoch() % segment.width, 0s);
                // No row of a segment lies across an edge: every edge inside it is at one of its rows' ends.
                for (const Second edge : edges) {
                    if (edge > segment.from && edge < segment.to)
                        QCOMPARE((edge - segment.from) % segment.width, 0s);
                }
                at = segment.to;
            }
            QVERIFY(at == edges.back());
        }
    }

    void longRangesAreReadByWideRows()
    {
        const auto edges = sliceEdges({start, start + std::chrono::days(90)}, 48, rollupWidths.front());
        QCOMPARE(edges.size(), std::size_t(49));
        std::int64_t rows = 0;
        for (const GridSegment& segment : segmentsBetween(edges))
            rows += (segment.to - segment.from) / segment.width;
        QVERIFY2(rows < 1'600, qPrintable(QString::number(rows)));
        const auto one = segmentsBetween(sliceEdges({start, start + std::chrono::days(90)}, 1, rollupWidths.front()));
        QVERIFY(std::ranges::any_of(one, [](const GridSegment& segment) { return segment.width == 24h; }));
        QVERIFY(one.size() <= 7);
    }

    void slicesAreAboutEqual()
    {
        const auto edges = sliceEdges({start, start + std::chrono::days(90)}, 48, rollupWidths.front());
        for (std::size_t i = 1; i < edges.size(); ++i) {
            const auto length = edges[i] - edges[i - 1];
            QVERIFY(length >= 43h && length <= 47h);
        }
    }

    void aShortRangeHasFewerSlices()
    {
        QCOMPARE(sliceEdges({Instant(0s), Instant(10min)}, 48, 60s).size(), std::size_t(11));
        QCOMPARE(sliceEdges({Instant(1s), Instant(2s)}, 48, 60s).size(), std::size_t(2));
        QCOMPARE(sliceEdges({Instant(0s), Instant(1h)}, 0, 60s).size(), std::size_t(2));
    }

    void floorsTimesBefore1970Too()
    {
        QVERIFY(floorTo(Instant(-1s), 60s) == Second(-60s));
        QVERIFY(floorTo(Instant(-60s), 60s) == Second(-60s));
        QVERIFY(floorTo(Instant(59s), 60s) == Second(0s));
    }
};

QTEST_GUILESS_MAIN(TimeGridTest)
#include "time_grid_test.moc"
