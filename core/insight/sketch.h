#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ephor::insight {

/// Quantiles of many positive values in little memory: DDSketch (Masson, Rim, Lee, 2019) with a dense store that
/// collapses its lowest bins. A quantile is within 1 % of the true value; two sketches merge to the sketch of both.
/// Bin i holds the values in (γ^(i−1), γ^i], γ = (1+α)/(1−α); its value is 2γ^i/(γ+1). Not thread-safe.
class Sketch {
public:
    static constexpr double relativeAccuracy = 0.01;
    /// From a microsecond to thirty years in seconds takes 1,727 bins, so that latencies never collapse.
    static constexpr std::size_t mostBins = 2'048;
    static constexpr double smallestValue = 1e-6; ///< what is below counts as zero
    static constexpr double largestValue = 1e9; ///< what is above counts as this

    explicit Sketch(std::size_t binLimit = mostBins);

    /// Negative and undefined values are no durations; they count as zero, so that the count stays true.
    void add(double value, std::uint64_t times = 1);
    void merge(const Sketch& other);
    std::uint64_t count() const { return m_count; }
    /// The value at rank q·(n−1), q in 0…1; nothing of an empty sketch.
    std::optional<double> quantile(double q) const;

    /// Format 1: the byte 1, then unsigned LEB128 numbers: zeros, used bins, and for each used bin the index (the first
    /// one zigzag, the others as the distance from the one before) and its count.
    Bytes toBytes() const;
    /// Adds what toBytes wrote. Nothing is added when it fails. Code: sketch.damaged.
    Result<void> mergeBytes(BytesView bytes);

private:
    void addToBin(std::int64_t index, std::uint64_t times);
    void raiseTo(std::int64_t index);
    void lowerTo(std::int64_t index);
    std::int64_t highest() const { return m_lowest + std::int64_t(m_bins.size()) - 1; }

    std::size_t m_binLimit;
    std::vector<std::uint64_t> m_bins; ///< m_bins[0] is bin m_lowest
    std::int64_t m_lowest = 0;
    std::uint64_t m_zeros = 0;
    std::uint64_t m_count = 0;
};

}
