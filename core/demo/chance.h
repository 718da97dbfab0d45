#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ephor::demo {

/// Seeded random numbers that are the same on every machine (SplitMix64; the standard library's distributions are
/// not). Not thread-safe.
class Chance {
public:
    explicit Chance(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t next()
    {
        // Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014.
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// From 0 up to but without 1.
    double unit() { return double(next() >> 11) * 0x1.0p-53; }
    /// From 0 up to but without `count`, which must not be 0.
    std::size_t below(std::size_t count) { return std::size_t(next() % count); }
    bool happens(double probability) { return unit() < probability; }
    /// One of a list that is not empty.
    template <class T> const T& pick(const std::vector<T>& list) { return list[below(list.size())]; }
    /// The index of one weight, chosen in proportion; the weights are positive.
    std::size_t weighted(const std::vector<double>& weights)
    {
        double sum = 0;
        for (const double weight : weights)
            sum += weight;
        double at = unit() * sum;
        for (std::size_t index = 0; index < weights.size(); ++index) {
            if (at < weights[index])
                return index;
            at -= weights[index];
        }
        return weights.size() - 1;
    }

private:
    std::uint64_t m_state;
};

}
