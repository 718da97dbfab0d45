#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ephor::sanitize {

/// Tells most words that are not in a list of lower-case ones from their first and last letter and their length alone.
class WordFilter {
public:
    static constexpr std::size_t longest = 16;

    constexpr void add(const std::string_view word) { m_lengths[at(word.front(), word.back())] |= bit(word.size()); }

    /// False: certainly not in the list. The letters are lower-case ASCII, the length 1 to `longest`.
    constexpr bool mayHave(const char first, const char last, const std::size_t length) const
    {
        return (m_lengths[at(first, last)] & bit(length)) != 0;
    }

private:
    static constexpr std::size_t at(const char first, const char last)
    {
        return std::size_t(first - 'a') * 26 + std::size_t(last - 'a');
    }
    static constexpr std::uint32_t bit(const std::size_t length) { return 1U << length; }

    std::array<std::uint32_t, 26 * 26> m_lengths{};
};

}
