#include "core/trust/sanitize/hidden_bits.h"

#include "core/base/text.h"

#include <algorithm>
#include <vector>

namespace ephor::sanitize {

namespace {

/// One bit a character; groups of at most eight where a separator parts them.
std::string bytesOfBits(const std::u32string_view run, const char32_t one, const char32_t zero)
{
    std::string bytes;
    unsigned value = 0;
    unsigned bits = 0;
    const auto take = [&] {
        if (bits != 0)
            bytes += char(value);
        value = bits = 0;
    };
    for (const char32_t c : run) {
        if (c != one && c != zero) {
            take();
            continue;
        }
        value = value << 1 | (c == one ? 1U : 0U);
        if (++bits == 8)
            take();
    }
    // What is left over is padding.
    if (bits >= 7)
        take();
    return bytes;
}

std::vector<char32_t> kindsIn(const std::u32string_view run)
{
    std::vector<char32_t> kinds;
    for (const char32_t c : run) {
        if (std::ranges::find(kinds, c) == kinds.end())
            kinds.push_back(c);
        if (kinds.size() > 3)
            break;
    }
    return kinds;
}

}

std::string asReadableText(const std::string_view bytes)
{
    if (bytes.empty() || !isUtf8(bytes))
        return {};
    const bool controls = std::ranges::any_of(bytes,
        [](const char c) { return (std::uint8_t(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F; });
    const auto plain = std::ranges::count_if(bytes, [](const char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' '
            || std::uint8_t(c) >= 0x80;
    });
    return controls || std::size_t(plain) * 2 < bytes.size() ? std::string() : std::string(bytes);
}

std::string bytesOfSelectors(const std::u32string_view selectors)
{
    std::string bytes;
    for (const char32_t c : selectors) {
        if (c >= 0xFE00 && c <= 0xFE0F)
            bytes += char(c - 0xFE00);
        else if (c >= 0xE0100 && c <= 0xE01EF)
            bytes += char(c - 0xE0100 + 16);
    }
    return bytes;
}

std::string textOfBits(const std::u32string_view run)
{
    // Fewer make no two letters; more than this is cut for showing anyway.
    constexpr std::size_t fewest = 14;
    constexpr std::size_t most = 8 * 512;
    if (run.size() < fewest)
        return {};
    const std::u32string_view start = run.substr(0, most);
    const auto kinds = kindsIn(start);
    if (kinds.size() < 2 || kinds.size() > 3)
        return {};
    for (const char32_t one : kinds)
        for (const char32_t zero : kinds)
            if (one != zero)
                if (std::string text = asReadableText(bytesOfBits(start, one, zero)); text.size() > 1)
                    return text;
    return {};
}

}
