#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/ledger/query.h"
#include "tests/bench/bench_desk.h"
#include "tests/bench/report.h"

#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <future>

using namespace ephor;
using namespace ephor::bench;

namespace {

// Enough for a run of several seconds on a slow disk, and for pages whose depth means something.
constexpr std::size_t singleEntries = 5'000;
constexpr std::size_t groupedEntries = 60'000;
constexpr std::size_t verifiedEntries = 250'000;
constexpr std::size_t bulkGroup = 1'000;
constexpr int pagesAsked = 400;

/// A ledger in a database of its own, as a workspace opens it.
class Log {
public:
    Log(const std::string& path, std::size_t largestGroup, store::Sync sync)
        : m_keys(take(keys::KeyStore::inMemory("bench")))
    {
        store::DatabaseOptions options;
        options.path = path;
        options.largestGroup = largestGroup;
        options.longestQueue = groupedEntries + 1;
        options.sync = sync;
        m_database = take(store::Database::open(options, ledger::migrations()));
        m_ledger = take(ledger::openLedger({.database = *m_database,
            .keys = m_keys.get(),
            .clock = systemClock(),
            .origin = "ledger.bench/acme",
            .trustedKeys = {}}));
    }
    ~Log()
    {
        m_ledger.reset();
        m_database.reset();
    }

    store::Database& database() { return *m_database; }
    ledger::Ledger& ledger() { return *m_ledger; }

    /// The entry of a permit, some 900 bytes as a body.
    static ledger::NewEntry entry(std::size_t number)
    {
        ledger::NewEntry entry;
        entry.kind = ledger::EntryKind::Permit;
        entry.actor = number % 3 == 0 ? "agent:refunds" : "agent:parcels";
        entry.onBehalfOf = "key:shop-backend";
        entry.operation = number % 2 == 0 ? "runs.start" : "tool.call";
        entry.subject = "run:0198b1c2-7a40-7c11-8000-" + fmt::format("{:012}", number / 2);
        entry.outcome = "allow";
        entry.refs = {{"run", fmt::format("0198b1c2-7a40-7c11-8000-{:012}", number / 2)},
            {"release", "sha256:7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"}};
        entry.data.text
            = R"({"agent":"parcels","variant":"production","verdicts":[{"gate":"route","id":"vd-1","reason":"Served by release v4.","rule":"release:sha256:7f83b1657ff1fc53b92dc18148a1d65d","word":"allow"},{"gate":"permission","id":"vd-2","reason":"The grant allows it.","rule":"grant:parcels/carrier.look","word":"allow"}]})";
        return entry;
    }

private:
    std::unique_ptr<keys::KeyStore> m_keys;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<ledger::Ledger> m_ledger;
};

double secondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void measureSingle(Report& report)
{
    const ScratchFolder folder;
    Log log(folder.path() + "/single.db", 1, store::Sync::Full);
    std::vector<double> micros;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < singleEntries; ++i) {
        const auto before = std::chrono::steady_clock::now();
        take(log.database().write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY([[maybe_unused]] const auto reference, log.ledger().append(transaction, Log::entry(i)));
            return {};
        }));
        micros.push_back(secondsSince(before) * 1e6);
    }
    report.figure("one after the other", double(singleEntries) / secondsSince(begin), "entries/s",
        fmt::format("a commit: p50 {:.2f} ms, p99 {:.2f} ms", percentile(micros, 0.5) / 1'000,
            percentile(micros, 0.99) / 1'000));
}

void measureGrouped(Report& report, std::size_t group)
{
    const ScratchFolder folder;
    Log log(folder.path() + "/grouped.db", group, store::Sync::Full);
    std::promise<void> finished;
    std::size_t done = 0; // of the writer's thread alone
    std::size_t failed = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < groupedEntries; ++i) {
        log.database().submit(
            [&log, i](store::Transaction& transaction) -> Result<void> {
                EPHOR_TRY([[maybe_unused]] const auto reference, log.ledger().append(transaction, Log::entry(i)));
                return {};
            },
            [&](const Result<void>& result) {
                failed += !result;
                if (++done == groupedEntries)
                    finished.set_value();
            });
    }
    finished.get_future().wait();
    report.figure(fmt::format("{} in a commit", group), double(groupedEntries) / secondsSince(begin), "entries/s",
        failed > 0 ? fmt::format("{} FAILED", failed) : std::string());
}

void fill(Log& log)
{
    for (std::size_t made = 0; made < verifiedEntries; made += bulkGroup) {
        take(log.database().write([&](store::Transaction& transaction) -> Result<void> {
            for (std::size_t i = 0; i < bulkGroup; ++i) {
                EPHOR_TRY(
                    [[maybe_unused]] const auto reference, log.ledger().append(transaction, Log::entry(made + i)));
            }
            return {};
        }));
    }
}

void measurePages(Report& report, Log& log, const std::string& name, std::uint64_t before, ledger::EntryFilter filter)
{
    std::vector<double> micros;
    for (int i = 0; i < pagesAsked; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        take(log.database().read([&](const store::Snapshot& snapshot) -> Result<void> {
            ledger::EntryPage page;
            page.before = before - std::uint64_t(i);
            EPHOR_TRY(const auto rows, ledger::findEntries(snapshot, filter, page));
            return rows.size() == page.limit ? Result<void>()
                                             : fail(ErrorKind::Internal, "bench.page", "The page is not full.");
        }));
        micros.push_back(secondsSince(begin) * 1e6);
    }
    report.figure(name + ", p50", percentile(micros, 0.5) / 1'000, "ms");
    report.figure(name + ", p99", percentile(micros, 0.99) / 1'000, "ms");
}

void measureReading(Report& report)
{
    const ScratchFolder folder;
    Log log(folder.path() + "/whole.db", bulkGroup, store::Sync::WhileBuilding);
    fill(log);
    report.section(fmt::format("Verifying {} entries on one thread", verifiedEntries));
    const auto begin = std::chrono::steady_clock::now();
    const auto status = take(log.ledger().verify(0, {}));
    const double seconds = secondsSince(begin);
    report.figure("bodies, hashes, tree, heads, schema and indexes", double(status.verifiedSize) / seconds, "entries/s",
        fmt::format("{:.2f} s", seconds));
    report.section(fmt::format("Pages of 100 by key, {} entries", verifiedEntries));
    measurePages(report, log, "newest", verifiedEntries, {});
    measurePages(report, log, "in the middle", verifiedEntries / 2, {});
    measurePages(report, log, "at the far end", 1'000, {});
    ledger::EntryFilter oneAgent;
    oneAgent.actor = "agent:refunds";
    measurePages(report, log, "in the middle, of one actor", verifiedEntries / 2, oneAgent);
}

}

int main()
{
    try {
        Report report("ledger_bench");
        report.section("Durable entries (FULL sync), hashing and tree included");
        measureSingle(report);
        for (const std::size_t group : {16, 128, 256})
            measureGrouped(report, group);
        measureReading(report);
        report.save();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "ledger_bench: %s\n", exception.what());
        return 1;
    }
    return 0;
}
