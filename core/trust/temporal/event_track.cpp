#include "core/trust/temporal/event_track.h"

#include <algorithm>

namespace ephor::temporal {

namespace {

// Of entries that have left at the front: moving the rest earlier than that would cost more than the memory.
constexpr std::size_t fewestForMoving = 64;

std::size_t placeOf(const std::vector<TrackEntry>& entries, std::size_t first, std::uint64_t position)
{
    const auto found = std::lower_bound(entries.begin() + std::ptrdiff_t(first), entries.end(), position,
        [](const TrackEntry& entry, std::uint64_t wanted) { return entry.position < wanted; });
    return std::size_t(found - entries.begin());
}

}

Summand EventTrack::through(std::size_t index) const
{
    return index == 0 ? Summand{} : m_sums[index - 1];
}

void EventTrack::insert(const TrackEntry& entry, const Summand* summand)
{
    const std::size_t place = m_entries.empty() || m_entries.back().position < entry.position
        ? m_entries.size()
        : placeOf(m_entries, m_first, entry.position);
    m_entries.insert(m_entries.begin() + std::ptrdiff_t(place), entry);
    if (summand == nullptr)
        return;
    m_sums.insert(m_sums.begin() + std::ptrdiff_t(place), through(place));
    for (std::size_t i = place; i < m_sums.size(); ++i) {
        m_sums[i].number += summand->number;
        m_sums[i].decimals += summand->decimals;
    }
}

void EventTrack::erase(std::uint64_t position)
{
    const std::size_t place = placeOf(m_entries, m_first, position);
    if (place == m_entries.size() || m_entries[place].position != position)
        return;
    m_entries.erase(m_entries.begin() + std::ptrdiff_t(place));
    if (m_sums.empty())
        return;
    const Summand before = through(place);
    const Summand gone{m_sums[place].number - before.number, m_sums[place].decimals - before.decimals};
    m_sums.erase(m_sums.begin() + std::ptrdiff_t(place));
    for (std::size_t i = place; i < m_sums.size(); ++i) {
        m_sums[i].number -= gone.number;
        m_sums[i].decimals -= gone.decimals;
    }
}

void EventTrack::drop(std::uint64_t position)
{
    if (empty() || m_entries[m_first].position != position)
        return;
    ++m_first;
    // The last that has left stays, since the sums of the rest are told from it.
    if (m_first < fewestForMoving || m_first * 2 < m_entries.size())
        return;
    const auto gone = std::ptrdiff_t(m_first - 1);
    m_entries.erase(m_entries.begin(), m_entries.begin() + gone);
    if (!m_sums.empty())
        m_sums.erase(m_sums.begin(), m_sums.begin() + gone);
    m_first = 1;
}

EventTrack::Range EventTrack::between(std::uint64_t from, std::uint64_t before, std::int64_t since) const
{
    const std::span<const TrackEntry> all = entries();
    const auto byPosition = [&](std::uint64_t position) {
        return std::size_t(std::ranges::lower_bound(all, position, {}, &TrackEntry::position) - all.begin());
    };
    const auto byTime = std::size_t(std::ranges::lower_bound(all, since, {}, &TrackEntry::at) - all.begin());
    const std::size_t last = byPosition(before);
    return {std::min(last, std::max(byPosition(from), byTime)), last};
}

Summand EventTrack::sumOf(const Range& range) const
{
    const Summand before = through(m_first + range.first);
    const Summand after = through(m_first + range.last);
    return {after.number - before.number, after.decimals - before.decimals};
}

}
