#include "core/workspace/denial_count.h"

#include <utility>

namespace ephor::workspace {

namespace {

constexpr Duration recordedEvery = std::chrono::minutes(1);
// Operation names come from the catalogue, so this is never reached; it bounds the map all the same.
constexpr std::size_t mostOperations = 256;

}

std::optional<std::map<std::string, std::uint64_t>> DenialCount::add(const std::string& operation)
{
    const std::lock_guard lock(m_mutex);
    const Duration now = m_clock.steady();
    if (m_counts.size() < mostOperations || m_counts.contains(operation))
        ++m_counts[operation];
    // The first of a burst is recorded at once: an officer should not wait a minute to see that somebody knocks.
    if (m_recordedAt && now - *m_recordedAt < recordedEvery)
        return std::nullopt;
    m_recordedAt = now;
    return std::exchange(m_counts, {});
}

std::map<std::string, std::uint64_t> DenialCount::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_counts, {});
}

}
