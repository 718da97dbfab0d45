#include "core/base/json.h"
#include "tests/bench/bench_desk.h"
#include "tests/bench/load.h"
#include "tests/bench/mock_model.h"
#include "tests/bench/peer.h"
#include "tests/bench/raw_commits.h"
#include "tests/bench/report.h"

#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>
#include <sys/resource.h>

using namespace ephor;
using namespace ephor::bench;

namespace {

// Rounds go through every subject in turn, so that what else the machine does meets all of them alike.
constexpr int rounds = 3;
constexpr double roundSeconds = 4;
constexpr double warmUpSeconds = 1;
constexpr double saturationSeconds = 4;
constexpr std::size_t openConnections = 128;
constexpr std::size_t closedConnections = 64;
constexpr std::size_t streams = 500;
constexpr double aimAddedMicros = 400;
constexpr double peerRate = 200; // at 500/s the peer is near its end on two cores

std::string requestBody(const char* model, bool stream)
{
    Json orders = Json::array();
    for (int i = 0; i < 4; ++i)
        orders.push_back({{"id", "A-" + std::to_string(20'441 + i)}, {"state", "sent"}, {"items", i + 1}});
    Json body{{"model", model}, {"stream", stream}, {"user", "customer-4711"},
        {"messages", {{{"role", "user"}, {"content", "Where is my parcel? I have been waiting since Monday."}}}},
        {"variables",
            {{"shop", "Halden Outdoor"}, {"customer", {{"name", "Ada Nowak"}, {"since", 2019}}},
                {"orders", std::move(orders)}}}};
    return compactJson(body);
}

struct Bodies {
    double entriesPerRun = 0;
    std::size_t averageBytes = 1'200;
};

/// What the ledger wrote: asked of the database file itself.
std::pair<std::int64_t, std::int64_t> ledgerContent(const std::string& path)
{
    sqlite3* handle = nullptr;
    sqlite3_stmt* statement = nullptr;
    std::pair<std::int64_t, std::int64_t> content;
    if (sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK
        && sqlite3_prepare_v2(handle, "SELECT count(*), sum(length(body)) FROM leaf", -1, &statement, nullptr)
            == SQLITE_OK
        && sqlite3_step(statement) == SQLITE_ROW)
        content = {sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1)};
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    return content;
}

/// Of all threads of this process, in the kernel too: what others do on the machine hardly changes it.
double processorMicros()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto micros = [](const timeval& time) { return double(time.tv_sec) * 1e6 + double(time.tv_usec); };
    return micros(used.ru_utime) + micros(used.ru_stime);
}

class GatewayBench {
public:
    GatewayBench()
        : m_report("gateway_bench")
        , m_desk(m_mock.port())
        , m_direct{m_mock.port(), postRequest("/v1/chat/completions", {}, requestBody("mock", false)), "\"choices\""}
        , m_ephor{m_desk.port(), postRequest("/v1/chat/completions", authorization(), requestBody("parcels", false)),
              "\"choices\""}
    {
    }

    void run()
    {
        learnBodies();
        for (const double rate : {500., 2'000.})
            measureAdded(rate);
        measureSaturation();
        measurePeer();
        measureStreams();
        m_report.section("Memory");
        m_report.figure("this process: Ephor, mock and load generator", residentMegabytes("self"), "MB");
        m_report.save();
    }

private:
    std::string authorization() const { return "Authorization: Bearer " + m_desk.key() + "\r\n"; }

    // How large the rows of the raw baseline are, and how many durable points a run has, is measured, not assumed.
    void learnBodies()
    {
        const auto before = ledgerContent(m_desk.databasePath());
        const LoadResult warm = closedLoop(m_ephor, 8, warmUpSeconds);
        if (warm.micros.empty())
            throw std::runtime_error("No request through the workspace was answered.");
        const auto after = ledgerContent(m_desk.databasePath());
        m_bodies.entriesPerRun = double(after.first - before.first) / double(warm.micros.size());
        m_bodies.averageBytes = std::size_t((after.second - before.second) / (after.first - before.first));
        m_report.section("The governed path");
        m_report.figure("ledger entries a request, each durable before the next step", m_bodies.entriesPerRun, "");
        m_report.figure("body of such an entry", double(m_bodies.averageBytes), "bytes");
    }

    void measureAdded(double rate)
    {
        m_report.section(
            fmt::format("Open loop, {:.0f} requests/s, {} rounds of {:.0f} s", rate, rounds, roundSeconds));
        const ScratchFolder folder;
        RawCommits raw(folder.path() + "/raw.db", m_bodies.averageBytes);
        LoadResult direct, floor, through;
        double directCost = 0, throughCost = 0;
        (void)openLoop(m_ephor, rate, warmUpSeconds, openConnections);
        (void)raw.openLoop(rate, warmUpSeconds);
        for (int round = 0; round < rounds; ++round) {
            const double before = processorMicros();
            direct.add(openLoop(m_direct, rate, roundSeconds, openConnections));
            directCost += processorMicros() - before;
            floor.add(raw.openLoop(rate, roundSeconds));
            const double between = processorMicros();
            through.add(openLoop(m_ephor, rate, roundSeconds, openConnections));
            throughCost += processorMicros() - between;
        }
        tell("mock called directly", direct);
        tell("raw SQLite, two commits a request", floor);
        tell("through Ephor", through);
        double added[3];
        const double shares[] = {0.5, 0.95, 0.99};
        for (int i = 0; i < 3; ++i) {
            added[i] = percentile(through.micros, shares[i]) - percentile(direct.micros, shares[i]);
            m_report.figure(fmt::format("added by Ephor, p{:.0f}", shares[i] * 100), added[i] / 1'000, "ms");
        }
        if (!direct.micros.empty() && !through.micros.empty())
            m_report.figure("processor time a request, added by Ephor",
                (throughCost / double(through.micros.size()) - directCost / double(direct.micros.size())) / 1'000, "ms",
                "says the same under load");
        judge("p50 ≤ raw + 0.4 ms", added[0], percentile(floor.micros, 0.5) + aimAddedMicros);
        judge("p99 ≤ 2 × raw", added[2], 2 * percentile(floor.micros, 0.99));
    }

    void judge(const char* aim, double added, double most)
    {
        m_report.figure(fmt::format("aim {}", aim), most / 1'000, "ms", added <= most ? "met" : "NOT met");
    }

    void tell(const std::string& name, LoadResult& result)
    {
        const std::string note = fmt::format("{:.0f}/s reached, {} failed", result.perSecond(), result.failed);
        for (const double share : {0.5, 0.95, 0.99})
            m_report.figure(fmt::format("{}, p{:.0f}", name, share * 100), percentile(result.micros, share) / 1'000,
                "ms", share == 0.5 ? note : std::string());
    }

    void measureSaturation()
    {
        m_report.section(fmt::format("Saturation, closed loop, {} connections", closedConnections));
        (void)closedLoop(m_direct, closedConnections, warmUpSeconds);
        const LoadResult alone = closedLoop(m_direct, closedConnections, saturationSeconds);
        m_aloneRate = alone.perSecond();
        m_report.figure("mock alone", m_aloneRate, "requests/s", fmt::format("{} failed", alone.failed));
        const LoadResult through = closedLoop(m_ephor, closedConnections, saturationSeconds);
        m_throughRate = through.perSecond();
        m_report.figure("through Ephor", m_throughRate, "requests/s", fmt::format("{} failed", through.failed));
        m_report.figure("ratio to the mock alone", m_throughRate / m_aloneRate, "");
    }

    void measurePeer()
    {
        m_report.section("npm @portkey-ai/gateway 1.15.2 on the same mock: it proxies, and keeps no record");
        std::string why;
        const auto peer = Portkey::start(why);
        if (!peer)
            return m_report.skipped("@portkey-ai/gateway", why);
        const std::string headers
            = "x-portkey-provider: openai\r\nAuthorization: Bearer none\r\nx-portkey-custom-host: "
              "http://127.0.0.1:"
            + std::to_string(m_mock.port()) + "/v1\r\n";
        const Target target{
            peer->port(), postRequest("/v1/chat/completions", headers, requestBody("mock", false)), "\"choices\""};
        (void)closedLoop(target, closedConnections, 2 * warmUpSeconds);
        LoadResult direct = openLoop(m_direct, peerRate, roundSeconds, openConnections);
        LoadResult proxied = openLoop(target, peerRate, roundSeconds, openConnections);
        LoadResult through = openLoop(m_ephor, peerRate, roundSeconds, openConnections);
        for (const double share : {0.5, 0.99}) {
            const double base = percentile(direct.micros, share);
            m_report.figure(fmt::format("at {:.0f}/s: added by the peer, p{:.0f}", peerRate, share * 100),
                (percentile(proxied.micros, share) - base) / 1'000, "ms", fmt::format("{} failed", proxied.failed));
            m_report.figure(fmt::format("at {:.0f}/s: added by Ephor, p{:.0f}", peerRate, share * 100),
                (percentile(through.micros, share) - base) / 1'000, "ms", fmt::format("{} failed", through.failed));
        }
        const LoadResult most = closedLoop(target, closedConnections, saturationSeconds);
        m_report.figure(
            "saturation of the peer", most.perSecond(), "requests/s", fmt::format("{} failed", most.failed));
        if (most.perSecond() > 0)
            m_report.figure("Ephor to the peer", m_throughRate / most.perSecond(), "times");
        m_report.figure("memory of the peer", peer->residentMegabytes(), "MB");
    }

    void measureStreams()
    {
        m_report.section(fmt::format("{} streams at once, {} words of the model, one every {} ms", streams,
            MockModel::deltas, MockModel::pauseMilliseconds));
        Target direct = m_direct;
        direct.request = postRequest("/v1/chat/completions", {}, requestBody("mock", true));
        direct.ending = "data: [DONE]";
        Target through = m_ephor;
        through.request = postRequest("/v1/chat/completions", authorization(), requestBody("parcels", true));
        through.ending = "data: [DONE]";
        (void)allAtOnce(through, 10);
        for (auto& [name, target] : {std::pair("mock", &direct), std::pair("Ephor", &through)}) {
            LoadResult result = allAtOnce(*target, streams);
            m_report.figure(fmt::format("{}: complete streams", name), double(result.micros.size()), "",
                fmt::format("of {}, {} failed", streams, result.failed));
            for (const double share : {0.5, 0.99})
                m_report.figure(fmt::format("{}: time to the last byte, p{:.0f}", name, share * 100),
                    percentile(result.micros, share) / 1'000, "ms");
        }
    }

    Report m_report;
    MockModel m_mock;
    BenchDesk m_desk;
    Target m_direct;
    Target m_ephor;
    Bodies m_bodies;
    double m_aloneRate = 0;
    double m_throughRate = 0;
};

}

int main()
{
    prepareProcess();
    try {
        GatewayBench().run();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "gateway_bench: %s\n", exception.what());
        return 1;
    }
    return 0;
}
