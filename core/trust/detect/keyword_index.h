#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds where any of some hundred keywords stands in a text, in one pass: three bytes decide, by one bit of a small
/// table, whether a place deserves a closer look. Immutable once made and used by many threads at once.
class KeywordIndex {
public:
    /// Three bytes decide, so a keyword has at least as many.
    static constexpr std::size_t shortest = 3;

    /// ASCII letters are compared without case.
    explicit KeywordIndex(std::vector<std::string> keywords);

    /// Calls `visit(keyword, start)`, the place in the list and the place in the text, in the order of the text.
    /// Overlapping keywords are all visited.
    template <class Visit> void each(std::string_view text, Visit visit) const;

private:
    static constexpr std::uint32_t bits = 1U << 16;
    struct Bucket {
        std::uint32_t triple = 0;
        std::uint32_t first = 0; ///< of m_members
        std::uint32_t count = 0;
    };

    static std::uint8_t folded(char c)
    {
        const auto byte = std::uint8_t(c);
        return byte >= 'A' && byte <= 'Z' ? std::uint8_t(byte | 0x20) : byte;
    }
    static std::uint32_t tripleAt(const char* at)
    {
        return std::uint32_t(folded(at[0])) << 16 | std::uint32_t(folded(at[1])) << 8 | folded(at[2]);
    }
    static std::uint32_t slotOf(std::uint32_t triple) { return (triple * 0x9E3779B1U) >> 16; }
    std::span<const std::uint32_t> membersOf(std::uint32_t triple) const;
    bool standsAt(std::uint32_t keyword, std::string_view text) const;

    std::vector<std::string> m_keywords; ///< folded
    std::vector<Bucket> m_buckets; ///< sorted by triple
    std::vector<std::uint32_t> m_members;
    std::bitset<bits> m_seen;
};

template <class Visit> void KeywordIndex::each(std::string_view text, Visit visit) const
{
    if (text.size() < shortest)
        return;
    std::uint32_t triple = std::uint32_t(folded(text[0])) << 8 | folded(text[1]);
    for (std::size_t end = 2; end < text.size(); ++end) {
        triple = (triple << 8 | folded(text[end])) & 0xFFFFFFU;
        if (!m_seen[slotOf(triple)])
            continue;
        const std::size_t start = end - 2;
        for (const std::uint32_t keyword : membersOf(triple)) {
            if (standsAt(keyword, text.substr(start)))
                visit(keyword, start);
        }
    }
}

}
