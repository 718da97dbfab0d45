#include "core/base/text.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace ephor {

namespace {

// Length of the well-formed sequence at `at`, or 0 (Unicode 15, table 3-7).
std::size_t sequenceLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) -> unsigned { return i < text.size() ? std::uint8_t(text[i]) : 0u; };
    const auto follows
        = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) { return byte(i) >= low && byte(i) <= high; };
    const unsigned first = byte(at);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return follows(at + 1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = first == 0xED ? 0x9F : 0xBF;
        return follows(at + 1, low, high) && follows(at + 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const unsigned low = first == 0xF0 ? 0x90 : 0x80;
        const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
        return follows(at + 1, low, high) && follows(at + 2) && follows(at + 3) ? 4 : 0;
    }
    return 0;
}

// Where the run of ASCII from `at` ends, looked at eight bytes at a time.
std::size_t asciiEnd(std::string_view text, std::size_t at)
{
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t highBits = 0x8080808080808080;
    for (; at + sizeof highBits <= text.size(); at += sizeof highBits) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, sizeof eight);
        if (const std::uint64_t high = eight & highBits; high != 0)
            return at + std::size_t(std::countr_zero(high)) / 8;
    }
    while (at < text.size() && std::uint8_t(text[at]) < 0x80)
        ++at;
    return at;
}

// Of the characters of two bytes, which most of those beyond ASCII are in Latin, Greek and Cyrillic script.
bool isPairAt(std::string_view text, std::size_t at)
{
    return at + 1 < text.size() && (std::uint8_t(text[at]) & 0xE0U) == 0xC0 && std::uint8_t(text[at]) >= 0xC2
        && (std::uint8_t(text[at + 1]) & 0xC0U) == 0x80;
}

char32_t decode(std::string_view text, std::size_t at, std::size_t length)
{
    const auto byte = [&](std::size_t i) { return char32_t(std::uint8_t(text[at + i])); };
    switch (length) {
    case 1:
        return byte(0);
    case 2:
        return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3:
        return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    default:
        return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    }
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}

bool isUtf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        at = asciiEnd(text, at);
        if (at == text.size())
            break;
        const std::size_t length = isPairAt(text, at) ? 2 : sequenceLength(text, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

std::u16string toUtf16(std::string_view text)
{
    std::u16string wide;
    wide.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequenceLength(text, at);
        const char32_t point = length == 0 ? U'\uFFFD' : decode(text, at, length);
        if (point >= 0x10000) {
            wide.push_back(char16_t(0xD800 + ((point - 0x10000) >> 10)));
            wide.push_back(char16_t(0xDC00 + ((point - 0x10000) & 0x3FF)));
        } else {
            wide.push_back(char16_t(point));
        }
        at += std::max<std::size_t>(length, 1);
    }
    return wide;
}

std::size_t codePointCount(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        at += std::max<std::size_t>(sequenceLength(text, at), 1);
    return count;
}

std::string shorten(std::string_view text, std::size_t count)
{
    std::size_t at = 0;
    for (std::size_t seen = 0; at < text.size(); ++seen) {
        if (seen == count)
            return std::string(text.substr(0, at)) + "…";
        at += std::max<std::size_t>(sequenceLength(text, at), 1);
    }
    return std::string(text);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

std::vector<std::string_view> splitLines(std::string_view text)
{
    if (text.empty())
        return {};
    if (text.back() == '\n')
        text.remove_suffix(1);
    return split(text, '\n');
}

std::string_view trim(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string countWords(std::uint64_t count, std::string_view noun)
{
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string lowerAscii(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = char(c - 'A' + 'a');
    }
    return lower;
}

TextPosition positionAt(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, offset);
    const std::size_t lastBreak = before.rfind('\n');
    return {1 + std::size_t(std::count(before.begin(), before.end(), '\n')),
        lastBreak == std::string_view::npos ? before.size() + 1 : before.size() - lastBreak};
}

}
