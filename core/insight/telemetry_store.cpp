#include "core/insight/telemetry_store.h"

#include "core/base/background_thread.h"
#include "core/base/clock.h"
#include "core/insight/findings.h"

#include <algorithm>
#include <ranges>

namespace ephor::insight {

namespace {

// Without reports the thread looks this often whether something is due for removal.
constexpr std::chrono::minutes idleWake{1};

}

TelemetryStore::TelemetryStore(store::Database& database, const Clock& clock, TelemetryOptions options)
    : m_database(database)
    , m_clock(clock)
    , m_options(options)
    , m_thread([this] { runLoop(); })
{
}

TelemetryStore::~TelemetryStore()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void TelemetryStore::report(RunReport report)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        ++m_counters.reports;
        if (m_queue.size() >= m_options.longestQueue
            || m_queuedSpans + report.spans.size() > m_options.mostQueuedSpans) {
            ++m_counters.dropped;
            return;
        }
        m_queuedSpans += report.spans.size();
        m_queue.push_back(std::move(report));
        wake = m_queue.size() == 1 || m_queue.size() == m_options.largestBatch;
    }
    if (wake)
        m_wake.notify_one();
}

Result<void> TelemetryStore::flush()
{
    std::unique_lock lock(m_mutex);
    const std::uint64_t mine = ++m_flushesAsked;
    m_wake.notify_all();
    m_flushed.wait(lock, [&] { return m_flushesDone >= mine; });
    return m_lastOutcome;
}

Result<std::vector<Span>> TelemetryStore::spans(const std::string& run) const
{
    // What is on its way is taken first, so that nothing falls between queue and table.
    std::vector<RunReport> coming;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto* const reports : {&m_writing, &m_queue}) {
            std::ranges::copy_if(*reports, std::back_inserter(coming),
                [&](const RunReport& report) { return report.summary.id == run; });
        }
    }
    std::vector<Span> spans;
    EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(auto stored, readSpans(snapshot, run));
        spans = std::move(stored).value_or(std::vector<Span>());
        return {};
    }));
    for (const RunReport& report : coming)
        mergeSpans(spans, report);
    return spans;
}

TelemetryCounters TelemetryStore::counters() const
{
    const std::lock_guard lock(m_mutex);
    TelemetryCounters counters = m_counters;
    counters.queued = m_queue.size() + m_writing.size();
    return counters;
}

std::vector<Second> TelemetryStore::edges(const TimeRange& range, std::uint64_t slices) const
{
    // Minutes older than this may be gone, or be removed between two queries of one answer.
    const Instant minutesFrom = m_clock.now() - m_options.keepMinutes + m_options.sweepEvery;
    return sliceEdges(range, slices, range.from < minutesFrom ? rollupWidths[1] : rollupWidths[0]);
}

Result<void> TelemetryStore::rollups(const std::vector<Second>& edges, const RollupVisit& visit) const
{
    return m_database.read([&](const store::Snapshot& snapshot) { return readRollups(snapshot, edges, visit); });
}

Result<std::vector<FindingCount>> TelemetryStore::findings(Instant from, const std::string& agent) const
{
    std::vector<FindingCount> counts;
    EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(counts, readFindings(snapshot, from, agent));
        return {};
    }));
    return counts;
}

Result<std::vector<Outage>> TelemetryStore::outages(Instant from) const
{
    std::vector<Outage> outages;
    EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(outages, readOutages(snapshot, from));
        return {};
    }));
    return outages;
}

Result<Counts> TelemetryStore::allCounts() const
{
    Counts counts;
    EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(counts, insight::allCounts(snapshot));
        return {};
    }));
    return counts;
}

std::deque<RunReport> TelemetryStore::takeBatch()
{
    std::deque<RunReport> batch;
    while (!m_queue.empty() && batch.size() < m_options.largestBatch) {
        m_queuedSpans -= m_queue.front().spans.size();
        batch.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    return batch;
}

void TelemetryStore::runLoop()
{
    letOthersInterrupt();
    std::unique_lock lock(m_mutex);
    Result<void> outcome;
    while (true) {
        const auto urgent = [&] { return m_stopping || m_flushesAsked > m_flushesDone; };
        m_wake.wait_for(lock, idleWake, [&] { return urgent() || !m_queue.empty(); });
        m_wake.wait_for(lock, m_queue.empty() ? std::chrono::milliseconds(0) : m_options.flushEvery,
            [&] { return urgent() || m_queue.size() >= m_options.largestBatch; });
        const std::uint64_t asked = m_flushesAsked;
        do {
            m_writing = takeBatch();
            lock.unlock();
            const Result<void> written = writeBatch(m_writing);
            lock.lock();
            if (!written) {
                m_counters.dropped += m_writing.size();
                outcome = written;
            }
            m_writing.clear();
        } while (!m_queue.empty() && urgent());
        const bool stopping = m_stopping && m_queue.empty();
        lock.unlock();
        if (const Result<void> swept = sweepIfDue(); !swept)
            outcome = swept;
        lock.lock();
        if (asked > m_flushesDone) {
            m_lastOutcome = std::exchange(outcome, Result<void>());
            m_flushesDone = asked;
            m_flushed.notify_all();
        }
        if (stopping)
            return;
    }
}

Result<void> TelemetryStore::writeBatch(const std::deque<RunReport>& batch)
{
    if (batch.empty())
        return {};
    Result<void> written = m_database.write([&](store::Transaction& transaction) -> Result<void> {
        for (const RunReport& report : batch)
            EPHOR_TRY_VOID(writeSpans(transaction, report));
        EPHOR_TRY_VOID(writeFindings(transaction, batch));
        return m_rollups.write(transaction, batch);
    });
    if (!written) {
        m_rollups.forget();
        return written;
    }
    const bool told = std::ranges::any_of(batch, [](const RunReport& report) { return !report.inspected.empty(); });
    if (told && m_options.onFindings)
        m_options.onFindings();
    return written;
}

Result<void> TelemetryStore::sweepIfDue()
{
    const Instant now = m_clock.now();
    if (m_sweptAt && now - *m_sweptAt < m_options.sweepEvery && now >= *m_sweptAt)
        return {};
    m_sweptAt = now;
    // A day's worth in each transaction, so that a long absence does not hold the writer up.
    const auto remove = [&](const std::function<Result<bool>(store::Transaction&)>& part) -> Result<void> {
        bool more = true;
        while (more) {
            EPHOR_TRY_VOID(m_database.write([&](store::Transaction& transaction) -> Result<void> {
                EPHOR_TRY(more, part(transaction));
                return {};
            }));
        }
        return {};
    };
    EPHOR_TRY_VOID(remove([&](store::Transaction& t) { return removeSpans(t, now - m_options.keepSpans); }));
    for (const std::chrono::seconds width : rollupWidths) {
        const Duration kept = width == rollupWidths.front() ? m_options.keepMinutes : m_options.keepCoarse;
        EPHOR_TRY_VOID(remove([&](store::Transaction& t) { return removeRollups(t, width, now - kept); }));
    }
    return m_database.write(
        [&](store::Transaction& transaction) { return removeFindings(transaction, now - m_options.keepCoarse); });
}

}
