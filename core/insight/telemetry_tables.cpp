#include "core/insight/telemetry_tables.h"

#include "core/insight/span_json.h"

#include <algorithm>
#include <unordered_map>

namespace ephor::insight {

namespace {

// Rows name their series by number: a release id alone is longer than the rest of a row.
constexpr store::Migration telemetryMigrations[] = {
    {"insight", 1, "spans and rollups",
        "CREATE TABLE run_span(run TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;"
        "CREATE INDEX run_span_at ON run_span(at);"
        "CREATE TABLE series(id INTEGER PRIMARY KEY, agent TEXT NOT NULL, release TEXT NOT NULL, variant INTEGER NOT "
        "NULL, model TEXT NOT NULL, UNIQUE(agent, release, variant, model)) STRICT;"
        "CREATE TABLE rollup(width INTEGER NOT NULL, start INTEGER NOT NULL, series INTEGER NOT NULL,"
        " runs INTEGER NOT NULL, done INTEGER NOT NULL, asked INTEGER NOT NULL, denied INTEGER NOT NULL,"
        " failed INTEGER NOT NULL, verdicts INTEGER NOT NULL, denied_verdicts INTEGER NOT NULL,"
        " asked_verdicts INTEGER NOT NULL, cost_nanos INTEGER NOT NULL, cost_unknown INTEGER NOT NULL,"
        " tokens INTEGER NOT NULL, latency BLOB NOT NULL, PRIMARY KEY(width, start, series)) STRICT, WITHOUT ROWID;"},
    {"insight", 2, "what texts held",
        "CREATE TABLE finding(day INTEGER NOT NULL, agent TEXT NOT NULL, surface INTEGER NOT NULL, tool TEXT NOT NULL,"
        " what TEXT NOT NULL, action INTEGER NOT NULL, count INTEGER NOT NULL, runs INTEGER NOT NULL,"
        " last INTEGER NOT NULL, last_run TEXT NOT NULL,"
        " PRIMARY KEY(day, agent, surface, tool, what, action)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE outage(cause TEXT NOT NULL, since INTEGER NOT NULL, last INTEGER NOT NULL,"
        " blocked INTEGER NOT NULL, lasting INTEGER NOT NULL, PRIMARY KEY(cause, since)) STRICT, WITHOUT ROWID;"},
};

constexpr std::int64_t secondsInDay = 86'400;
constexpr std::int64_t microsInDay = secondsInDay * 1'000'000;

std::int64_t secondsOf(Second moment)
{
    return moment.time_since_epoch().count();
}

Counts countsFrom(const store::Row& row, int first)
{
    const auto number = [&](int column) { return std::uint64_t(row.integer(first + column)); };
    Counts counts;
    counts.runs = number(0);
    counts.done = number(1);
    counts.asked = number(2);
    counts.denied = number(3);
    counts.failed = number(4);
    counts.verdicts = number(5);
    counts.deniedVerdicts = number(6);
    counts.askedVerdicts = number(7);
    counts.costNanos = row.integer(first + 8);
    counts.costUnknown = number(9);
    counts.tokens = number(10);
    return counts;
}

struct CellPlace {
    std::int64_t width;
    std::int64_t start;
    std::int64_t series;
    auto operator<=>(const CellPlace&) const = default;
};

Result<void> addToCell(store::Transaction& transaction, const CellPlace& place, Measure& measure)
{
    EPHOR_TRY_VOID(transaction.query("SELECT latency FROM rollup WHERE width = ? AND start = ? AND series = ?",
        {place.width, place.start, place.series},
        [&](const store::Row& row) -> Result<void> { return measure.latency.mergeBytes(row.blob(0)); }));
    const Bytes sketch = measure.latency.toBytes();
    const auto number = [](std::uint64_t value) { return store::Value(std::int64_t(value)); };
    EPHOR_TRY_VOID(transaction.run(
        "INSERT INTO rollup(width, start, series, runs, done, asked, denied, failed, verdicts, denied_verdicts,"
        " asked_verdicts, cost_nanos, cost_unknown, tokens, latency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?)"
        " ON CONFLICT(width, start, series) DO UPDATE SET runs = runs + excluded.runs, done = done + excluded.done,"
        " asked = asked + excluded.asked, denied = denied + excluded.denied, failed = failed + excluded.failed,"
        " verdicts = verdicts + excluded.verdicts, denied_verdicts = denied_verdicts + excluded.denied_verdicts,"
        " asked_verdicts = asked_verdicts + excluded.asked_verdicts, cost_nanos = cost_nanos + excluded.cost_nanos,"
        " cost_unknown = cost_unknown + excluded.cost_unknown, tokens = tokens + excluded.tokens,"
        " latency = excluded.latency",
        {place.width, place.start, place.series, number(measure.runs), number(measure.done), number(measure.asked),
            number(measure.denied), number(measure.failed), number(measure.verdicts), number(measure.deniedVerdicts),
            number(measure.askedVerdicts), store::Value(measure.costNanos), number(measure.costUnknown),
            number(measure.tokens), BytesView(sketch)}));
    return {};
}

Result<std::unordered_map<std::int64_t, RollupKey>> readSeries(const store::Snapshot& snapshot)
{
    std::unordered_map<std::int64_t, RollupKey> series;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT id, agent, release, variant, model FROM series", {}, [&](const store::Row& row) -> Result<void> {
            series.emplace(
                row.integer(0), RollupKey{row.string(1), row.string(2), Variant(row.integer(3)), row.string(4)});
            return {};
        }));
    return series;
}

}

