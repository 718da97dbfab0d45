#include "core/trust/detect/number/checksums.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/number/number_checks.h"

#include <array>
#include <cstdint>
#include <string>

namespace ephor::detect {

namespace {

Check holdsIf(bool condition)
{
    return condition ? Check::Holds : Check::Fails;
}

/// Numbers that begin with `low` to `high` (of as many digits) and have `least` to `most` digits belong to one brand.
struct CardRange {
    std::uint32_t low;
    std::uint32_t high;
    std::uint8_t digits;
    std::uint8_t least;
    std::uint8_t most;
};

// Ranges as the brands publish them: Visa, Mastercard with its 2-series, American Express, Diners Club, Discover, JCB,
// UnionPay, Maestro, Mir, RuPay, Troy, InstaPayment, UATP left out, since any number may begin with 1.
constexpr CardRange cardRanges[] = {
    {4, 4, 1, 16, 16},
    {4, 4, 1, 13, 13},
    {4, 4, 1, 19, 19},
    {51, 55, 2, 16, 16},
    {2221, 2720, 4, 16, 16},
    {34, 34, 2, 15, 15},
    {37, 37, 2, 15, 15},
    {300, 305, 3, 14, 14},
    {3095, 3095, 4, 14, 14},
    {36, 36, 2, 14, 14},
    {38, 39, 2, 14, 14},
    {6011, 6011, 4, 16, 19},
    {644, 649, 3, 16, 19},
    {65, 65, 2, 16, 19},
    {3528, 3589, 4, 16, 19},
    {2131, 2131, 4, 15, 15},
    {1800, 1800, 4, 15, 15},
    {62, 62, 2, 16, 19},
    {81, 81, 2, 16, 19},
    {5018, 5018, 4, 12, 19},
    {5020, 5020, 4, 12, 19},
    {5038, 5038, 4, 12, 19},
    {5612, 5612, 4, 12, 19},
    {5893, 5893, 4, 12, 19},
    {6304, 6304, 4, 12, 19},
    {6390, 6390, 4, 12, 19},
    {6759, 6759, 4, 12, 19},
    {6761, 6763, 4, 12, 19},
    {67, 67, 2, 16, 19},
    {60, 60, 2, 16, 16},
    {508, 508, 3, 16, 16},
    {2200, 2205, 4, 16, 19},
    {9792, 9792, 4, 16, 16},
    {637, 639, 3, 16, 16},
};

struct IbanCountry {
    char code[3];
    std::uint8_t length;
};

// SWIFT's registry of IBANs, and countries outside it that issue them all the same.
constexpr IbanCountry ibanCountries[] = {
    {"AD", 24},
    {"AE", 23},
    {"AL", 28},
    {"AO", 25},
    {"AT", 20},
    {"AZ", 28},
    {"BA", 20},
    {"BE", 16},
    {"BF", 28},
    {"BG", 22},
    {"BH", 22},
    {"BI", 27},
    {"BJ", 28},
    {"BR", 29},
    {"BY", 28},
    {"CF", 27},
    {"CG", 27},
    {"CH", 21},
    {"CI", 28},
    {"CM", 27},
    {"CR", 22},
    {"CV", 25},
    {"CY", 28},
    {"CZ", 24},
    {"DE", 22},
    {"DJ", 27},
    {"DK", 18},
    {"DO", 28},
    {"DZ", 26},
    {"EE", 20},
    {"EG", 29},
    {"ES", 24},
    {"FI", 18},
    {"FK", 18},
    {"FO", 18},
    {"FR", 27},
    {"GA", 27},
    {"GB", 22},
    {"GE", 22},
    {"GI", 23},
    {"GL", 18},
    {"GQ", 27},
    {"GR", 27},
    {"GT", 28},
    {"GW", 25},
    {"HN", 28},
    {"HR", 21},
    {"HU", 28},
    {"IE", 22},
    {"IL", 23},
    {"IQ", 23},
    {"IR", 26},
    {"IS", 26},
    {"IT", 27},
    {"JO", 30},
    {"KM", 27},
    {"KW", 30},
    {"KZ", 20},
    {"LB", 28},
    {"LC", 32},
    {"LI", 21},
    {"LT", 20},
    {"LU", 20},
    {"LV", 21},
    {"LY", 25},
    {"MA", 28},
    {"MC", 27},
    {"MD", 24},
    {"ME", 22},
    {"MG", 27},
    {"MK", 19},
    {"ML", 28},
    {"MN", 20},
    {"MR", 27},
    {"MT", 31},
    {"MU", 30},
    {"MZ", 25},
    {"NE", 28},
    {"NI", 28},
    {"NL", 18},
    {"NO", 15},
    {"OM", 23},
    {"PK", 24},
    {"PL", 28},
    {"PS", 29},
    {"PT", 25},
    {"QA", 29},
    {"RO", 24},
    {"RS", 22},
    {"RU", 33},
    {"SA", 24},
    {"SC", 31},
    {"SD", 18},
    {"SE", 24},
    {"SI", 19},
    {"SK", 24},
    {"SM", 27},
    {"SN", 28},
    {"SO", 23},
    {"ST", 25},
    {"SV", 28},
    {"TD", 27},
    {"TG", 28},
    {"TL", 23},
    {"TN", 24},
    {"TR", 26},
    {"UA", 29},
    {"VA", 22},
    {"VG", 24},
    {"XK", 20},
    {"YE", 30},
};

constexpr auto ibanLengths = [] {
    std::array<std::uint8_t, 26 * std::size_t(26)> lengths{};
    for (const IbanCountry& country : ibanCountries)
        lengths[std::size_t(country.code[0] - 'A') * 26 + std::size_t(country.code[1] - 'A')] = country.length;
    return lengths;
}();

// Countries whose account numbers have no letter.
constexpr std::string_view ibansOfDigits
    = " AE AT BA BE BI CR CZ DE DJ DK EE EG ES FI FO GL HR HU IL IS LT LY ME MN MR NO PL PT RS SD SE SI SK SO ST TL TN "
      "VA XK ";

bool isLetter(char c)
{
    return c >= 'A' && c <= 'Z';
}

}

Check checkCard(std::string_view number)
{
    if (!luhnHolds(number) || isUniform(number))
        return Check::Fails;
    constexpr std::array<unsigned, 5> scales{10'000, 1000, 100, 10, 1};
    const unsigned start = numberAt(number, 0, scales.size() - 1);
    return holdsIf(std::ranges::any_of(cardRanges, [&](const CardRange& range) {
        const unsigned scale = scales[range.digits];
        return start >= range.low * scale && start < (range.high + 1) * scale && number.size() >= range.least
            && number.size() <= range.most;
    }));
}

Check checkLuhn(std::string_view number)
{
    return holdsIf(luhnHolds(number));
}

Check checkLuhnLoosely(std::string_view number)
{
    return luhnHolds(number) ? Check::Open : Check::Fails;
}

std::size_t ibanLength(char first, char second)
{
    if (!isLetter(first) || !isLetter(second))
        return 0;
    return ibanLengths[std::size_t(first - 'A') * 26 + std::size_t(second - 'A')];
}

Check checkIban(std::string_view number)
{
    if (number.size() != ibanLength(number[0], number[1]) || !isAsciiDigit(number[2]) || !isAsciiDigit(number[3]))
        return Check::Fails;
    const std::array<char, 4> country{' ', number[0], number[1], ' '};
    const bool digits = ibansOfDigits.find(std::string_view(country.data(), country.size())) != std::string_view::npos;
    if (digits && !hasOnlyDigits(number.substr(4)))
        return Check::Fails;
    std::array<char, 34> turned{};
    std::copy(number.begin() + 4, number.end(), turned.begin());
    std::copy(number.begin(), number.begin() + 4, turned.begin() + std::ptrdiff_t(number.size()) - 4);
    return holdsIf(mod97({turned.data(), number.size()}) == 1);
}

Check checkUsSsn(std::string_view number)
{
    return number[0] == '9' ? Check::Fails : checkUsSsnLoosely(number);
}

Check checkUsSsnLoosely(std::string_view number)
{
    const unsigned area = numberAt(number, 0, 3);
    if (area == 0 || area == 666 || numberAt(number, 3, 2) == 0 || numberAt(number, 5, 4) == 0 || isUniform(number))
        return Check::Fails;
    for (const std::string_view sample : {"123456789", "987654320", "078051120"}) {
        if (number == sample)
            return Check::Fails;
    }
    return Check::Open;
}

Check checkUsItin(std::string_view number)
{
    const unsigned group = numberAt(number, 3, 2);
    const bool issued = (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group != 93);
    return number[0] == '9' && issued ? Check::Open : Check::Fails;
}

Check checkAbaDigit(std::string_view number)
{
    constexpr std::array<std::uint8_t, 9> weights{3, 7, 1, 3, 7, 1, 3, 7, 1};
    return holdsIf(weightedSum(number, weights) % 10 == 0);
}

Check checkAbaRouting(std::string_view number)
{
    const unsigned district = numberAt(number, 0, 2);
    const bool issued
        = district <= 12 || (district >= 21 && district <= 32) || (district >= 61 && district <= 72) || district == 80;
    return issued && !isUniform(number) ? checkAbaDigit(number) : Check::Fails;
}

Check checkUsNpi(std::string_view number)
{
    if (isUniform(number.substr(0, 9)))
        return Check::Fails;
    return holdsIf(luhnHolds("80840" + std::string(number)));
}

Check checkDeaNumber(std::string_view number)
{
    const std::string_view digits = number.substr(2);
    const unsigned odd = digitAt(digits, 0) + digitAt(digits, 2) + digitAt(digits, 4);
    const unsigned even = digitAt(digits, 1) + digitAt(digits, 3) + digitAt(digits, 5);
    return holdsIf((odd + even * 2) % 10 == digitAt(digits, 6));
}

Check checkAuAbn(std::string_view number)
{
    return number[0] == '0' ? Check::Fails : checkAuAbnLoosely(number);
}

Check checkAuAbnLoosely(std::string_view number)
{
    constexpr std::array<std::uint8_t, 11> weights{10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
    constexpr unsigned modulus = 89;
    return holdsIf((weightedSum(number, weights) + modulus - weights[0]) % modulus == 0);
}

Check checkAuAcn(std::string_view number)
{
    constexpr std::array<std::uint8_t, 8> weights{8, 7, 6, 5, 4, 3, 2, 1};
    return holdsIf((10 - weightedSum(number, weights) % 10) % 10 == digitAt(number, 8));
}

Check checkAuTfn(std::string_view number)
{
    constexpr std::array<std::uint8_t, 9> weights{1, 4, 3, 7, 5, 8, 6, 9, 10};
    return holdsIf(weightedSum(number, weights) % 11 == 0);
}

Check checkAuMedicare(std::string_view number)
{
    constexpr std::array<std::uint8_t, 8> weights{1, 3, 7, 9, 1, 3, 7, 9};
    return holdsIf(weightedSum(number, weights) % 10 == digitAt(number, 8));
}

Check checkZaId(std::string_view number)
{
    // The century is not written; a date of either will do.
    const unsigned year = numberAt(number, 0, 2);
    const unsigned month = numberAt(number, 2, 2);
    const unsigned day = numberAt(number, 4, 2);
    const bool date = isDate(1900 + year, month, day) || isDate(2000 + year, month, day);
    return holdsIf(date && digitAt(number, 10) <= 2 && digitAt(number, 11) >= 8 && luhnHolds(number));
}

Check checkNgNin(std::string_view number)
{
    return holdsIf(!isUniform(number) && verhoeffHolds(number));
}

Check checkPhTin(std::string_view number)
{
    constexpr std::array<std::uint8_t, 8> weights{9, 8, 7, 6, 5, 4, 3, 2};
    const bool holds = weightedSum(number, weights) % 11 == digitAt(number, 8);
    return holds && !isUniform(number.substr(0, 9)) ? Check::Open : Check::Fails;
}

}
