#pragma once

#include "core/trust/detect/secret/secret_alphabet.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace ephor::detect {

/// Whether the byte is of one of both alphabets of Base64.
constexpr bool isBase64Any(char c)
{
    return contains(Alphabet::Base64, c) || contains(Alphabet::Base64Url, c);
}

inline constexpr std::size_t base64Masked = 64;

/// Which of 64 bytes are of them, a bit for each, the first byte's the lowest.
inline std::uint64_t base64Mask(const char* bytes)
{
    std::uint64_t mask = 0;
#ifdef __SSE2__
    // Of the unsigned distance to the first character of a range, the smaller of it and the range's length is itself.
    const auto within = [](__m128i text, char first, char last) {
        const __m128i distance = _mm_sub_epi8(text, _mm_set1_epi8(first));
        return _mm_cmpeq_epi8(_mm_min_epu8(distance, _mm_set1_epi8(char(last - first))), distance);
    };
    for (unsigned at = 0; at < base64Masked; at += sizeof(__m128i)) {
        const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
        const auto is = [&](char c) { return _mm_cmpeq_epi8(text, _mm_set1_epi8(c)); };
        const __m128i letters = within(_mm_or_si128(text, _mm_set1_epi8(0x20)), 'a', 'z');
        const __m128i digits = within(text, '/', '9'); // the slash stands before them
        const __m128i signs = _mm_or_si128(is('+'), _mm_or_si128(is('-'), is('_')));
        const auto bits = unsigned(_mm_movemask_epi8(_mm_or_si128(letters, _mm_or_si128(digits, signs))));
        mask |= std::uint64_t(bits) << at;
    }
#else
    for (std::size_t i = 0; i < base64Masked; ++i)
        mask |= std::uint64_t(isBase64Any(bytes[i]) ? 1 : 0) << i;
#endif
    return mask;
}

/// The same of text[from] and the 63 bytes behind it; what lies behind the end of the text is of none.
inline std::uint64_t base64MaskAt(std::string_view text, std::size_t from)
{
    if (from + base64Masked <= text.size()) [[likely]]
        return base64Mask(text.data() + from);
    std::array<char, base64Masked> tail{};
    if (from < text.size())
        std::copy(text.begin() + std::ptrdiff_t(from), text.end(), tail.begin());
    return base64Mask(tail.data());
}

/// Whether eight of the bits, from a multiple of eight on, are all set.
constexpr bool hasWholeByte(std::uint64_t mask)
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    return ((~mask - ones) & mask & (ones << 7)) != 0;
}

/// The bits of `mask` from which on at least 24 in a row are set, those of `next` being the ones behind its last.
constexpr std::uint64_t startsOf24(std::uint64_t mask, std::uint64_t next)
{
    // So many in a row as are known, doubled each time: bit i says that of i and those behind it.
    const auto withThoseAt = [](std::uint64_t& low, std::uint64_t& high, unsigned distance) {
        low &= low >> distance | high << (64 - distance);
        high &= high >> distance;
    };
    for (const unsigned distance : {1U, 2U, 4U, 8U, 8U})
        withThoseAt(mask, next, distance);
    return mask;
}

}
