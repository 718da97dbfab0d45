#include "core/trust/cedar/decimal.h"

#include "core/trust/cedar/digits.h"

namespace ephor::cedar {

namespace {

constexpr std::int64_t decimalScale = 10'000;
constexpr std::size_t decimalPlaces = 4;

}

std::optional<std::int64_t> readDecimal(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative)
        text.remove_prefix(1);
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos)
        return std::nullopt;
    const std::string_view fraction = text.substr(point + 1);
    if (fraction.size() > decimalPlaces)
        return std::nullopt;
    const Sign sign = negative ? Sign::Negative : Sign::Positive;
    auto whole = readDigits(text.substr(0, point), sign);
    auto part = readDigits(fraction, sign);
    if (!whole || !part)
        return std::nullopt;
    for (std::size_t i = fraction.size(); i < decimalPlaces; ++i)
        *part *= 10;
    std::int64_t sum = 0;
    if (__builtin_mul_overflow(*whole, decimalScale, &sum) || __builtin_add_overflow(sum, *part, &sum))
        return std::nullopt;
    return sum;
}

std::string decimalText(std::int64_t tenThousandths)
{
    const bool negative = tenThousandths < 0;
    const std::uint64_t size = negative ? 0 - std::uint64_t(tenThousandths) : std::uint64_t(tenThousandths);
    std::string fraction = std::to_string(size % std::uint64_t(decimalScale));
    fraction.insert(0, decimalPlaces - fraction.size(), '0');
    while (fraction.size() > 1 && fraction.back() == '0')
        fraction.pop_back();
    return (negative ? "-" : "") + std::to_string(size / std::uint64_t(decimalScale)) + "." + fraction;
}

}
