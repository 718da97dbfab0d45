#include "core/contract/json_number.h"

#include <cfloat>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace ephor::contract {

static_assert(LDBL_MANT_DIG >= 64, "every 64-bit integer must be exact in WideNumber");

namespace {

__extension__ using Wide128 = unsigned __int128;

// mantissa × 10^exponent; the sign does not matter to divisibility.
struct Decimal {
    std::uint64_t mantissa = 0;
    int exponent = 0;
};

Decimal reduced(Decimal decimal)
{
    while (decimal.mantissa != 0 && decimal.mantissa % 10 == 0) {
        decimal.mantissa /= 10;
        ++decimal.exponent;
    }
    return decimal;
}

Decimal decimalOf(const Json& number)
{
    if (number.is_number_unsigned())
        return reduced({number.get<std::uint64_t>(), 0});
    if (number.is_number_integer()) {
        const auto value = number.get<std::int64_t>();
        return reduced({value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value), 0});
    }
    char text[32];
    const auto end
        = std::to_chars(text, text + sizeof text, std::fabs(number.get<double>()), std::chars_format::scientific);
    Decimal decimal;
    int fraction = 0;
    bool afterPoint = false;
    const char* at = text;
    for (; at != end.ptr && *at != 'e'; ++at) {
        if (*at == '.') {
            afterPoint = true;
            continue;
        }
        decimal.mantissa = decimal.mantissa * 10 + static_cast<std::uint64_t>(*at - '0');
        fraction += afterPoint ? 1 : 0;
    }
    if (at != end.ptr) {
        ++at;
        if (*at == '+')
            ++at;
        std::from_chars(at, end.ptr, decimal.exponent);
    }
    decimal.exponent -= fraction;
    return reduced(decimal);
}

std::uint64_t multiplyModulo(std::uint64_t left, std::uint64_t right, std::uint64_t modulus)
{
    return static_cast<std::uint64_t>(Wide128(left) * right % modulus);
}

std::uint64_t powerOfTenModulo(int exponent, std::uint64_t modulus)
{
    std::uint64_t result = 1 % modulus;
    std::uint64_t base = 10 % modulus;
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2 != 0)
            result = multiplyModulo(result, base, modulus);
        base = multiplyModulo(base, base, modulus);
    }
    return result;
}

}

WideNumber wideNumber(const Json& number)
{
    if (number.is_number_unsigned())
        return static_cast<WideNumber>(number.get<std::uint64_t>());
    if (number.is_number_integer())
        return static_cast<WideNumber>(number.get<std::int64_t>());
    return static_cast<WideNumber>(number.get<double>());
}

bool isIntegral(const Json& value)
{
    if (value.is_number_integer())
        return true;
    if (!value.is_number_float())
        return false;
    const double number = value.get<double>();
    return std::isfinite(number) && std::trunc(number) == number;
}

bool isMultipleOf(const Json& value, const Json& divisor)
{
    if (value.is_number_float() && !std::isfinite(value.get<double>()))
        return false;
    const Decimal dividend = decimalOf(value);
    const Decimal by = decimalOf(divisor);
    if (dividend.mantissa == 0)
        return true;
    if (by.mantissa == 0)
        return false;
    const int shift = dividend.exponent - by.exponent;
    if (shift >= 0)
        return multiplyModulo(dividend.mantissa % by.mantissa, powerOfTenModulo(shift, by.mantissa), by.mantissa) == 0;
    // Beyond 10^19 the divisor is larger than any 64-bit mantissa can be.
    if (shift < -19)
        return false;
    Wide128 scaled = by.mantissa;
    for (int i = shift; i < 0; ++i)
        scaled *= 10;
    return Wide128(dividend.mantissa) % scaled == 0;
}

}
