#pragma once

#include "core/trust/cedar/value.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ephor::temporal {

__extension__ using Wide = __int128; ///< sums of 64-bit numbers never overflow it

/// Where in its session an event stands.
struct TrackEntry {
    std::uint64_t position = 0;
    std::int64_t at = 0;
};

/// A number that an event adds, and whether it is a decimal.
struct Summand {
    Wide number = 0;
    std::uint64_t decimals = 0;
};

/// Events of one kind in their order, with what they sum up to: any span of them is counted and summed by halving, and
/// the oldest leave at no cost. Not thread-safe while written.
class EventTrack {
public:
    /// In its place by position: the newest as a rule, an older one only when a request in flight is denied.
    void insert(const TrackEntry& entry, const Summand* summand);
    /// Does nothing when it is not there.
    void erase(std::uint64_t position);
    /// The oldest, when it is that one.
    void drop(std::uint64_t position);
    bool empty() const { return m_first == m_entries.size(); }

    /// Places in entries(), from first up to before last.
    struct Range {
        std::size_t first = 0;
        std::size_t last = 0;
        std::size_t size() const { return last - first; }
    };
    /// Of those from one position to before another, at a time and later.
    Range between(std::uint64_t from, std::uint64_t before, std::int64_t since) const;
    std::span<const TrackEntry> entries() const { return std::span(m_entries).subspan(m_first); }
    /// Of a track that sums.
    Summand sumOf(const Range& range) const;

private:
    Summand through(std::size_t index) const;

    std::vector<TrackEntry> m_entries;
    std::vector<Summand>
        m_sums; ///< of all that came up to this entry and stand here or have left; empty where none sum
    std::size_t m_first = 0;
};

}
