#include "core/trust/detect/personal/open_patterns.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/candidate/word_boundary.h"
#include "core/trust/detect/number/checksums.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace ephor::detect {

namespace {

Check openHoldsIf(bool condition)
{
    return condition ? Check::Holds : Check::Fails;
}

bool isDigitBeside(std::string_view text, std::size_t at)
{
    return isAsciiDigit(charAt(text, at));
}

bool isBlankSign(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

std::size_t digitRun(std::string_view text, std::size_t at, std::size_t most)
{
    std::size_t count = 0;
    while (count < most && isDigitBeside(text, at + count))
        ++count;
    return count;
}

bool hasDigits(std::string_view text, std::size_t at, std::size_t count)
{
    return digitRun(text, at, count) == count;
}

bool hasMonthAndDay(std::string_view text, std::size_t at)
{
    const unsigned month = numberAt(text, at, 2);
    const unsigned day = numberAt(text, at + 2, 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool followsDigit(std::string_view text, std::size_t at)
{
    return at > 0 && isDigitBeside(text, at - 1);
}

// Behind the match where no digit follows it, else 0.
std::size_t unlessDigit(std::string_view text, std::size_t end)
{
    return isDigitBeside(text, end) ? 0 : end;
}

std::size_t finnishEnd(std::string_view text, std::size_t at)
{
    constexpr std::string_view signs = "-+ABCDEFYXWVU";
    constexpr std::string_view letters = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    constexpr std::size_t length = 11;
    if (at + length > text.size() || !hasDigits(text, at, 6) || signs.find(capital(text[at + 6])) == signs.npos
        || !hasDigits(text, at + 7, 3) || letters.find(capital(text[at + 10])) == letters.npos)
        return 0;
    return at + length;
}

std::size_t finnishWordEnd(std::string_view text, std::size_t at)
{
    const std::size_t end = isWordBoundary(text, at) ? finnishEnd(text, at) : 0;
    return end != 0 && isWordBoundary(text, end) ? end : 0;
}

Check checkFinnish(std::string_view number)
{
    // Signs of the century are letters, or left out of a number without separators.
    return number.size() == 11 ? checkFiPersonal(number) : checkFiDate(number);
}

// Six to eight digits, a sign that may stand there, four digits.
std::size_t swedishEnd(std::string_view text, std::size_t at, bool whole)
{
    constexpr std::size_t most = 8;
    for (std::size_t count = digitRun(text, at, most); count >= 6; --count) {
        const char sign = charAt(text, at + count);
        const std::size_t rest = at + count + (sign == '-' || sign == '+' ? 1 : 0);
        if (hasDigits(text, rest, 4) && (!whole || isWordBoundary(text, rest + 4)))
            return rest + 4;
    }
    return 0;
}

std::size_t swedishWordEnd(std::string_view text, std::size_t at)
{
    return isWordBoundary(text, at) ? swedishEnd(text, at, true) : 0;
}

std::size_t swedishAnyEnd(std::string_view text, std::size_t at)
{
    return swedishEnd(text, at, false);
}

Check checkSwedish(std::string_view number)
{
    const std::string_view ten = number.substr(number.size() - 10);
    const unsigned month = numberAt(ten, 2, 2);
    const unsigned day = numberAt(ten, 4, 2) % 60;
    const bool date = month >= 1 && month <= 12 && numberAt(ten, 4, 2) <= 91 && day >= 1 && day <= 31;
    return openHoldsIf(date && luhnHolds(ten));
}

std::size_t organisationAnyEnd(std::string_view text, std::size_t at)
{
    if (!hasDigits(text, at, 6))
        return 0;
    const std::size_t rest = at + 6 + (charAt(text, at + 6) == '-' ? 1 : 0);
    return hasDigits(text, rest, 4) ? rest + 4 : 0;
}

std::size_t organisationWordEnd(std::string_view text, std::size_t at)
{
    const std::size_t end = isWordBoundary(text, at) ? organisationAnyEnd(text, at) : 0;
    return end != 0 && isWordBoundary(text, end) ? end : 0;
}

Check checkOrganisation(std::string_view number)
{
    return openHoldsIf(number[2] >= '2' && luhnHolds(number));
}

std::size_t polishEnd(std::string_view text, std::size_t at)
{
    if (!hasDigits(text, at, 11))
        return 0;
    const char century = text[at + 2];
    const char month = text[at + 3];
    const bool odd = (century - '0') % 2 == 1;
    const unsigned day = numberAt(text, at + 4, 2);
    return (odd ? month <= '2' : month >= '1') && day >= 1 && day <= 31 ? at + 11 : 0;
}

Check checkPolish(std::string_view number)
{
    constexpr std::array<std::uint8_t, 11> weights{1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
    return openHoldsIf(weightedSum(number, weights) % 10 == 0);
}

// Korean numbers stand right beside the letters before them.
std::size_t koreanEnd(std::string_view text, std::size_t at, char low, char high)
{
    if (followsDigit(text, at) || !hasDigits(text, at, 6) || !hasMonthAndDay(text, at + 2))
        return 0;
    const std::size_t rest = at + 6 + (charAt(text, at + 6) == '-' ? 1 : 0);
    if (!hasDigits(text, rest, 7) || text[rest] < low || text[rest] > high)
        return 0;
    return unlessDigit(text, rest + 7);
}

std::size_t residentEnd(std::string_view text, std::size_t at)
{
    return koreanEnd(text, at, '1', '4');
}

std::size_t foreignerEnd(std::string_view text, std::size_t at)
{
    return koreanEnd(text, at, '5', '8');
}

Check checkKorean(std::string_view number, unsigned base)
{
    constexpr std::array<std::uint8_t, 12> weights{2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    const bool region = numberAt(number, 7, 2) <= 95;
    return region && (base - weightedSum(number, weights) % 11) % 10 == digitAt(number, 12) ? Check::Holds
                                                                                            : Check::Open;
}

Check checkResident(std::string_view number)
{
    return checkKorean(number, 11);
}

Check checkForeigner(std::string_view number)
{
    return checkKorean(number, 13);
}

std::size_t firmGroupsEnd(std::string_view text, std::size_t at)
{
    const bool groups = !followsDigit(text, at) && hasDigits(text, at, 3) && charAt(text, at + 3) == '-'
        && hasDigits(text, at + 4, 2) && charAt(text, at + 6) == '-' && hasDigits(text, at + 7, 5);
    return groups ? unlessDigit(text, at + 12) : 0;
}

std::size_t firmEnd(std::string_view text, std::size_t at)
{
    return !followsDigit(text, at) && hasDigits(text, at, 10) ? unlessDigit(text, at + 10) : 0;
}

Check checkFirm(std::string_view number)
{
    constexpr std::array<std::uint8_t, 9> weights{1, 3, 7, 1, 3, 7, 1, 3, 5};
    const unsigned sum = weightedSum(number, weights) + digitAt(number, 8) * 5 / 10;
    return openHoldsIf((10 - sum % 10) % 10 == digitAt(number, 9));
}

std::size_t koreanDriverEnd(std::string_view text, std::size_t at)
{
    if (followsDigit(text, at))
        return 0;
    for (const std::size_t count : {2, 2, 6, 2}) {
        if (!hasDigits(text, at, count))
            return 0;
        at += count;
        const char sign = charAt(text, at);
        if (sign == '-' || sign == ' ')
            ++at;
    }
    const char sign = charAt(text, at - 1);
    return sign == '-' || sign == ' ' ? at - 1 : unlessDigit(text, at);
}

std::size_t koreanPassportEnd(std::string_view text, std::size_t at)
{
    constexpr std::string_view kinds = "MSROD";
    const bool after = at > 0 && (classOf(text[at - 1]) & WordByte) != 0;
    if (after || kinds.find(capital(charAt(text, at))) == kinds.npos || !hasDigits(text, at + 1, 3))
        return 0;
    const bool letter = (classAt(text, at + 4) & (CapitalByte | SmallByte)) != 0 && hasDigits(text, at + 5, 4);
    return letter ? unlessDigit(text, at + 9) : 0;
}

std::size_t koreanOldPassportEnd(std::string_view text, std::size_t at)
{
    constexpr std::string_view kinds = "MSROD";
    const bool after = at > 0 && (classOf(text[at - 1]) & WordByte) != 0;
    if (after || kinds.find(capital(charAt(text, at))) == kinds.npos || !hasDigits(text, at + 1, 8))
        return 0;
    return unlessDigit(text, at + 9);
}

// Eleven digits, each with one blank or underscore behind it that may be missing, the last one's too.
std::size_t italianFirmEnd(std::string_view text, std::size_t at)
{
    constexpr std::size_t digits = 11;
    if (!isDigitBeside(text, at) || !isWordBoundary(text, at))
        return 0;
    std::size_t end = at;
    for (std::size_t i = 0; i < digits; ++i) {
        if (!isDigitBeside(text, end))
            return 0;
        ++end;
        const char sign = charAt(text, end);
        if (sign == ' ' || sign == '_')
            ++end;
    }
    if (isWordBoundary(text, end))
        return end;
    return !isDigitBeside(text, end - 1) && isWordBoundary(text, end - 1) ? end - 1 : 0;
}

bool isVowel(char c)
{
    return std::string_view("AEIOU").find(c) != std::string_view::npos;
}

bool isNamePart(std::string_view three)
{
    const auto consonant = [](char c) { return (classOf(c) & CapitalByte) != 0 && !isVowel(c); };
    const bool letters = std::ranges::all_of(three, [](char c) { return (classOf(c) & CapitalByte) != 0; });
    return letters
        && (isVowel(three[1]) ? isVowel(three[2]) || three[2] == 'X'
                              : (isVowel(three[0]) && three[1] == 'X' && three[2] == 'X')
                    || (consonant(three[0]) && consonant(three[1])));
}

// A digit, or the letter that stands for it where two people would share a code.
std::optional<unsigned> fiscalDigit(char c)
{
    constexpr std::string_view letters = "LMNPQRSTUV";
    if (isAsciiDigit(c))
        return unsigned(c - '0');
    const std::size_t place = letters.find(c);
    return place == letters.npos ? std::nullopt : std::optional<unsigned>(unsigned(place));
}

bool isFiscalBirthday(std::string_view code)
{
    constexpr std::string_view months = "ABCDEHLMPRST";
    constexpr std::array<unsigned, 12> lengths{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const auto tens = fiscalDigit(code[6]);
    const auto ones = fiscalDigit(code[7]);
    const auto dayTens = fiscalDigit(code[9]);
    const auto dayOnes = fiscalDigit(code[10]);
    const std::size_t month = months.find(code[8]);
    if (!tens || !ones || !dayTens || !dayOnes || month == months.npos)
        return false;
    // Women's days count on by 40. A year of two digits that four divides may be a leap year.
    const unsigned day = *dayTens * 10 + *dayOnes;
    const unsigned own = day > 40 ? day - 40 : day;
    const bool leap = (*tens * 10 + *ones) % 4 == 0;
    return own >= 1 && own <= lengths[month] && (month != 1 || own < 29 || leap);
}

bool isFiscalPlace(std::string_view four)
{
    const auto first = fiscalDigit(four[1]);
    const auto second = fiscalDigit(four[2]);
    const auto third = fiscalDigit(four[3]);
    if ((classOf(four[0]) & CapitalByte) == 0 || !first || !second || !third)
        return false;
    if (*first != 0)
        return four[0] <= 'M' || four[0] == 'Z';
    return four[0] <= 'M' && (four[1] == '0' || four[1] == 'L') && (*second != 0 || *third != 0);
}

std::size_t fiscalCodeEnd(std::string_view text, std::size_t at)
{
    constexpr std::size_t length = 16;
    if (at + length > text.size() || (classOf(text[at]) & (CapitalByte | SmallByte)) == 0)
        return 0;
    std::array<char, length> capitals{};
    std::transform(text.begin() + std::ptrdiff_t(at), text.begin() + std::ptrdiff_t(at + length), capitals.begin(),
        [](char c) { return capital(c); });
    const std::string_view code(capitals.data(), length);
    const bool found = isNamePart(code.substr(0, 3)) && isNamePart(code.substr(3, 3)) && isFiscalBirthday(code)
        && isFiscalPlace(code.substr(11, 4)) && (classOf(code[15]) & CapitalByte) != 0;
    return found ? at + length : 0;
}

// Three digits three or four times with dashes, or nine or twelve without.
std::size_t philippineEnd(std::string_view text, std::size_t at)
{
    if (!isWordBoundary(text, at) || !hasDigits(text, at, 3))
        return 0;
    std::size_t end = at + 3;
    for (std::size_t group = 1; group < 3; ++group, end += 4) {
        if (charAt(text, end) != '-' || !hasDigits(text, end + 1, 3))
            return 0;
    }
    if (charAt(text, end) == '-' && hasDigits(text, end + 1, 3) && isWordBoundary(text, end + 4))
        return end + 4;
    return isWordBoundary(text, end) ? end : 0;
}

std::size_t philippineDigitsEnd(std::string_view text, std::size_t at)
{
    const std::size_t count = digitRun(text, at, 13);
    const bool found = (count == 9 || count == 12) && isWordBoundary(text, at) && isWordBoundary(text, at + count);
    return found ? at + count : 0;
}

bool isHexDigit(char c)
{
    return isAsciiDigit(c) || (small(c) >= 'a' && small(c) <= 'f');
}

// `count` groups of `size` hex digits with one separator between each two.
std::size_t hexGroupsEnd(std::string_view text, std::size_t at, std::size_t size, std::size_t count, char separator)
{
    for (std::size_t group = 0; group < count; ++group) {
        if (group > 0 && charAt(text, at++) != separator)
            return 0;
        for (std::size_t i = 0; i < size; ++i) {
            if (!isHexDigit(charAt(text, at++)))
                return 0;
        }
    }
    return isWordBoundary(text, at) ? at : 0;
}

std::size_t macEndAt(std::string_view text, std::size_t at)
{
    const char separator = charAt(text, at + 2);
    if ((separator != ':' && separator != '-') || !isWordBoundary(text, at))
        return 0;
    return hexGroupsEnd(text, at, 2, 6, separator);
}

// Addresses of nobody and of everybody.
Check checkMac(std::string_view number)
{
    return number == "000000000000" || number == "FFFFFFFFFFFF" ? Check::Fails : Check::Open;
}

std::size_t macOfFoursEnd(std::string_view text, std::size_t at)
{
    return charAt(text, at + 4) == '.' && isWordBoundary(text, at) ? hexGroupsEnd(text, at, 4, 3, '.') : 0;
}

// "/24" and the like behind an address, up to `most`; `at` where none follows.
std::size_t prefixLengthEnd(std::string_view text, std::size_t at, unsigned most)
{
    const std::size_t count = charAt(text, at) == '/' ? digitRun(text, at + 1, 3) : 0;
    if (count == 0 || numberAt(text, at + 1, count) > most || (count > 2 && most < 100))
        return at;
    return at + 1 + count;
}

std::size_t fourNumbersEndAt(std::string_view text, std::size_t at)
{
    constexpr unsigned most = 255;
    constexpr unsigned bits = 32;
    if (!isDigitBeside(text, at) || !isWordBoundary(text, at))
        return 0;
    std::size_t end = at;
    for (std::size_t group = 0; group < 4; ++group) {
        if (group > 0 && charAt(text, end++) != '.')
            return 0;
        const std::size_t count = digitRun(text, end, 4);
        if (count == 0 || count > 3 || numberAt(text, end, count) > most || (count > 1 && text[end] == '0'))
            return 0;
        end += count;
    }
    const std::size_t whole = prefixLengthEnd(text, end, bits);
    return isWordBoundary(text, whole) ? whole : isWordBoundary(text, end) ? end : 0;
}

// The letters "A-Z]]" before two to five digits: Presidio's pattern for licences has a bracket too few.
std::size_t misspeltLicenceEnd(std::string_view text, std::size_t at)
{
    constexpr std::string_view letters = "A-Z]]";
    const std::string_view there = text.substr(at, letters.size());
    if (!std::ranges::equal(there, letters, {}, capital) || !isWordBoundary(text, at))
        return 0;
    const std::size_t digits = at + letters.size();
    const std::size_t count = digitRun(text, digits, 6);
    return count >= 2 && count <= 5 && isWordBoundary(text, digits + count) ? digits + count : 0;
}

// "HRB" and up to six digits with any blanks between.
std::size_t registerEnd(std::string_view text, std::size_t at)
{
    const char court = capital(charAt(text, at + 2));
    if (capital(charAt(text, at)) != 'H' || capital(charAt(text, at + 1)) != 'R' || (court != 'A' && court != 'B')
        || !isWordBoundary(text, at))
        return 0;
    std::size_t end = at + 3;
    while (isBlankSign(charAt(text, end)))
        ++end;
    const std::size_t count = digitRun(text, end, 6);
    return count > 0 && isWordBoundary(text, end + count) ? end + count : 0;
}

constexpr OpenPattern patterns[] = {
    {"FI_PERSONAL_IDENTITY_CODE", 0, finnishWordEnd, checkFinnish},
    {"FI_PERSONAL_IDENTITY_CODE", 0, finnishEnd, checkFinnish},
    {"SE_PERSONNUMMER", 0, swedishWordEnd, checkSwedish},
    {"SE_PERSONNUMMER", 0, swedishAnyEnd, checkSwedish},
    {"SE_ORGANISATIONSNUMMER", 0, organisationWordEnd, checkOrganisation},
    {"SE_ORGANISATIONSNUMMER", 0, organisationAnyEnd, checkOrganisation},
    {"PL_PESEL", 0, polishEnd, checkPolish},
    {"KR_RRN", 0.5F, residentEnd, checkResident},
    {"KR_FRN", 0.5F, foreignerEnd, checkForeigner},
    {"KR_BRN", 0, firmGroupsEnd, checkFirm},
    {"KR_BRN", 0, firmEnd, checkFirm},
    {"KR_DRIVER_LICENSE", 0, koreanDriverEnd, checkKrDriver},
    {"KR_PASSPORT", 0.1F, koreanPassportEnd, nullptr},
    {"KR_PASSPORT", 0.05F, koreanOldPassportEnd, nullptr},
    {"IT_VAT_CODE", 0, italianFirmEnd, checkItVat},
    {"IT_FISCAL_CODE", 0.3F, fiscalCodeEnd, checkItFiscalCodeLoosely},
    {"DE_HANDELSREGISTER", 0.5F, registerEnd, nullptr},
    {"IP_ADDRESS", 0.6F, fourNumbersEndAt, nullptr},
    {"US_DRIVER_LICENSE", 0.3F, misspeltLicenceEnd, nullptr},
    {"PH_TIN", 0.05F, philippineEnd, checkPhTin},
    {"PH_TIN", 0.01F, philippineDigitsEnd, checkPhTin},
    {"MAC_ADDRESS", 0.6F, macEndAt, checkMac},
    {"MAC_ADDRESS", 0.6F, macOfFoursEnd, checkMac},
    {"DATE_TIME", 0.8F, matchTimestamp, nullptr},
    {"DATE_TIME", 0.6F, matchDate, nullptr},
    {"DATE_TIME", 0.2F, matchMonthAndLongYear, nullptr},
    {"DATE_TIME", 0.1F, matchMonthAndShortYear, nullptr},
};

}

std::span<const OpenPattern> openPatterns()
{
    return patterns;
}

}
