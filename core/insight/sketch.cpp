#include "core/insight/sketch.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace ephor::insight {

namespace {

constexpr double gammaBase = (1 + Sketch::relativeAccuracy) / (1 - Sketch::relativeAccuracy);
constexpr std::uint8_t sketchFormat = 1;
// Above every index that a value within the limits has; a stored one beyond it is damage, not memory to allocate.
constexpr std::int64_t farthestIndex = 4'096;

std::int64_t binOf(double value)
{
    static const double logGamma = std::log(gammaBase);
    return std::int64_t(std::ceil(std::log(value) / logGamma));
}

double valueOfBin(std::int64_t index)
{
    return 2 * std::pow(gammaBase, double(index)) / (gammaBase + 1);
}

void writeNumber(Bytes& out, std::uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        out.push_back(std::uint8_t(number | 0x80));
    out.push_back(std::uint8_t(number));
}

class NumberReader {
public:
    explicit NumberReader(BytesView bytes)
        : m_bytes(bytes)
    {
    }
    std::optional<std::uint64_t> next()
    {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64 && m_at < m_bytes.size(); shift += 7) {
            const std::uint8_t byte = m_bytes[m_at++];
            number |= std::uint64_t(byte & 0x7f) << shift;
            if ((byte & 0x80) == 0)
                return number;
        }
        return std::nullopt;
    }
    bool atEnd() const { return m_at == m_bytes.size(); }

private:
    BytesView m_bytes;
    std::size_t m_at = 0;
};

using BinCount = std::pair<std::int64_t, std::uint64_t>;

struct StoredSketch {
    std::uint64_t zeros = 0;
    std::vector<BinCount> bins;
};

std::optional<StoredSketch> readStored(BytesView bytes)
{
    if (bytes.empty() || bytes.front() != sketchFormat)
        return std::nullopt;
    NumberReader reader(bytes.subspan(1));
    const auto zeros = reader.next();
    const auto used = reader.next();
    if (!zeros || !used || *used > std::uint64_t(2 * farthestIndex + 1))
        return std::nullopt;
    StoredSketch stored{*zeros, {}};
    stored.bins.reserve(std::size_t(*used));
    std::int64_t index = 0;
    for (std::uint64_t i = 0; i < *used; ++i) {
        const auto place = reader.next();
        const auto times = reader.next();
        if (!place || !times || *place > std::uint64_t(4 * farthestIndex))
            return std::nullopt;
        index = i == 0 ? std::int64_t(*place >> 1) ^ -std::int64_t(*place & 1) : index + std::int64_t(*place);
        if (index < -farthestIndex || index > farthestIndex)
            return std::nullopt;
        stored.bins.emplace_back(index, *times);
    }
    return reader.atEnd() ? std::optional(std::move(stored)) : std::nullopt;
}

}

Sketch::Sketch(std::size_t binLimit)
    : m_binLimit(std::max<std::size_t>(binLimit, 1))
{
}

void Sketch::add(double value, std::uint64_t times)
{
    if (times == 0)
        return;
    if (!(value >= smallestValue)) {
        m_zeros += times;
        m_count += times;
        return;
    }
    addToBin(binOf(std::min(value, largestValue)), times);
}

void Sketch::addToBin(std::int64_t index, std::uint64_t times)
{
    m_count += times;
    if (m_bins.empty()) {
        m_lowest = index;
        m_bins.push_back(times);
        return;
    }
    if (index > highest())
        raiseTo(index);
    else if (index < m_lowest)
        lowerTo(index);
    // A bin below the lowest that there is room for was collapsed into it.
    m_bins[std::size_t(std::max<std::int64_t>(index - m_lowest, 0))] += times;
}

void Sketch::raiseTo(std::int64_t index)
{
    const std::int64_t newLowest = std::max(m_lowest, index - std::int64_t(m_binLimit) + 1);
    const auto collapsed = std::min(std::size_t(newLowest - m_lowest), m_bins.size());
    const std::uint64_t below
        = std::accumulate(m_bins.begin(), m_bins.begin() + std::ptrdiff_t(collapsed), std::uint64_t(0));
    m_bins.erase(m_bins.begin(), m_bins.begin() + std::ptrdiff_t(collapsed));
    m_lowest = newLowest;
    m_bins.resize(std::size_t(index - m_lowest) + 1);
    m_bins.front() += below;
}

void Sketch::lowerTo(std::int64_t index)
{
    const std::int64_t newLowest = std::max(index, highest() - std::int64_t(m_binLimit) + 1);
    m_bins.insert(m_bins.begin(), std::size_t(m_lowest - newLowest), 0);
    m_lowest = newLowest;
}

void Sketch::merge(const Sketch& other)
{
    m_zeros += other.m_zeros;
    m_count += other.m_zeros;
    for (std::size_t i = 0; i < other.m_bins.size(); ++i) {
        if (other.m_bins[i] > 0)
            addToBin(other.m_lowest + std::int64_t(i), other.m_bins[i]);
    }
}

std::optional<double> Sketch::quantile(double q) const
{
    if (m_count == 0)
        return std::nullopt;
    const double rank = std::clamp(q, 0.0, 1.0) * double(m_count - 1);
    std::uint64_t passed = m_zeros;
    if (double(passed) > rank)
        return 0.0;
    for (std::size_t i = 0; i < m_bins.size(); ++i) {
        passed += m_bins[i];
        if (double(passed) > rank)
            return valueOfBin(m_lowest + std::int64_t(i));
    }
    return valueOfBin(highest());
}

Bytes Sketch::toBytes() const
{
    Bytes out{sketchFormat};
    writeNumber(out, m_zeros);
    writeNumber(out, std::uint64_t(std::ranges::count_if(m_bins, [](std::uint64_t times) { return times > 0; })));
    std::optional<std::int64_t> previous;
    for (std::size_t i = 0; i < m_bins.size(); ++i) {
        if (m_bins[i] == 0)
            continue;
        const std::int64_t index = m_lowest + std::int64_t(i);
        const std::uint64_t zigzag = (std::uint64_t(index) << 1) ^ std::uint64_t(index >> 63);
        writeNumber(out, previous ? std::uint64_t(index - *previous) : zigzag);
        writeNumber(out, m_bins[i]);
        previous = index;
    }
    return out;
}

Result<void> Sketch::mergeBytes(BytesView bytes)
{
    const auto stored = readStored(bytes);
    if (!stored)
        return fail(ErrorKind::Internal, "sketch.damaged", "A stored latency sketch cannot be read.",
            "Older numbers may be incomplete; new ones are not affected.");
    m_zeros += stored->zeros;
    m_count += stored->zeros;
    for (const auto& [index, times] : stored->bins) {
        if (times > 0)
            addToBin(index, times);
    }
    return {};
}

}
