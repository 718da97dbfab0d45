#include <QtTest>

#include "core/api/insight.h"
#include "core/api/workspace.h"
#include "core/insight/run_record.h"
#include "tests/core/insight/seeded_workspace.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace ephor;
using namespace std::chrono_literals;

namespace {

const Principal everybody = test::SeededWorkspace::person("person:all", {{"*", "*", Role::Viewer}});
const Principal cardsOnly = test::SeededWorkspace::person("person:cards", {{"cards", "*", Role::Viewer}});

Rollout rolloutOf(const Release& baseline, const Release& candidate, Instant at)
{
    Rollout rollout;
    rollout.id = "ro-1";
    rollout.change = "CH-7";
    rollout.agent = candidate.agent;
    rollout.environment = "production";
    rollout.baseline = baseline.id;
    rollout.baselineNumber = baseline.number;
    rollout.candidate = candidate.id;
    rollout.candidateNumber = candidate.number;
    rollout.share = 0.05;
    rollout.startedAt = at;
    rollout.stepAt = at;
    rollout.history = {{at, "Priya Raman", "start", 0.05, "First share."}};
    return rollout;
}

bool isAbout(const std::optional<double>& value, double expected)
{
    return value && std::abs(*value - expected) <= expected * 0.0101;
}

}

class OverviewTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<test::SeededWorkspace> m_workspace;
    Release m_refunds1;
    Release m_refunds2;
    int m_runs = 0;

    Instant now() const { return m_workspace->clock.now(); }

    void run(const std::string& agent, const Release& release, Duration age, double seconds,
        RunState state = RunState::Done, Variant variant = Variant::Only)
    {
        auto report = test::report("run-" + std::to_string(++m_runs), agent, now() - age, seconds);
        report.summary.release = release.id;
        report.summary.state = state;
        report.summary.variant = variant;
        if (variant == Variant::Canary)
            report.model = "small";
        m_workspace->telemetry->report(report);
    }

    template <class Op> typename Op::Response call(const Principal& who, const typename Op::Request& request = {})
    {
        return m_workspace->need(m_workspace->door->call<Op>(who, request));
    }

    std::string planOf(std::string_view sql, std::size_t values)
    {
        std::string plan;
        const std::vector<store::Value> bound(values, store::Value(std::int64_t(1)));
        m_workspace->need(m_workspace->database->read([&](const store::Snapshot& snapshot) {
            return snapshot.queryWith(
                "EXPLAIN QUERY PLAN " + std::string(sql), bound, [&](const store::Row& row) -> Result<void> {
                    plan += row.string(3) + "\n";
                    return {};
                });
        }));
        return plan;
    }