std::span<const store::Migration> migrations()
{
    return telemetryMigrations;
}

Result<std::int64_t> RollupWriter::idOf(store::Transaction& transaction, const RollupKey& key)
{
    if (const auto known = m_ids.find(key); known != m_ids.end())
        return known->second;
    const std::initializer_list<store::Value> values{std::string_view(key.agent), std::string_view(key.release),
        std::int64_t(key.variant), std::string_view(key.model)};
    EPHOR_TRY_VOID(transaction.run(
        "INSERT INTO series(agent, release, variant, model) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", values));
    EPHOR_TRY(const auto id,
        transaction.integer(
            "SELECT id FROM series WHERE agent = ? AND release = ? AND variant = ? AND model = ?", values));
    m_ids.emplace(key, id.value_or(0));
    return id.value_or(0);
}

Result<void> RollupWriter::write(store::Transaction& transaction, const std::deque<RunReport>& reports)
{
    std::map<CellPlace, Measure> cells;
    for (const RunReport& report : reports) {
        if (!report.ended && report.toolVerdicts.empty())
            continue;
        const RunSummary& run = report.summary;
        EPHOR_TRY(const std::int64_t series, idOf(transaction, {run.agent, run.release, run.variant, report.model}));
        for (const std::chrono::seconds width : rollupWidths)
            cells[{width.count(), secondsOf(floorTo(run.startedAt, width)), series}].add(report);
    }
    for (auto& [place, measure] : cells)
        EPHOR_TRY_VOID(addToCell(transaction, place, measure));
    return {};
}

void mergeSpans(std::vector<Span>& spans, const RunReport& report)
{
    std::erase_if(spans, [&](const Span& span) { return span.id.starts_with(report.stretch); });
    spans.insert(spans.end(), report.spans.begin(), report.spans.end());
}

Result<void> writeSpans(store::Transaction& transaction, const RunReport& report)
{
    std::vector<Span> spans;
    if (!report.stretch.empty()) {
        EPHOR_TRY(auto before, readSpans(transaction, report.summary.id));
        spans = std::move(before).value_or(std::vector<Span>());
    }
    mergeSpans(spans, report);
    const std::string body = compactSpans(spans);
    EPHOR_TRY_VOID(transaction.run("INSERT INTO run_span(run, at, body) VALUES (?, ?, ?)"
                                   " ON CONFLICT(run) DO UPDATE SET at = excluded.at, body = excluded.body",
        {std::string_view(report.summary.id), std::int64_t(report.summary.startedAt.time_since_epoch().count()),
            std::string_view(body)}));
    return {};
}

Result<std::optional<std::vector<Span>>> readSpans(const store::Snapshot& snapshot, const std::string& run)
{
    std::optional<std::vector<Span>> spans;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT body FROM run_span WHERE run = ?", {std::string_view(run)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(spans, spansFrom(row.text(0)));
            return {};
        }));
    return spans;
}

Result<void> readRollups(const store::Snapshot& snapshot, const std::vector<Second>& edges, const RollupVisit& visit)
{
    EPHOR_TRY(const auto series, readSeries(snapshot));
    for (const GridSegment& segment : segmentsBetween(edges)) {
        EPHOR_TRY_VOID(snapshot.query(
            "SELECT series, start, latency, runs, done, asked, denied, failed, verdicts, denied_verdicts,"
            " asked_verdicts, cost_nanos, cost_unknown, tokens FROM rollup"
            " WHERE width = ? AND start >= ? AND start < ?",
            {std::int64_t(segment.width.count()), secondsOf(segment.from), secondsOf(segment.to)},
            [&](const store::Row& row) -> Result<void> {
                const auto key = series.find(row.integer(0));
                if (key == series.end())
                    return {};
                return visit({key->second, Second(std::chrono::seconds(row.integer(1))), segment.width,
                    countsFrom(row, 3), row.blob(2)});
            }));
    }
    return {};
}

Result<Counts> allCounts(const store::Snapshot& snapshot)
{
    Counts counts;
    EPHOR_TRY_VOID(snapshot.query("SELECT runs, done, asked, denied, failed, verdicts, denied_verdicts, asked_verdicts,"
                                  " cost_nanos, cost_unknown, tokens FROM rollup WHERE width = ?",
        {secondsInDay}, [&](const store::Row& row) -> Result<void> {
            counts.add(countsFrom(row, 0));
            return {};
        }));
    return counts;
}

Result<bool> removeSpans(store::Transaction& transaction, Instant until)
{
    const std::int64_t limit = until.time_since_epoch().count();
    EPHOR_TRY(const auto oldest, transaction.integer("SELECT min(at) FROM run_span", {}));
    if (!oldest || *oldest >= limit)
        return false;
    const std::int64_t end = std::min(limit, *oldest + microsInDay);
    EPHOR_TRY_VOID(transaction.run("DELETE FROM run_span WHERE at < ?", {end}));
    return end < limit;
}

Result<bool> removeRollups(store::Transaction& transaction, std::chrono::seconds width, Instant until)
{
    const std::int64_t limit = secondsOf(floorTo(until, rollupWidths.back()));
    EPHOR_TRY(const auto oldest,
        transaction.integer("SELECT min(start) FROM rollup WHERE width = ?", {std::int64_t(width.count())}));
    if (!oldest || *oldest >= limit)
        return false;
    const std::int64_t end = std::min(limit, *oldest + secondsInDay);
    EPHOR_TRY_VOID(
        transaction.run("DELETE FROM rollup WHERE width = ? AND start < ?", {std::int64_t(width.count()), end}));
    return end < limit;
}

}
