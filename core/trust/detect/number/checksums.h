#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace ephor::detect {

/// Check digits of published schemes. Every text here is compact (no separators) and of ASCII digits and capital
/// letters; where a function says digits, the caller has seen that they are. All are pure and take time linear in the
/// text.

/// ISO/IEC 7812-1 annex B: every second digit from the right doubled, cross sums, modulo 10.
constexpr bool luhnHolds(std::string_view digits)
{
    constexpr std::array<std::uint8_t, 10> doubled{0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    unsigned sum = 0;
    bool twice = false;
    for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
        const auto digit = unsigned(digits[i] - '0');
        sum += twice ? doubled[digit] : digit;
    }
    return !digits.empty() && sum % 10 == 0;
}

/// Verhoeff (1969): the dihedral group of order ten; finds every single error and every swap of neighbours.
bool verhoeffHolds(std::string_view digits);

/// ISO 7064 MOD 97-10 over digits and letters (A is 10 … Z is 35), as IBANs use it after moving four characters: the
/// remainder, 1 where it holds.
constexpr unsigned mod97(std::string_view text)
{
    unsigned remainder = 0;
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        const auto value = unsigned(digit ? c - '0' : c - 'A' + 10);
        remainder = (remainder * (digit ? 10 : 100) + value) % 97;
    }
    return remainder;
}

/// ISO 7064 MOD 11,10 over digits, the last being the check digit.
constexpr bool mod11Mod10Holds(std::string_view digits)
{
    unsigned product = 10;
    for (const char c : digits.substr(0, digits.size() - 1)) {
        unsigned sum = (unsigned(c - '0') + product) % 10;
        if (sum == 0)
            sum = 10;
        product = sum * 2 % 11;
    }
    return (11 - product) % 10 == unsigned(digits.back() - '0');
}

/// The sum of digit times weight over as many digits as there are weights.
constexpr unsigned weightedSum(std::string_view digits, std::span<const std::uint8_t> weights)
{
    unsigned sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        sum += unsigned(digits[i] - '0') * weights[i];
    return sum;
}

/// The same with the cross sum of each product, which is under 100.
constexpr unsigned crossSum(std::string_view digits, std::span<const std::uint8_t> weights)
{
    unsigned sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const unsigned product = unsigned(digits[i] - '0') * weights[i];
        sum += product / 10 + product % 10;
    }
    return sum;
}

/// ICAO Doc 9303 part 3: weights 7, 3, 1, letters from A as 10, modulo 10; the last character is the check digit.
constexpr bool icaoHolds(std::string_view text)
{
    constexpr std::array<unsigned, 3> weights{7, 3, 1};
    unsigned sum = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const char c = text[i];
        sum += unsigned(c >= '0' && c <= '9' ? c - '0' : c - 'A' + 10) * weights[i % 3];
    }
    return text.back() >= '0' && text.back() <= '9' && sum % 10 == unsigned(text.back() - '0');
}

/// A date of the Gregorian calendar.
constexpr bool isDate(unsigned year, unsigned month, unsigned day)
{
    constexpr std::array<unsigned, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1)
        return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

/// Base58Check as Bitcoin uses it: 25 bytes, of which the last four begin the double SHA-256 of the others. Letters
/// keep their case.
bool base58CheckHolds(std::string_view text);

/// BIP 173 and BIP 350: a segregated-witness address of Bitcoin, "bc1…" in one case, in Bech32 for version 0 and
/// Bech32m above.
bool bech32Holds(std::string_view text);

}
