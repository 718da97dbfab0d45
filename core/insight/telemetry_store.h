#pragma once

#include "core/api/protection.h"
#include "core/insight/telemetry_tables.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace ephor {
class Clock;
}

namespace ephor::insight {

struct TelemetryOptions {
    std::size_t longestQueue = 8'192; ///< reports that may wait: some seconds of the highest rate one machine serves
    std::size_t mostQueuedSpans = 262'144; ///< with them at most about 100 MB, whatever the runs do
    std::size_t largestBatch = 512; ///< reports in one transaction: a commit's cost is spread, the writer stays free
    std::chrono::milliseconds flushEvery{250}; ///< how far the screens may lag
    Duration keepSpans = std::chrono::days(30); ///< waterfalls are for looking into what is recent
    Duration keepMinutes = std::chrono::days(60);
    Duration keepCoarse = std::chrono::days(730); ///< ten minutes and wider: this year beside the last
    Duration sweepEvery = std::chrono::hours(1);
    std::function<void()> onFindings; ///< called on the store's thread once findings or outages of a batch are written
};

/// What the store counts about itself.
struct TelemetryCounters {
    std::uint64_t queued = 0; ///< reports not yet written
    std::uint64_t reports = 0; ///< ever taken
    std::uint64_t dropped = 0; ///< refused by a full queue, or lost with a write that failed
};

/// Spans and rollups in a database of their own. `report` only queues; one thread of the store's own writes in batches
/// and removes what is older than it is kept. Thread-safe.
class TelemetryStore final : public RunReports {
public:
    /// `database` has migrations() of this room; both outlive the store.
    TelemetryStore(store::Database& database, const Clock& clock, TelemetryOptions options = {});
    /// Writes what is queued.
    ~TelemetryStore() override;
    TelemetryStore(const TelemetryStore&) = delete;
    TelemetryStore& operator=(const TelemetryStore&) = delete;

    void report(RunReport report) override;
    /// Returns when everything reported before is written and what is due was removed: for tests and for whoever
    /// reports faster than real time. Fails with what the store's last write failed with.
    Result<void> flush();

    /// Of one run, also while it is still queued; empty when there are none or retention removed them.
    Result<std::vector<Span>> spans(const std::string& run) const;
    TelemetryCounters counters() const;

    /// Edges of `slices` slices (core/insight/time_grid.h), as fine as the rows that are still kept allow.
    std::vector<Second> edges(const TimeRange& range, std::uint64_t slices) const;
    Result<void> rollups(const std::vector<Second>& edges, const RollupVisit& visit) const;
    Result<Counts> allCounts() const;
    /// What texts held since then, and what held runs back (core/insight/findings.h).
    Result<std::vector<FindingCount>> findings(Instant from, const std::string& agent) const;
    Result<std::vector<Outage>> outages(Instant from) const;

private:
    void runLoop();
    Result<void> writeBatch(const std::deque<RunReport>& batch);
    Result<void> sweepIfDue();
    std::deque<RunReport> takeBatch();

    store::Database& m_database;
    const Clock& m_clock;
    const TelemetryOptions m_options;
    RollupWriter m_rollups; ///< of the store's own thread, inside its transactions
    std::optional<Instant> m_sweptAt; ///< of the store's own thread

    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wake;
    std::condition_variable m_flushed;
    std::deque<RunReport> m_queue;
    std::deque<RunReport> m_writing; ///< taken out of the queue; only read until its transaction is over
    std::size_t m_queuedSpans = 0;
    TelemetryCounters m_counters;
    std::uint64_t m_flushesAsked = 0;
    std::uint64_t m_flushesDone = 0;
    Result<void> m_lastOutcome;
    bool m_stopping = false;
    std::thread m_thread;
};

}