private Q_SLOTS:
    void init()
    {
        m_workspace = std::make_unique<test::SeededWorkspace>();
        m_runs = 0;
        const std::string nils = m_workspace->addPerson("Nils Okafor", "nils");
        m_workspace->addAgent("refunds", "Customer refunds", "cards", nils);
        m_workspace->addAgent("expenses", "Expense audit", "cards", nils);
        m_workspace->addAgent("helper", "HR helper", "people", "person:gone");
        m_workspace->addAgent("draft", "Not released", "cards", nils);
        m_refunds1 = m_workspace->addRelease("refunds", 1, now() - 240h);
        m_refunds2 = m_workspace->addRelease("refunds", 2, now() - 3h);
        m_workspace->serve(m_refunds1);
        m_workspace->serve(m_workspace->addRelease("expenses", 1, now() - 240h));
        m_workspace->serve(m_workspace->addRelease("helper", 1, now() - 240h));
        m_workspace->save(rolloutOf(m_refunds1, m_refunds2, now() - 2h));
        for (int i = 0; i < 40; ++i) {
            run("refunds", m_refunds1, 1h + i * 10min, 2, RunState::Done, Variant::Baseline);
            run("expenses", m_refunds1, 1h + i * 10min, 8);
            run("expenses", m_refunds1, 25h + i * 10min, 4);
            run("helper", m_refunds1, 1h + i * 10min, 1);
        }
        run("refunds", m_refunds2, 30min, 3, RunState::Done, Variant::Canary);
        run("refunds", m_refunds2, 20min, 3, RunState::Failed, Variant::Canary);
        QVERIFY(m_workspace->telemetry->flush());
    }

    void totalsAndSeriesAreOfTheRange()
    {
        const auto overview = call<ReadOverview>(everybody);
        QCOMPARE(overview.totals.runs, std::uint64_t(122));
        QCOMPARE(overview.totals.failed, std::uint64_t(1));
        QCOMPARE(overview.before.runs, std::uint64_t(40));
        QVERIFY(isAbout(overview.before.p95, 4));
        QVERIFY(isAbout(overview.totals.p99, 8));
        QCOMPARE(overview.totals.cost->nanos, std::int64_t(122'000));
        QCOMPARE(overview.series.size(), std::size_t(48));
        std::uint64_t inSeries = 0;
        std::size_t gaps = 0;
        for (std::size_t i = 0; i < overview.series.size(); ++i) {
            const SeriesPoint& point = overview.series[i];
            inSeries += point.totals.runs;
            if (point.totals.runs == 0) {
                ++gaps;
                QVERIFY(!point.totals.p50 && !point.totals.cost);
            }
            if (i > 0)
                QVERIFY(point.at == overview.series[i - 1].at + 30min);
        }
        QCOMPARE(inSeries, overview.totals.runs);
        QVERIFY(gaps > 20);
    }

    void rowsShowTroubleFirst()
    {
        m_workspace->ask("helper", "people");
        m_workspace->ask("helper", "people", [](ApprovalRequest& old) { old.expiresAt = old.requestedAt; });
        const auto overview = call<ReadOverview>(everybody);
        QCOMPARE(overview.agents.size(), std::size_t(3));
        const AgentRow& slow = overview.agents[0];
        QCOMPARE(slow.name, std::string("expenses"));
        QVERIFY(slow.health == AgentHealth::Slow);
        QCOMPARE(slow.ownerName, std::string("Nils Okafor"));
        QCOMPARE(slow.title, std::string("Expense audit"));
        QCOMPARE(slow.description, std::string("Does expenses."));
        QCOMPARE(slow.tools, std::uint64_t(2));
        QCOMPARE(slow.release, std::uint64_t(1));
        QCOMPARE(slow.totals.runs, std::uint64_t(40));
        QCOMPARE(slow.spark.size(), std::size_t(24));
        QCOMPARE(std::accumulate(slow.spark.begin(), slow.spark.end(), 0.0), 40.0);
        QCOMPARE(slow.coverage, std::string());
        const AgentRow& rolling = overview.agents[1];
        QCOMPARE(rolling.name, std::string("refunds"));
        QVERIFY(rolling.health == AgentHealth::RollingOut);
        QCOMPARE(rolling.canary, std::optional<std::uint64_t>(2));
        QCOMPARE(rolling.share, std::optional(0.05));
        const AgentRow& waiting = overview.agents[2];
        QVERIFY(waiting.health == AgentHealth::Waiting);
        QCOMPARE(waiting.waiting, std::uint64_t(1));
        QCOMPARE(overview.waiting, std::uint64_t(1));
        QVERIFY(overview.oldestWaiting == now());
    }

    void stopsCoverAgents()
    {
        const auto stop = [&](const char* id, StopMode mode, const char* agent, const char* tool) {
            m_workspace->write([&](store::Transaction& transaction) -> Result<void> {
                EPHOR_TRY_VOID(transaction.run(
                    "INSERT INTO stop_order(id, mode, agent, tool, by, reason, at) VALUES (?, ?, ?, ?, 'Ines', 'r', 0)",
                    {std::string_view(id), std::int64_t(mode), std::string_view(agent), std::string_view(tool)}));
                return {};
            });
        };
        const auto stopped = [&] {
            std::vector<std::string> names;
            for (const AgentRow& row : call<ReadOverview>(everybody).agents) {
                if (row.health == AgentHealth::Stopped)
                    names.push_back(row.name + " " + row.healthDetail.substr(0, 9));
            }
            std::ranges::sort(names);
            return names;
        };
        stop("1", StopMode::Now, "", "payments.send");
        QVERIFY(stopped().empty());
        stop("2", StopMode::NoWrites, "helper", "");
        QCOMPARE(stopped(), std::vector<std::string>{"helper No writes"});
        stop("3", StopMode::Now, "", "");
        QCOMPARE(stopped(), (std::vector<std::string>{"expenses Stopped b", "helper Stopped b", "refunds Stopped b"}));
    }

    void onlyWhatTheCallerMayView()
    {
        m_workspace->ask("helper", "people");
        const auto overview = call<ReadOverview>(cardsOnly);
        QCOMPARE(overview.agents.size(), std::size_t(2));
        QCOMPARE(overview.totals.runs, std::uint64_t(82));
        QCOMPARE(overview.waiting, std::uint64_t(0));
        ReadOverview::Request request;
        request.team = "people";
        QCOMPARE(call<ReadOverview>(everybody, request).totals.runs, std::uint64_t(40));
        QCOMPARE(call<ReadOverview>(cardsOnly, request).totals.runs, std::uint64_t(0));
        ReadAgent::Request agent;
        agent.agent = "helper";
        QVERIFY(!m_workspace->door->call<ReadAgent>(cardsOnly, agent));
    }

    void markersAreMovesAndReleases()
    {
        auto markers = call<ReadOverview>(everybody).markers;
        QCOMPARE(markers.size(), std::size_t(1));
        QCOMPARE(markers[0].title, std::string("Customer refunds v2 at 5 %"));
        QCOMPARE(markers[0].route, std::string("changes/CH-7"));
        ReadOverview::Request request;
        request.range = {now() - 300h, now()};
        markers = call<ReadOverview>(everybody, request).markers;
        QCOMPARE(markers.size(), std::size_t(4));
        QVERIFY(std::ranges::is_sorted(markers, std::greater(), &ChangedItem::at));
        QCOMPARE(markers.back().title.substr(markers.back().title.size() - 11), std::string("v1 released"));
    }

    void anImpossibleRangeIsRefused()
    {
        ReadOverview::Request request;
        request.range = {now(), now() - 1h};
        QCOMPARE(m_workspace->door->call<ReadOverview>(everybody, request).error().code, std::string("insight.range"));
        request.range = {Instant(1s), now()};
        QCOMPARE(m_workspace->door->call<ReadOverview>(everybody, request).error().code, std::string("insight.range"));
    }

    void oneAgentHasItsCanaryAndItsModels()
    {
        ReadAgent::Request request;
        request.agent = "refunds";
        auto agent = call<ReadAgent>(cardsOnly, request);
        QCOMPARE(agent.agent.totals.runs, std::uint64_t(42));
        QCOMPARE(agent.series.size(), std::size_t(48));
        QCOMPARE(agent.canary.size(), std::size_t(48));
        const auto runs = [](std::uint64_t sum, const SeriesPoint& point) { return sum + point.totals.runs; };
        QCOMPARE(std::accumulate(agent.series.begin(), agent.series.end(), std::uint64_t(0), runs), std::uint64_t(42));
        QCOMPARE(std::accumulate(agent.canary.begin(), agent.canary.end(), std::uint64_t(0), runs), std::uint64_t(2));
        QCOMPARE(agent.byModel.at("large").runs, std::uint64_t(40));
        QCOMPARE(agent.byModel.at("small").failed, std::uint64_t(1));
        request.agent = "draft";
        agent = call<ReadAgent>(cardsOnly, request);
        QVERIFY(agent.agent.health == AgentHealth::Quiet && agent.canary.empty());
        QCOMPARE(agent.agent.release, std::uint64_t(0));
        QCOMPARE(agent.agent.tools, std::uint64_t(2));
        request.agent = "nobody";
        QCOMPARE(
            m_workspace->door->call<ReadAgent>(everybody, request).error().code, std::string("definition.unknown"));
    }

    void theFirstRequestTellsWhatItCarried()
    {
        FirstRequest::Request request;
        request.agent = "refunds";
        QVERIFY(!call<FirstRequest>(everybody, request).seen);
        auto report = test::report(newId(m_workspace->clock), "refunds", now() - 1min, 1);
        report.summary.conversation = "c-1";
        report.summary.caller = "Refunds key";
        report.spans
            = {{"1", {}, SpanKind::Contract, "Contract in"}, {"2", {}, SpanKind::Guard, "Guard in", "3 messages"}};
        m_workspace->addRun(report.summary);
        QVERIFY(call<FirstRequest>(everybody, request).seen);
        QVERIFY(!call<FirstRequest>(everybody, request).messages);
        m_workspace->telemetry->report(report);
        const auto first = call<FirstRequest>(everybody, request);
        QVERIFY(first.seen && first.carriedConversation && !first.carriedPerson);
        QCOMPARE(first.messages, std::optional<std::uint64_t>(3));
        QCOMPARE(first.caller, std::string("Refunds key"));
        QCOMPARE(first.run, report.summary.id);
        m_workspace->addRun(test::report(newId(m_workspace->clock), "refunds", now(), 1).summary);
        QCOMPARE(call<FirstRequest>(everybody, request).run, report.summary.id);
        QVERIFY(!m_workspace->door->call<FirstRequest>(
            test::SeededWorkspace::person("person:hr", {{"people", "*", Role::Viewer}}), request));
        QCOMPARE(call<ReadAgent>(everybody, {.agent = "refunds"}).agent.coverage, std::string("enforced"));
    }

    void metricsCountEverything()
    {
        m_workspace->record("prompts.save", "prompt:refunds", "person:all", {});
        auto waiting = test::report(newId(m_workspace->clock), "refunds", now(), 1).summary;
        waiting.state = RunState::Waiting;
        m_workspace->addRun(waiting);
        m_workspace->ask("helper", "people");
        const auto metrics = call<ReadMetrics>(everybody).values;
        QCOMPARE(metrics.at("runs_total"), 162.0);
        QCOMPARE(metrics.at("runs_failed_total"), 1.0);
        QCOMPARE(metrics.at("runs_stopped_total"), 0.0);
        QCOMPARE(metrics.at("runs_waiting"), 1.0);
        QCOMPARE(metrics.at("runs_running"), 0.0);
        QCOMPARE(metrics.at("approvals_waiting"), 1.0);
        QCOMPARE(metrics.at("ledger_entries"), 1.0);
        QCOMPARE(metrics.at("telemetry_reports_total"), 162.0);
        QCOMPARE(metrics.at("telemetry_reports_dropped_total"), 0.0);
        QVERIFY(isAbout(metrics.at("run_duration_seconds_p50"), 3));
        m_workspace->clock.advance(48h);
        QVERIFY(!call<ReadMetrics>(everybody).values.contains("run_duration_seconds_p50"));
    }

    void queriesOverRunsUseAnIndex_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("values");
        const auto add = [](const char* name, std::string_view sql, int values) {
            QTest::newRow(name) << QString::fromUtf8(sql.data(), qsizetype(sql.size())) << values;
        };
        add("first of an agent", insight::firstRunSql, 1);
        add("by prefix", insight::runsByIdSql, 3);
        add("by reference", insight::runsByReferenceSql, 2);
        add("open ones", insight::openRunsSql, 0);
    }
    void queriesOverRunsUseAnIndex()
    {
        QFETCH(QString, sql);
        QFETCH(int, values);
        const std::string plan = planOf(sql.toStdString(), std::size_t(values));
        QVERIFY2(plan.find("SEARCH run USING") != std::string::npos, plan.c_str());
        QVERIFY2(plan.find("SCAN") == std::string::npos, plan.c_str());
    }
};

QTEST_GUILESS_MAIN(OverviewTest)
#include "overview_test.moc"
