#include "core/trust/detect/personal/phone_reading.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/personal/calling_codes.h"

#include <algorithm>
#include <string>

namespace ephor::detect {

namespace {

constexpr std::uint32_t lengthBits(std::size_t least, std::size_t most)
{
    std::uint32_t bits = 0;
    for (std::size_t length = least; length <= most; ++length)
        bits |= std::uint32_t(1) << length;
    return bits;
}

constexpr PhoneCountry countries[] = {
    {"1", PhonePlan::NorthAmerica, PhonePlan::NorthAmericanShape, "1", "011", lengthBits(10, 10)},
    {"44", PhonePlan::Britain, PhonePlan::BritishShape, "0", "00", lengthBits(7, 7) | lengthBits(9, 10)},
    {"49", PhonePlan::Germany, PhonePlan::GermanShape, "0", "00", lengthBits(4, 15)},
    {"33", PhonePlan::France, PhonePlan::FrenchShape, "0", "00", lengthBits(9, 9)},
    {"972", PhonePlan::Israel, PhonePlan::IsraeliShape, "0", "00", lengthBits(7, 12)},
    {"91", PhonePlan::India, PhonePlan::IndianShape, "0", "00", lengthBits(8, 13)},
    {"55", PhonePlan::Brazil, PhonePlan::BrazilianShape, "0", "00", lengthBits(8, 11)},
};

constexpr std::size_t mostDigits = 17;

// Whether a number without the trunk prefix is written so within its country.
bool needsTrunk(const PhoneCountry& country, std::string_view national)
{
    if (country.code == "44" || country.code == "49" || country.code == "33")
        return true;
    if (country.code == "972")
        return national[0] != '1';
    // Of Brazil's, those that are the same in all of the country.
    constexpr std::size_t longForm = 9;
    return country.code == "55" && national.size() >= longForm && national.substr(1, 2) == "00"
        && std::string_view("3589").find(national[0]) != std::string_view::npos;
}

struct National {
    std::string_view digits;
    bool trunk = false; ///< the prefix stood before it
};

National withoutTrunk(const PhoneCountry& country, std::string_view digits)
{
    const bool found = digits.starts_with(country.trunk) && digits.size() > country.trunk.size();
    if (!found)
        return {digits};
    const std::string_view rest = digits.substr(country.trunk.size());
    if (isInPlan(country.shape, digits) && !isInPlan(country.shape, rest))
        return {digits};
    const bool longer = rest.size() >= 32 || (country.lengths >> rest.size()) == 0;
    const bool possible = longer || (country.lengths >> rest.size() & 1) != 0;
    return possible ? National{rest, true} : National{digits, true};
}

bool isValidAbroad(std::string_view digits)
{
    for (const PhoneCountry& country : countries) {
        if (digits.starts_with(country.code))
            return isInPlan(country.valid, withoutTrunk(country, digits.substr(country.code.size())).digits);
    }
    return isInternational(digits);
}

// The piece without an extension at its end: "x123", "ext. 123", "#123".
std::string_view withoutExtension(std::string_view piece)
{
    constexpr std::size_t mostExtension = 9;
    std::size_t end = piece.size();
    const bool hash = piece.ends_with('#');
    end -= hash ? 1 : 0;
    std::size_t at = end;
    while (at > 0 && isAsciiDigit(piece[at - 1]))
        --at;
    const std::size_t count = end - at;
    std::size_t sign = at;
    while (sign > 0 && std::string_view(" ,-\t:.").find(piece[sign - 1]) != std::string_view::npos)
        --sign;
    if (count == 0 || count > mostExtension || sign == 0)
        return piece;
    if (hash && sign < at && count <= 6)
        return piece.substr(0, sign);
    std::size_t word = sign;
    while (word > 0 && (classOf(piece[word - 1]) & (SmallByte | CapitalByte)) != 0)
        --word;
    if (word == sign && (piece[sign - 1] == '#' || piece[sign - 1] == '~'))
        word = sign - 1;
    if (word == sign)
        return piece;
    while (word > 0 && (piece[word - 1] == ' ' || piece[word - 1] == ',' || piece[word - 1] == '\t'))
        --word;
    return piece.substr(0, word);
}

bool isReadIn(const PhoneCountry& country, std::string_view digits)
{
    // With the calling code and no sign before it, where that makes a number of what is none.
    if (digits.starts_with(country.code)) {
        const std::string_view rest = withoutTrunk(country, digits.substr(country.code.size())).digits;
        const bool tooLong = digits.size() >= 32 || (country.lengths >> digits.size()) == 0;
        if ((!isInPlan(country.shape, digits) && isInPlan(country.shape, rest)) || tooLong)
            return isInPlan(country.valid, rest);
    }
    const National national = withoutTrunk(country, digits);
    return isInPlan(country.valid, national.digits) && (national.trunk || !needsTrunk(country, national.digits));
}

}

std::span<const PhoneCountry> phoneCountries()
{
    return countries;
}

bool isPhoneIn(const PhoneCountry& country, std::string_view piece)
{
    const std::string_view number = withoutExtension(piece);
    const auto isX = [](char c) { return c == 'x' || c == 'X'; };
    if (std::ranges::count_if(number, isX) > 0)
        return false;
    std::string digits;
    bool plus = false;
    for (const char c : number) {
        plus = plus || (c == '+' && digits.empty());
        if (isAsciiDigit(c))
            digits += c;
    }
    constexpr std::size_t leastDigits = 3;
    if (digits.size() < leastDigits || digits.size() > mostDigits + country.abroad.size())
        return false;
    if (plus)
        return digits[0] != '0' && isValidAbroad(digits);
    if (digits.starts_with(country.abroad) && digits[country.abroad.size()] != '0')
        return isValidAbroad(std::string_view(digits).substr(country.abroad.size()));
    return isReadIn(country, digits);
}

}
