#include <QtTest>

#include "core/base/clock.h"
#include "core/insight/telemetry_store.h"
#include "tests/core/insight/report_maker.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <random>

using namespace ephor;
using namespace ephor::insight;
using namespace std::chrono_literals;

namespace {

const Instant today{std::chrono::days(20'000) + 15h + 42min + 9s};

std::unique_ptr<store::Database> openTelemetry()
{
    auto database = store::Database::open({}, migrations());
    if (!database)
        qFatal("%s", describe(database.error()).c_str());
    return std::move(*database);
}

std::vector<RunReport> randomRuns(std::size_t count)
{
    std::mt19937_64 random(3);
    std::lognormal_distribution<double> seconds(0.6, 0.9);
    const std::vector<std::string> agents{"refunds", "triage", "expenses"};
    std::vector<RunReport> runs;
    for (std::size_t i = 0; i < count; ++i) {
        const auto age = std::chrono::milliseconds(random() % std::uint64_t(80LL * 86'400'000));
        RunReport run
            = test::report("run-" + std::to_string(i), agents[random() % agents.size()], today - age, seconds(random));
        run.summary.release = "sha256:" + std::to_string(random() % 2);
        run.summary.variant = Variant(random() % 3);
        run.model = random() % 3 == 0 ? "small" : "large";
        run.summary.state = std::array{
            RunState::Done, RunState::Done, RunState::Denied, RunState::Failed, RunState::Stopped}[random() % 5];
        run.summary.asked = random() % 4 == 0;
        if (random() % 5 == 0)
            run.summary.cost.reset();
        else
            run.summary.cost = Money{std::int64_t(random() % 90'000'000)};
        if (random() % 6 == 0)
            run.summary.usage = {};
        for (std::uint64_t v = random() % 4; v > 0; --v)
            run.toolVerdicts.push_back({"payments.send", VerdictWord(random() % 4)});
        run.ended = random() % 9 != 0;
        runs.push_back(std::move(run));
    }
    return runs;
}

struct Recomputed {
    Counts counts;
    std::vector<double> seconds;
};

// Counts by hand what the rollups must say about one agent in one slice.
Recomputed recompute(const std::vector<RunReport>& runs, const std::string& agent, Second from, Second to)
{
    Recomputed sum;
    for (const RunReport& run : runs) {
        const RunSummary& summary = run.summary;
        if (summary.agent != agent || summary.startedAt < from || summary.startedAt >= to)
            continue;
        for (const auto& verdict : run.toolVerdicts) {
            sum.counts.verdicts += 1;
            sum.counts.deniedVerdicts += verdict.word == VerdictWord::Deny ? 1 : 0;
            sum.counts.askedVerdicts += verdict.word == VerdictWord::Ask ? 1 : 0;
        }
        if (!run.ended)
            continue;
        sum.counts.runs += 1;
        sum.counts.done += summary.state == RunState::Done ? 1 : 0;
        sum.counts.denied += summary.state == RunState::Denied ? 1 : 0;
        sum.counts.failed += summary.state == RunState::Failed ? 1 : 0;
        sum.counts.asked += summary.asked > 0 ? 1 : 0;
        sum.counts.costUnknown += summary.cost ? 0 : 1;
        sum.counts.costNanos += summary.cost ? summary.cost->nanos : 0;
        sum.counts.tokens += summary.usage.inputTokens ? 120 : 0;
        sum.seconds.push_back(double(summary.durationMicros) / 1e6);
    }
    std::ranges::sort(sum.seconds);
    return sum;
}

bool isWithinOnePercent(const std::optional<double>& estimate, const std::vector<double>& sorted, double q)
{
    if (sorted.empty())
        return !estimate;
    const double exact = sorted[std::size_t(std::floor(q * double(sorted.size() - 1)))];
    return estimate && std::abs(*estimate - exact) <= exact * 0.010001;
}

std::map<std::string, std::vector<Measure>> measured(const TelemetryStore& store, const std::vector<Second>& edges)
{
    std::map<std::string, std::vector<Measure>> byAgent;
    const auto read = store.rollups(edges, [&](const RollupRow& row) -> Result<void> {
        auto& slices = byAgent[row.key.agent];
        slices.resize(edges.size() - 1);
        const auto slice = std::ranges::upper_bound(edges, row.start) - edges.begin() - 1;
        return slices[std::size_t(slice)].add(row.counts, row.sketch);
    });
    if (!read)
        qFatal("%s", describe(read.error()).c_str());
    return byAgent;
}

std::uint64_t runsIn(const TelemetryStore& store, const TimeRange& range)
{
    std::uint64_t runs = 0;
    const auto read = store.rollups(store.edges(range, 1), [&](const RollupRow& row) -> Result<void> {
        runs += row.counts.runs;
        return {};
    });
    return read ? runs : UINT64_MAX;
}

}

class TelemetryStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rollupsAreWhatTheRunsSay()
    {
        const auto database = openTelemetry();
        const ManualClock clock(today);
        TelemetryOptions options;
        options.largestBatch = 97;
        options.keepMinutes = std::chrono::days(20);
        TelemetryStore store(*database, clock, options);
        const auto runs = randomRuns(3'000);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            store.report(runs[i]);
            if (i % 500 == 0)
                QVERIFY(store.flush());
        }
        QVERIFY(store.flush());

        struct Case {
            Duration length;
            std::uint64_t slices;
        };
        for (const Case& each :
            {Case{80 * 24h, 48}, Case{30 * 24h, 7}, Case{24h, 48}, Case{3h, 12}, Case{81 * 24h, 1}}) {
            const auto edges = store.edges({today - each.length, today}, each.slices);
            const auto found = measured(store, edges);
            for (const std::string agent : {"refunds", "triage", "expenses"}) {
                const auto agentSlices = found.find(agent);
                for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
                    const Measure measure = agentSlices == found.end() ? Measure() : agentSlices->second[i];
                    const Recomputed expected = recompute(runs, agent, edges[i], edges[i + 1]);
                    QVERIFY(static_cast<const Counts&>(measure) == expected.counts);
                    QCOMPARE(measure.latency.count(), std::uint64_t(expected.seconds.size()));
                    const Totals totals = measure.totals();
                    QVERIFY(isWithinOnePercent(totals.p50, expected.seconds, 0.5));
                    QVERIFY(isWithinOnePercent(totals.p95, expected.seconds, 0.95));
                    QVERIFY(isWithinOnePercent(totals.p99, expected.seconds, 0.99));
                    QCOMPARE(totals.cost.has_value(), expected.counts.runs > expected.counts.costUnknown);
                }
            }
        }
        Counts all;
        for (const std::string agent : {"refunds", "triage", "expenses"})
            all.add(recompute(runs, agent, Second(), Second(std::chrono::days(30'000))).counts);
        QVERIFY(*store.allCounts() == all);
    }

    void saysWhenFindingsAreWritten()
    {
        const auto database = openTelemetry();
        const ManualClock clock(today);
        TelemetryOptions options;
        std::atomic<int> told = 0;
        TelemetryStore* store = nullptr;
        options.onFindings = [&] { told += store->findings(today - 24h, {})->empty() ? 100 : 1; };
        TelemetryStore opened(*database, clock, options);
        store = &opened;
        RunReport report;
        report.summary.id = "r1";
        report.summary.agent = "clerk";
        report.summary.startedAt = today;
        opened.report(report);
        QVERIFY(opened.flush());
        QCOMPARE(told.load(), 0);
        report.inspected.push_back({TextSurface::Input, {}, 1, {}, {{"CREDIT_CARD", ProtectAction::Mask, 1}}});
        opened.report(report);
        QVERIFY(opened.flush());
        QCOMPARE(told.load(), 1);
    }

    void aWaitingRunHasSpansAndCountsOnlyWhenItEnds()
    {
        const auto database = openTelemetry();
        const ManualClock clock(today);
        TelemetryStore store(*database, clock);
        RunReport run = test::report("r1", "refunds", today - 2h, 3);
        run.summary.state = RunState::Waiting;
        run.ended = false;
        run.spans = {{"1", {}, SpanKind::Run, "Run", {}, 0, 5}};
        run.toolVerdicts = {{"payments.send", VerdictWord::Ask}};
        store.report(run);
        QVERIFY(store.flush());
        QCOMPARE(runsIn(store, {today - 24h, today}), std::uint64_t(0));
        QCOMPARE(store.allCounts()->askedVerdicts, std::uint64_t(1));
        QCOMPARE(store.spans("r1")->size(), std::size_t(1));

        run.summary.state = RunState::Done;
        run.summary.asked = 1;
        run.ended = true;
        run.toolVerdicts = {{"payments.send", VerdictWord::Allow}};
        run.spans.push_back({"2", "1", SpanKind::Tool, "payments.send", "write", 2, 3, true});
        store.report(run);
        QVERIFY(store.flush());
        QCOMPARE(runsIn(store, {today - 24h, today}), std::uint64_t(1));
        const auto counts = store.allCounts();
        QCOMPARE(counts->asked, std::uint64_t(1));
        QCOMPARE(counts->verdicts, std::uint64_t(2));
        QCOMPARE(store.spans("r1")->size(), std::size_t(2));
    }

    void aRunThatWentOnKeepsWhatCameBefore()
    {
        const auto database = openTelemetry();
        const ManualClock clock(today);
        TelemetryStore store(*database, clock);
        RunReport run = test::report("r1", "refunds", today - 2h, 3);
        run.summary.state = RunState::Waiting;
        run.ended = false;
        run.spans = {{"1", {}, SpanKind::Route, "Route"}, {"2", {}, SpanKind::Model, "Model call"}};
        store.report(run);
        run.stretch = "4.";
        run.spans = {{"4.1", {}, SpanKind::Tool, "payments.send"}};
        store.report(run);
        QCOMPARE(store.spans("r1")->size(), std::size_t(3));
        QVERIFY(store.flush());
        QCOMPARE(store.spans("r1")->size(), std::size_t(3));
        run.spans.push_back({"4.2", {}, SpanKind::Model, "Model call"});
        run.ended = true;
        store.report(run);
        QCOMPARE(store.spans("r1")->size(), std::size_t(4));
        QVERIFY(store.flush());
        const auto spans = store.spans("r1");
        QCOMPARE(spans->size(), std::size_t(4));
        QCOMPARE(spans->front().name, std::string("Route"));
        QCOMPARE(spans->back().id, std::string("4.2"));
    }

    void spansComeBackAsTheyWere()
    {
        const auto database = openTelemetry();
        const ManualClock clock(today);
        TelemetryStore store(*database, clock);
        RunReport run = test::report("r1", "refunds", today, 1);
        Span tool{"2", "1", SpanKind::Tool, "payments.send", "refused, never sent", 17, 230'000, true, true};
        tool.verdict
            = Verdict{"vd-r1-3", "permission", VerdictWord::Deny, "Not „allowed“.", "default-deny", "an admin"};
        tool.attributes = {{"gen_ai.operation.name", "execute_tool"}, {"empty", ""}};
        run.spans = {{"1", {}, SpanKind::Run, "Run"}, tool};
        store.report(run);
        QVERIFY(*store.spans("r1") == run.spans);
        QVERIFY(store.flush());
        QVERIFY(*store.spans("r1") == run.spans);
        QVERIFY(store.spans("r2")->empty());
    }

    void aFullQueueDropsAndCountsAndNeverBlocks()
    {
        const auto database = openTelemetry();
        const ManualClock clock(today);
        TelemetryOptions options;
        options.longestQueue = 4;
        options.largestBatch = 2;
        TelemetryStore store(*database, clock, options);
        std::promise<void> blocked;
        std::promise<void> release;
        database->submit(
            [&](store::Transaction&) -> Result<void> {
                blocked.set_value();
                release.get_future().wait();
                return {};
            },
            {});
        blocked.get_future().wait();
        // Nothing can be written now; a report that waited for it would never return.
        for (int i = 0; i < 100; ++i)
            store.report(test::report("r" + std::to_string(i), "refunds", today, 1));
        const TelemetryCounters full = store.counters();
        QCOMPARE(full.reports, std::uint64_t(100));
        QVERIFY(full.dropped >= 100 - options.longestQueue - options.largestBatch);
        QCOMPARE(full.queued, 100 - full.dropped);
        release.set_value();
        QVERIFY(store.flush());
        const TelemetryCounters after = store.counters();
        QCOMPARE(after.dropped, full.dropped);
        QCOMPARE(after.queued, std::uint64_t(0));
        QCOMPARE(store.allCounts()->runs, 100 - full.dropped);
    }

    void reportsOfManySpansAreBoundedTogether()
    {
        const auto database = openTelemetry();
        const ManualClock clock(today);
        TelemetryOptions options;
        options.mostQueuedSpans = 10;
        TelemetryStore store(*database, clock, options);
        RunReport run = test::report("r1", "refunds", today, 1);
        run.spans.resize(11);
        store.report(run);
        QCOMPARE(store.counters().dropped, std::uint64_t(1));
        run.spans.resize(10);
        store.report(run);
        QCOMPARE(store.counters().dropped, std::uint64_t(1));
    }

    void whatIsOlderThanItIsKeptGoes()
    {
        const auto database = openTelemetry();
        ManualClock clock(today);
        TelemetryStore store(*database, clock);
        RunReport run = test::report("r1", "refunds", today, 1);
        run.spans.resize(1);
        store.report(run);
        QVERIFY(store.flush());
        const auto minutes = [&] {
            std::int64_t rows = -1;
            const auto read = database->read([&](const store::Snapshot& snapshot) -> Result<void> {
                EPHOR_TRY(const auto count, snapshot.integer("SELECT count(*) FROM rollup WHERE width = 60", {}));
                rows = count.value_or(-1);
                return {};
            });
            return read ? rows : -1;
        };
        const TimeRange day{today - 12h, today + 12h};
        QCOMPARE(minutes(), std::int64_t(1));

        clock.advance(std::chrono::days(31));
        QVERIFY(store.flush());
        QVERIFY(store.spans("r1")->empty());
        QCOMPARE(minutes(), std::int64_t(1));
        QCOMPARE(runsIn(store, day), std::uint64_t(1));

        clock.advance(std::chrono::days(31));
        QVERIFY(store.flush());
        QCOMPARE(minutes(), std::int64_t(0));
        QCOMPARE(runsIn(store, day), std::uint64_t(1));

        clock.advance(std::chrono::days(730));
        QVERIFY(store.flush());
        QCOMPARE(runsIn(store, day), std::uint64_t(0));
    }

    void whatIsQueuedIsWrittenBeforeTheEnd()
    {
        const auto database = openTelemetry();
        const ManualClock clock(today);
        {
            TelemetryStore store(*database, clock);
            for (int i = 0; i < 1'300; ++i)
                store.report(test::report("r" + std::to_string(i), "refunds", today, 1));
        }
        TelemetryStore again(*database, clock);
        QCOMPARE(again.allCounts()->runs, std::uint64_t(1'300));
    }

    void aWriteThatFailsIsCountedAndTheNextOneWorks()
    {
        const auto database = openTelemetry();
        const ManualClock clock(today);
        TelemetryStore store(*database, clock);
        store.report(test::report("r0", "refunds", today, 1));
        QVERIFY(store.flush());
        QVERIFY(database->write([](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(transaction.run("ALTER TABLE rollup RENAME TO aside", {}));
            return {};
        }));
        store.report(test::report("r1", "triage", today, 1));
        QVERIFY(!store.flush());
        QCOMPARE(store.counters().dropped, std::uint64_t(1));
        QVERIFY(database->write([](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(transaction.run("ALTER TABLE aside RENAME TO rollup", {}));
            return {};
        }));
        store.report(test::report("r2", "triage", today, 1));
        QVERIFY(store.flush());
        QCOMPARE(runsIn(store, {today - 1h, today + 1h}), std::uint64_t(2));
        QVERIFY(store.spans("r1")->empty());
    }
};

QTEST_GUILESS_MAIN(TelemetryStoreTest)
#include "telemetry_store_test.moc"
