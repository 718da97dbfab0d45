#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ephor {

/// What a hexadecimal digit of either case stands for; nothing for any other character.
constexpr std::optional<std::uint8_t> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return std::uint8_t(c - '0');
    const char lower = char(c | 0x20);
    if (lower >= 'a' && lower <= 'f')
        return std::uint8_t(lower - 'a' + 10);
    return std::nullopt;
}

/// The byte that two hexadecimal digits from `at` on spell; nothing where the text has no two there.
constexpr std::optional<std::uint8_t> hexByte(std::string_view text, std::size_t at)
{
    if (text.size() < 2 || at > text.size() - 2)
        return std::nullopt;
    const auto high = hexDigit(text[at]);
    const auto low = hexDigit(text[at + 1]);
    if (!high || !low)
        return std::nullopt;
    return std::uint8_t(*high << 4 | *low);
}

}
