#include "core/trust/detect/number/checksums.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/number/number_checks.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ephor::detect {

namespace {

Check asianHoldsIf(bool condition)
{
    return condition ? Check::Holds : Check::Fails;
}

unsigned valueOfBase36(char c)
{
    return isAsciiDigit(c) ? unsigned(c - '0') : unsigned(c - 'A' + 10);
}

// Weights of the check digit that residents' and foreigners' numbers of Korea share.
unsigned koreanSum(std::string_view number)
{
    constexpr std::array<std::uint8_t, 12> weights{2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    return weightedSum(number, weights) % 11;
}

bool hasKoreanBirthday(std::string_view number)
{
    const bool young = number[6] == '3' || number[6] == '4' || number[6] == '7' || number[6] == '8';
    return isDate((young ? 2000 : 1900) + numberAt(number, 0, 2), numberAt(number, 2, 2), numberAt(number, 4, 2));
}

bool contains(std::string_view codes, std::string_view code)
{
    for (std::size_t i = 0; i + code.size() <= codes.size(); i += code.size() + 1) {
        if (codes.substr(i, code.size()) == code)
            return true;
    }
    return false;
}

constexpr std::string_view indianStates
    = "AN AP AR AS BR CG CH DD DH DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ "
      "NL OD OR PB PY RJ SK TN TR TS UK UP UA WB";

}

Check checkInAadhaar(std::string_view number)
{
    const bool palindrome = std::equal(number.begin(), number.begin() + 6, number.rbegin());
    return asianHoldsIf(number[0] >= '2' && !palindrome && verhoeffHolds(number));
}

Check checkInGstin(std::string_view number)
{
    const unsigned state = numberAt(number, 0, 2);
    const bool known = (state >= 1 && state <= 38) || state == 97 || state == 99;
    if (!known)
        return Check::Fails;
    unsigned sum = 0;
    for (std::size_t i = 0; i < 14; ++i) {
        const unsigned product = valueOfBase36(number[i]) * (i % 2 == 0 ? 1 : 2);
        sum += product / 36 + product % 36;
    }
    return (36 - sum % 36) % 36 == valueOfBase36(number[14]) ? Check::Holds : Check::Open;
}

Check checkInGstinLoosely(std::string_view number)
{
    const unsigned state = numberAt(number, 0, 2);
    const auto letters = std::count_if(number.begin() + 2, number.begin() + 7, [](char c) { return !isAsciiDigit(c); });
    return asianHoldsIf(state >= 1 && state <= 37 && letters >= 3);
}

Check checkInVehicle(std::string_view number)
{
    if (number.ends_with("0000"))
        return Check::Fails;
    return contains(indianStates, number.substr(0, 2)) ? Check::Open : Check::Fails;
}

Check checkSgNric(std::string_view number)
{
    constexpr std::array<std::uint8_t, 7> weights{2, 7, 6, 5, 4, 3, 2};
    const char kind = number[0];
    const unsigned offset = kind == 'T' || kind == 'G' ? 4 : kind == 'M' ? 3 : 0;
    const unsigned remainder = (weightedSum(number.substr(1), weights) + offset) % 11;
    const std::string_view letters = kind == 'S' || kind == 'T' ? "JZIHGFEDCBA"
        : kind == 'M'                                           ? "XWUTRQPNJLK"
                                                                : "XWUTRQPNMLK";
    return asianHoldsIf(number[8] == letters[remainder]);
}

Check checkSgUen(std::string_view number)
{
    if (number.size() == 9) {
        constexpr std::array<std::uint8_t, 8> weights{10, 4, 9, 3, 8, 2, 7, 1};
        return asianHoldsIf(number[8] == std::string_view("XMKECAWLJDB")[weightedSum(number, weights) % 11]);
    }
    if (isAsciiDigit(number[0])) {
        const unsigned year = numberAt(number, 0, 4);
        return year >= 1800 && year <= 2100 ? checkSgUenLoosely(number) : Check::Fails;
    }
    constexpr std::string_view kinds
        = "CC CD CH CL CM CP CS CX DP FB FC FM FN FS GA GB GS HC HS LC LL LP MB MC MD MH MM MQ NB "
          "NR PA PB PF RF RP SM SS TC TU VH XL";
    constexpr std::string_view alphabet = "ABCDEFGHJKLMNPQRSTUVWX0123456789";
    constexpr std::array<std::uint8_t, 9> weights{4, 3, 5, 3, 10, 2, 2, 5, 7};
    if (!contains(kinds, number.substr(3, 2)))
        return Check::Fails;
    std::size_t sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::size_t place = alphabet.find(number[i]);
        if (place == std::string_view::npos)
            return Check::Fails;
        sum += place * weights[i];
    }
    return asianHoldsIf(number[9] == alphabet[(sum + 6) % 11]);
}

Check checkSgUenLoosely(std::string_view number)
{
    if (number.size() == 9)
        return checkSgUen(number);
    constexpr std::array<std::uint8_t, 9> weights{10, 8, 6, 4, 9, 7, 5, 3, 1};
    return asianHoldsIf(number[9] == std::string_view("ZKCMDNERGWH")[weightedSum(number, weights) % 11]);
}

Check checkKrRrn(std::string_view number)
{
    if (!hasKoreanBirthday(number))
        return Check::Fails;
    // Numbers given since October 2020 have a random tail without a check digit.
    return (11 - koreanSum(number)) % 10 == digitAt(number, 12) ? Check::Holds : Check::Open;
}

Check checkKrFrn(std::string_view number)
{
    if (!hasKoreanBirthday(number))
        return Check::Fails;
    return (13 - koreanSum(number)) % 10 == digitAt(number, 12) ? Check::Holds : Check::Open;
}

Check checkKrBrn(std::string_view number)
{
    constexpr std::array<std::uint8_t, 9> weights{1, 3, 7, 1, 3, 7, 1, 3, 5};
    const unsigned sum = weightedSum(number, weights) + digitAt(number, 8) * 5 / 10;
    return asianHoldsIf(!isUniform(number) && (10 - sum % 10) % 10 == digitAt(number, 9));
}

Check checkKrDriver(std::string_view number)
{
    const unsigned region = numberAt(number, 0, 2);
    return asianHoldsIf(region >= 11 && region <= 28 && region != 27);
}

Check checkThTnin(std::string_view number)
{
    constexpr std::array<std::uint8_t, 12> weights{13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2};
    constexpr std::array<std::uint8_t, 10> lastOfRegion{0, 9, 7, 9, 9, 8, 7, 7, 6, 6}; // of 1x, 2x, … 9x
    const unsigned province = digitAt(number, 1);
    const bool known = province != 0 && digitAt(number, 2) <= lastOfRegion[province];
    const unsigned remainder = weightedSum(number, weights) % 11;
    return asianHoldsIf(number[0] != '0' && known && (11 - remainder) % 10 == digitAt(number, 12));
}

}
