#pragma once

#include "core/insight/measure.h"
#include "core/insight/time_grid.h"
#include "core/store/database.h"

#include <deque>
#include <functional>
#include <map>
#include <span>

namespace ephor::insight {

/// Of telemetry.db alone: nothing of the governed state refers to it, and it may be lost without losing a decision.
std::span<const store::Migration> migrations();

/// What a rollup row is about.
struct RollupKey {
    std::string agent;
    std::string release;
    Variant variant = Variant::Only;
    std::string model;
    auto operator<=>(const RollupKey&) const = default;
};

/// Adds reports to the rollups of every width in the caller's transaction. Belongs to the one thread that writes.
class RollupWriter {
public:
    Result<void> write(store::Transaction& transaction, const std::deque<RunReport>& reports);
    /// After a transaction that was rolled back: ids given in it are gone.
    void forget() { m_ids.clear(); }

private:
    Result<std::int64_t> idOf(store::Transaction& transaction, const RollupKey& key);
    std::map<RollupKey, std::int64_t> m_ids;
};

/// What is known of a run after the report: the spans of its stretch replace earlier ones of the same stretch. A first
/// stretch replaces everything.
void mergeSpans(std::vector<Span>& spans, const RunReport& report);
/// Merges the report's spans with those that are written.
Result<void> writeSpans(store::Transaction& transaction, const RunReport& report);
/// Nothing when there are none: never written, or removed by retention.
Result<std::optional<std::vector<Span>>> readSpans(const store::Snapshot& snapshot, const std::string& run);

/// One stored row; `sketch` is valid only inside the visit.
struct RollupRow {
    const RollupKey& key;
    Second start;
    std::chrono::seconds width;
    Counts counts;
    BytesView sketch;
};
using RollupVisit = std::function<Result<void>(const RollupRow&)>;
/// Visits the rows that make up everything between the edges.
Result<void> readRollups(const store::Snapshot& snapshot, const std::vector<Second>& edges, const RollupVisit& visit);

/// The sums over everything that is kept, without durations.
Result<Counts> allCounts(const store::Snapshot& snapshot);

/// Removes spans of runs that began before `until`, at most a day's worth. True when there is more.
Result<bool> removeSpans(store::Transaction& transaction, Instant until);
/// The same for rollup rows of one width.
Result<bool> removeRollups(store::Transaction& transaction, std::chrono::seconds width, Instant until);

}
