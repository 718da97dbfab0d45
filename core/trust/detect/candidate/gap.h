#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace ephor::detect {

/// What may stand between two groups of a number, one bit each.
enum Gap : std::uint8_t {
    NoGap = 0,
    SpaceGap = 1, ///< one blank of any width
    DashGap = 2, ///< "-" and the dashes that stand in for it
    DotGap = 4,
    SlashGap = 8,
    UnderscoreGap = 16,
    ColonGap = 32,
    PlusGap = 64,
};

inline constexpr std::array<std::uint8_t, 256> gapBits = [] {
    std::array<std::uint8_t, 256> bits{};
    bits[' '] = SpaceGap;
    bits['-'] = DashGap;
    bits['.'] = DotGap;
    bits['/'] = SlashGap;
    bits['_'] = UnderscoreGap;
    bits[':'] = ColonGap;
    bits['+'] = PlusGap;
    return bits;
}();

/// The bit of the separator, or NoGap for any other character.
constexpr std::uint8_t gapOf(char c)
{
    return gapBits[std::uint8_t(c)];
}

/// The place of a separator's bit, from 1 on; 0 for NoGap.
inline constexpr std::array<std::uint8_t, PlusGap + 1> gapPlaces = [] {
    std::array<std::uint8_t, PlusGap + 1> places{};
    for (std::uint8_t i = 1; i < 8; ++i)
        places[std::size_t(1) << (i - 1)] = i;
    return places;
}();

}
