#pragma once

#include "core/trust/detect/candidate/byte_class.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace ephor::detect {

/// 64 bytes of a text at once, a bit for each: what finders go by, so that they need not look at every byte.
struct ByteMasks {
    std::uint64_t digits = 0;
    std::uint64_t capitals = 0;
    std::uint64_t smalls = 0;
    std::uint64_t high = 0; ///< of characters beyond ASCII
    std::uint64_t leads = 0; ///< of those, the first bytes of characters of three and four bytes
    std::uint64_t joints = 0; ///< ".", ":" and "-"
    std::uint64_t colons = 0;
    std::uint64_t blanks = 0; ///< " "

    std::uint64_t words() const { return digits | capitals | smalls; }
};

inline constexpr std::size_t maskedBytes = 64;

#ifdef __SSE2__

[[gnu::always_inline]] inline void addMasks(const char* bytes, unsigned shift, ByteMasks& masks)
{
    const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    const auto bits = [shift](__m128i matched) { return std::uint64_t(unsigned(_mm_movemask_epi8(matched))) << shift; };
    const auto is = [&](char c) { return _mm_cmpeq_epi8(text, _mm_set1_epi8(c)); };
    // Of the unsigned distance to the first character of a range, the smaller of it and the range's length is itself.
    const auto within = [&](char first, char last) {
        const __m128i distance = _mm_sub_epi8(text, _mm_set1_epi8(first));
        return _mm_cmpeq_epi8(_mm_min_epu8(distance, _mm_set1_epi8(char(last - first))), distance);
    };
    const __m128i colon = is(':');
    masks.digits |= bits(within('0', '9'));
    masks.capitals |= bits(within('A', 'Z'));
    masks.smalls |= bits(within('a', 'z'));
    masks.high |= bits(text);
    masks.leads |= bits(within('\xE0', '\xFF'));
    masks.colons |= bits(colon);
    masks.joints |= bits(_mm_or_si128(colon, _mm_or_si128(is('.'), is('-'))));
    masks.blanks |= bits(is(' '));
}

inline constexpr std::size_t maskStep = 16;

#else

inline void addMasks(const char* bytes, unsigned shift, ByteMasks& masks)
{
    const std::uint64_t bit = std::uint64_t(1) << shift;
    const char c = *bytes;
    const std::uint8_t kind = classOf(c);
    masks.digits |= (kind & DigitByte) != 0 ? bit : 0;
    masks.capitals |= (kind & CapitalByte) != 0 ? bit : 0;
    masks.smalls |= (kind & SmallByte) != 0 ? bit : 0;
    masks.high |= (kind & HighByte) != 0 ? bit : 0;
    masks.leads |= std::uint8_t(c) >= 0xE0 ? bit : 0;
    masks.colons |= c == ':' ? bit : 0;
    masks.joints |= c == '.' || c == ':' || c == '-' ? bit : 0;
    masks.blanks |= c == ' ' ? bit : 0;
}

inline constexpr std::size_t maskStep = 1;

#endif

/// Of text[from] and the 63 bytes behind it; what lies behind the end of the text is nothing.
[[gnu::always_inline]] inline ByteMasks masksAt(std::string_view text, std::size_t from)
{
    char tail[maskedBytes] = {};
    const char* bytes = text.data() + from;
    if (text.size() - from < maskedBytes) {
        std::memcpy(tail, bytes, text.size() - from);
        bytes = tail;
    }
    ByteMasks masks;
#pragma GCC unroll 4
    for (std::size_t i = 0; i < maskedBytes; i += maskStep)
        addMasks(bytes + i, unsigned(i), masks);
    return masks;
}

}
