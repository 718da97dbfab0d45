#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace ephor::detect {

constexpr bool isAsciiDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr unsigned digitAt(std::string_view text, std::size_t at)
{
    return unsigned(text[at] - '0');
}

/// The number that `count` digits from `at` write; at most nine of them.
constexpr unsigned numberAt(std::string_view text, std::size_t at, std::size_t count)
{
    unsigned number = 0;
    for (std::size_t i = at; i < at + count; ++i)
        number = number * 10 + digitAt(text, i);
    return number;
}

/// Whether all characters are the same, as in numbers that stand for none.
constexpr bool isUniform(std::string_view text)
{
    return std::ranges::all_of(text, [&](char c) { return c == text.front(); });
}

constexpr bool hasOnlyDigits(std::string_view text)
{
    return std::ranges::all_of(text, isAsciiDigit);
}

}
