#include "ui/screens/assurance/time_samples.h"

#include <algorithm>

namespace ephor::ui::assurance {

std::vector<std::uint64_t> sampleIndexes(std::uint64_t size, std::size_t count)
{
    std::vector<std::uint64_t> indexes;
    if (size == 0 || count == 0)
        return indexes;
    const std::uint64_t steps = std::min<std::uint64_t>(std::max<std::size_t>(count, 2) - 1, size - 1);
    for (std::uint64_t step = 0; step < steps; ++step) {
        // In this order no product overflows below 2^64 / steps entries, and the last step is the last entry.
        indexes.push_back((size - 1) / steps * step + (size - 1) % steps * step / steps);
    }
    indexes.push_back(size - 1);
    return indexes;
}

std::vector<TimeRuler::Bucket> bucketsOf(const std::vector<TimeSample>& samples, std::size_t count)
{
    std::vector<TimeRuler::Bucket> buckets(count);
    if (samples.empty() || count == 0)
        return buckets;
    const auto [first, last] = std::minmax_element(samples.begin(), samples.end(),
        [](const TimeSample& one, const TimeSample& other) { return one.msecs < other.msecs; });
    const double from = static_cast<double>(first->msecs);
    const double width = std::max(1.0, (static_cast<double>(last->msecs) - from) / static_cast<double>(count));
    const auto place = [&](qint64 msecs) { return (static_cast<double>(msecs) - from) / width; };
    buckets[std::min(count - 1, static_cast<std::size_t>(place(samples.front().msecs)))].total += 1;
    for (std::size_t at = 1; at < samples.size(); ++at) {
        const double entries = static_cast<double>(samples[at].index - samples[at - 1].index);
        const double start = place(samples[at - 1].msecs);
        const double end = std::max(start, place(samples[at].msecs));
        const std::size_t firstBucket = std::min(count - 1, static_cast<std::size_t>(start));
        const std::size_t lastBucket = std::min(count - 1, static_cast<std::size_t>(end));
        if (firstBucket == lastBucket || end <= start) {
            buckets[lastBucket].total += entries;
            continue;
        }
        for (std::size_t bucket = firstBucket; bucket <= lastBucket; ++bucket) {
            const double low = std::max(start, static_cast<double>(bucket));
            const double high = bucket == count - 1 ? end : std::min(end, static_cast<double>(bucket + 1));
            buckets[bucket].total += entries * std::max(0.0, high - low) / (end - start);
        }
    }
    return buckets;
}

std::pair<TimeSample, TimeSample> around(const std::vector<TimeSample>& samples, qint64 msecs)
{
    if (samples.empty())
        return {};
    const auto after
        = std::find_if(samples.begin(), samples.end(), [&](const TimeSample& sample) { return sample.msecs > msecs; });
    if (after == samples.end())
        return {samples.back(), samples.back()};
    if (after == samples.begin())
        return {*after, *after};
    return {*(after - 1), *after};
}

std::uint64_t guessBetween(const TimeSample& before, const TimeSample& after, qint64 msecs)
{
    if (after.index <= before.index + 1)
        return before.index;
    const double time = static_cast<double>(std::max<qint64>(1, after.msecs - before.msecs));
    const double share = std::clamp(static_cast<double>(msecs - before.msecs) / time, 0.0, 1.0);
    const auto room = static_cast<double>(after.index - before.index);
    const auto step = static_cast<std::uint64_t>(share * room);
    return before.index + std::clamp<std::uint64_t>(step, 1, after.index - before.index - 1);
}

}
