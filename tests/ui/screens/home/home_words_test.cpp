#include "tests/ui/screens/home/home_data.h"

#include "ui/screens/home/agent_rows.h"
#include "ui/screens/home/news_items.h"
#include "ui/screens/home/overview_series.h"
#include "ui/screens/home/tile_words.h"

#include <QTest>
#include <cmath>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::home;
using namespace ephor::ui::test;

class HomeWordsTest : public QObject {
    Q_OBJECT

    static TileWords tile(Tile which, const ReadOverview::Response& overview)
    {
        return tileWords(overview, ui::TimeRange::last(86'400), fixedNow())[static_cast<std::size_t>(which)];
    }

private Q_SLOTS:
    void tilesTellDenominatorAndDelta()
    {
        const ReadOverview::Response overview = busyOverview();
        QCOMPARE(tile(Tile::runs, overview).value, QStringLiteral("12.8k"));
        QVERIFY(tile(Tile::runs, overview).footnote.contains(QStringLiteral("+4.2")));
        QVERIFY(tile(Tile::completed, overview).footnote.startsWith(QStringLiteral("of 12,846 runs")));
        QCOMPARE(tile(Tile::latency, overview).state, State::warning);
        QVERIFY(tile(Tile::latency, overview).footnote.contains(QStringLiteral("Expense audit")));
        QVERIFY(tile(Tile::denied, overview).footnote.contains(QStringLiteral("38,538")));
        QVERIFY(tile(Tile::waiting, overview).footnote.contains(QStringLiteral("38 m")));
    }

    void unknownIsADashAndAGap()
    {
        ReadOverview::Response overview;
        overview.series.resize(2);
        QCOMPARE(tile(Tile::latency, overview).value, QStringLiteral("—"));
        QCOMPARE(tile(Tile::cost, overview).value, QStringLiteral("—"));
        QCOMPARE(tile(Tile::completed, overview).value, QStringLiteral("—"));
        QVERIFY(std::isnan(tile(Tile::completed, overview).series.first()));
        QVERIFY(std::isnan(costSeries(overview).front().points.first().value));
        QVERIFY(std::isnan(latencySeries(overview)[1].points.first().value));
    }

    void partlyUnknownCostIsTold()
    {
        ReadOverview::Response overview = busyOverview();
        overview.totals.costUnknown = 12;
        QVERIFY(tile(Tile::cost, overview).footnote.contains(QStringLiteral("12 runs")));
        overview.totals.costUnknown = 1;
        QCOMPARE(tile(Tile::cost, overview).footnote, QStringLiteral("unknown for 1 run"));
    }

    void outcomesAddUpToRuns()
    {
        ReadOverview::Response overview = busyOverview();
        overview.series[3].totals.done -= 5;
        overview.totals.done -= 5;
        double sum = 0;
        for (const Series& series : outcomeSeries(overview))
            sum += series.points[3].value;
        QCOMPARE(sum, double(overview.series[3].totals.runs));
        QCOMPARE(outcomeSeries(overview).size(), std::size_t(3));
        QVERIFY(costTitle(overview).contains(QStringLiteral("30")));
    }

    void costIsSplitByModel()
    {
        ReadOverview::Response overview = busyOverview();
        QCOMPARE(costSeries(overview).size(), std::size_t(1)); // no split known: one course
        const std::size_t slices = overview.series.size();
        overview.models = {{"large", Money{171'080'000'000}, 0, std::vector<std::int64_t>(slices, 3'000'000'000)},
            {"", Money{43'520'000'000}, 0, std::vector<std::int64_t>(slices, 1'000'000'000)}};
        overview.series[2].totals.cost.reset();
        const std::vector<Series> series = costSeries(overview);
        QCOMPARE(series.size(), std::size_t(2));
        QCOMPARE(series[0].name, QStringLiteral("large"));
        QCOMPARE(series[0].value, QStringLiteral("$ 171.08"));
        QCOMPARE(series[1].name, QStringLiteral("other"));
        QCOMPARE(series[0].points[1].value, 3.0);
        QVERIFY(std::isnan(series[0].points[2].value));
    }

    void bucketsOpenTheRunsThatMakeThem()
    {
        const ui::TimeRange bucket = ui::TimeRange::between(fixedNow().addSecs(-1'800), fixedNow());
        const auto route = [&](Chart chart, const char* series) {
            return bucketRoute(chart, QString::fromLatin1(series), bucket).query;
        };
        QVERIFY(parseTimeRange(route(Chart::latency, "p95").value(QStringLiteral("range")), fixedNow()) == bucket);
        QCOMPARE(route(Chart::outcomes, "Completed").value(QStringLiteral("state")), QStringLiteral("done"));
        QCOMPARE(
            route(Chart::outcomes, "Denied, failed").value(QStringLiteral("state")), QStringLiteral("denied,failed"));
        QCOMPARE(route(Chart::verdicts, "Deny").value(QStringLiteral("denied")), QStringLiteral("true"));
        QCOMPARE(route(Chart::cost, "large").size(), 1);
    }

    void markersAreLabelledWhileTheyFit()
    {
        std::vector<ChangedItem> items = busyOverview().markers;
        QVERIFY(!releaseMarkers(items, MarkerLabels::shown).front().label.isEmpty());
        QVERIFY(releaseMarkers(items, MarkerLabels::hidden).front().label.isEmpty());
        items.resize(5, items.front());
        QVERIFY(releaseMarkers(items, MarkerLabels::shown).front().label.isEmpty());
    }

    void troubleComesFirst()
    {
        const std::vector<CellRow> rows = agentTableRows(busyOverview().agents);
        QCOMPARE(rows[0].key.toString(), QStringLiteral("expense"));
        QCOMPARE(rows[1].key.toString(), QStringLiteral("refunds"));
        QCOMPARE(rows[2].key.toString(), QStringLiteral("triage"));
        QVERIFY(rows[1].cells[2].text.startsWith(QStringLiteral("v41, v42 at 5")));
        QCOMPARE(rows[4].cells[1].text, QStringLiteral("Healthy, 3 waiting"));
        QCOMPARE(rows[0].cells[1].text, QStringLiteral("Slow since 11:50"));
        // A long story is told in a word, and in full by the tooltip.
        AgentRow slow = busyOverview().agents[2];
        slow.healthDetail = "p95 7.4 s, was 4.1 s a day ago";
        const Cell health = agentTableRows({slow})[0].cells[1];
        QCOMPARE(health.text, QStringLiteral("Slow"));
        QVERIFY(health.toolTip.startsWith(QStringLiteral("p95 7.4 s")));
        AgentRow rolling;
        rolling.health = AgentHealth::RollingOut;
        rolling.healthDetail = "v5 at 5 %";
        rolling.waiting = 1;
        const Cell both = agentTableRows({rolling})[0].cells[1];
        QCOMPARE(both.text, QStringLiteral("1 waiting"));
        QCOMPARE(both.toolTip, QStringLiteral("v5 at 5 %, 1 waiting"));
    }

    void agentWithoutReleaseHasNoVersion()
    {
        AgentRow agent;
        QCOMPARE(agentVersionWords(agent), QStringLiteral("—"));
    }

    void itemsKeepTheirRoutes()
    {
        const auto changed = changedItems(busyChanges().items, fixedNow());
        QCOMPARE(routeOfKey(changed[0].key), QStringLiteral("activity/runs?agent=refunds&denied=true"));
        const auto waiting = waitingItems(busyInbox().items, fixedNow());
        QCOMPARE(waiting[0].trailingToken, Token::warn);
        QVERIFY(waiting[1].trailingToken != Token::warn);
        QCOMPARE(routeOfKey(waiting[2].key), QStringLiteral("changes/CH-18"));
        QCOMPARE(routeOfKey(waiting[3].key), QStringLiteral("inbox/CH-2"));
    }

    void brokenRecordIsLoud()
    {
        RecordStatus record = busyRecord();
        QCOMPARE(recordWords(record, fixedNow()).state, State::ok);
        QVERIFY(recordWords(record, fixedNow()).words.contains(QStringLiteral("#1,284,022")));
        record.outsideCopy.reset();
        QVERIFY(recordWords(record, fixedNow()).words.contains(QStringLiteral("no outside copy")));
        record.fault = "Entry 17 does not hash to its leaf.";
        QCOMPARE(recordWords(record, fixedNow()).state, State::failed);
    }
};

QTEST_GUILESS_MAIN(HomeWordsTest)
#include "home_words_test.moc"
