#include "core/trust/sanitize/code_point.h"

#include <bit>
#include <cstring>

namespace ephor::sanitize {

namespace {

/// How a sequence may go on after its first byte (Unicode 15, table 3-7).
struct SequenceShape {
    std::uint8_t length = 0;
    std::uint8_t secondLow = 0x80;
    std::uint8_t secondHigh = 0xBF;
    std::uint8_t bits = 0; ///< of the first byte that belong to the value
};

SequenceShape shapeOf(const unsigned first)
{
    if (first >= 0xC2 && first <= 0xDF)
        return {2, 0x80, 0xBF, 0x1F};
    if (first >= 0xE0 && first <= 0xEF)
        return {3, std::uint8_t(first == 0xE0 ? 0xA0 : 0x80), std::uint8_t(first == 0xED ? 0x9F : 0xBF), 0x0F};
    if (first >= 0xF0 && first <= 0xF4)
        return {4, std::uint8_t(first == 0xF0 ? 0x90 : 0x80), std::uint8_t(first == 0xF4 ? 0x8F : 0xBF), 0x07};
    return {};
}

}

CodePoint codePointAt(const std::string_view text, const std::size_t at)
{
    const unsigned first = std::uint8_t(text[at]);
    if (first < 0x80)
        return {first, 1, true};
    if (const unsigned second = at + 1 < text.size() ? std::uint8_t(text[at + 1]) : 0;
        first >= 0xC2 && first <= 0xDF && (second & 0xC0) == 0x80) [[likely]]
        return {(first & 0x1FU) << 6 | (second & 0x3FU), 2, true};
    const SequenceShape shape = shapeOf(first);
    if (shape.length == 0)
        return {};
    char32_t value = first & shape.bits;
    for (std::uint8_t i = 1; i < shape.length; ++i) {
        const unsigned low = i == 1 ? shape.secondLow : 0x80;
        const unsigned high = i == 1 ? shape.secondHigh : 0xBF;
        const unsigned next = at + i < text.size() ? std::uint8_t(text[at + i]) : 0;
        if (next < low || next > high)
            return {0xFFFD, i, false};
        value = value << 6 | (next & 0x3F);
    }
    return {value, shape.length, true};
}

void appendUtf8(std::string& text, const char32_t value)
{
    if (value < 0x80) {
        text += char(value);
    } else if (value < 0x800) {
        text += char(0xC0 | value >> 6);
        text += char(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
        text += char(0xE0 | value >> 12);
        text += char(0x80 | (value >> 6 & 0x3F));
        text += char(0x80 | (value & 0x3F));
    } else {
        text += char(0xF0 | value >> 18);
        text += char(0x80 | (value >> 12 & 0x3F));
        text += char(0x80 | (value >> 6 & 0x3F));
        text += char(0x80 | (value & 0x3F));
    }
}

std::size_t asciiEnd(const std::string_view text, std::size_t from)
{
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t highBits = 0x8080808080808080;
    for (; from + sizeof(std::uint64_t) <= text.size(); from += sizeof(std::uint64_t)) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + from, sizeof eight);
        if (const std::uint64_t high = eight & highBits; high != 0)
            return from + std::size_t(std::countr_zero(high)) / 8;
    }
    while (from < text.size() && std::uint8_t(text[from]) < 0x80)
        ++from;
    return from;
}

}
