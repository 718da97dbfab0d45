#pragma once

#include "ui/kit/time_ruler.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace ephor::ui::assurance {

/// When one entry was written.
struct TimeSample {
    std::uint64_t index = 0;
    qint64 msecs = 0; ///< since the epoch
    bool operator==(const TimeSample&) const = default;
};

/// Entries to look at for a picture of the whole record: the first, the last, and evenly spread ones between, at most
/// `count`.
std::vector<std::uint64_t> sampleIndexes(std::uint64_t size, std::size_t count);

/// How many entries fall into each of `count` equal stretches of time, told from the samples: between two of them the
/// entries are taken as evenly spread. Samples are in order of index. A clock that steps back adds nothing.
std::vector<TimeRuler::Bucket> bucketsOf(const std::vector<TimeSample>& samples, std::size_t count);

/// The entries between which the moment lies: the last sample before it and the first after. Both are the same at the
/// ends.
std::pair<TimeSample, TimeSample> around(const std::vector<TimeSample>& samples, qint64 msecs);
/// A guess at the entry of the moment, strictly between the two where there is room.
std::uint64_t guessBetween(const TimeSample& before, const TimeSample& after, qint64 msecs);

}
