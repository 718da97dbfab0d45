#include "ui/screens/assurance/record_timeline.h"

#include "ui/bridge/values.h"

#include <algorithm>

namespace ephor::ui::assurance {

namespace {

/// Entries looked at for the picture: a bar each, and few enough for a slow line.
constexpr std::size_t sampleCount = 65;
/// A search narrows to one entry of 2^64 in at most 64 looks even when every guess halves; guesses by time need far
/// fewer. A page around the moment is near enough after these.
constexpr int mostLooks = 24;

}

RecordTimeline::RecordTimeline(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
}

void RecordTimeline::ask(std::uint64_t index, std::function<void(TimeSample)> arrived)
{
    QueryRecord::Request one;
    one.before = index + 1;
    one.limit = 1;
    request<QueryRecord>(this, m_session, one, [index, arrived = std::move(arrived)](auto answer) {
        // Without an answer the picture lacks a bar and the search stays where it is; the list shows why.
        const bool known = answer && !answer->rows.empty();
        arrived(known ? TimeSample{answer->rows.front().index, dateTime(answer->rows.front().at).toMSecsSinceEpoch()}
                      : TimeSample{index, -1});
    });
}

void RecordTimeline::load(std::uint64_t size)
{
    if (size == 0 || (m_size > 0 && size >= m_size && size - m_size < m_size / sampleCount))
        return;
    m_size = size;
    m_arriving.clear();
    const auto indexes = sampleIndexes(size, sampleCount);
    m_missing = indexes.size();
    ++m_generation;
    for (const std::uint64_t index : indexes) {
        ask(index, [this, generation = m_generation](TimeSample sample) {
            if (generation == m_generation)
                sampleArrived(sample);
        });
    }
}

void RecordTimeline::sampleArrived(TimeSample sample)
{
    if (sample.msecs >= 0)
        m_arriving.push_back(sample);
    if (--m_missing > 0)
        return;
    std::sort(m_arriving.begin(), m_arriving.end(),
        [](const TimeSample& one, const TimeSample& other) { return one.index < other.index; });
    m_samples = std::move(m_arriving);
    Q_EMIT loaded();
}

void RecordTimeline::find(qint64 msecs, std::function<void(std::uint64_t)> found)
{
    if (m_samples.empty())
        return;
    ++m_search;
    m_wanted = msecs;
    m_looks = 0;
    m_found = std::move(found);
    std::tie(m_before, m_after) = around(m_samples, msecs);
    narrow();
}

void RecordTimeline::narrow()
{
    if (m_after.index <= m_before.index + 1 || m_looks >= mostLooks) {
        m_found(m_before.index);
        return;
    }
    ++m_looks;
    // Guesses by time can creep where entries lie unevenly; every other look halves what is left.
    const std::uint64_t middle = m_before.index + (m_after.index - m_before.index) / 2;
    const std::uint64_t at = m_looks % 2 == 0 ? middle : guessBetween(m_before, m_after, m_wanted);
    ask(at, [this, search = m_search](TimeSample sample) {
        if (search != m_search)
            return;
        if (sample.msecs < 0) {
            m_found(m_before.index);
            return;
        }
        (sample.msecs > m_wanted ? m_after : m_before) = sample;
        narrow();
    });
}

}
