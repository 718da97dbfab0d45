#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ephor::cedar {

/// Which way digits count, so that the lowest 64-bit number needs no special case.
enum class Sign { Positive = 0, Negative = 1 };

inline bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

/// A number of decimal digits alone, at least one; nothing when it does not fit 64 bits.
inline std::optional<std::int64_t> readDigits(std::string_view digits, Sign sign)
{
    if (digits.empty())
        return std::nullopt;
    std::int64_t number = 0;
    for (const char digit : digits) {
        const std::int64_t step = sign == Sign::Negative ? '0' - digit : digit - '0';
        if (!isDigit(digit) || __builtin_mul_overflow(number, std::int64_t{10}, &number)
            || __builtin_add_overflow(number, step, &number))
            return std::nullopt;
    }
    return number;
}

}
