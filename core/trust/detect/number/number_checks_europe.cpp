#include "core/trust/detect/number/checksums.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/number/number_checks.h"

#include <array>
#include <cstdint>
#include <string>

namespace ephor::detect {

namespace {

Check europeanHoldsIf(bool condition)
{
    return condition ? Check::Holds : Check::Fails;
}

// Letters of Spain's identity numbers by the remainder of 23.
constexpr std::string_view spanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

constexpr std::string_view finnishLetters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

std::string lettersAsNumbers(std::string_view number, std::size_t letter)
{
    const unsigned value = unsigned(number[letter] - 'A') + 1;
    std::string digits(number.substr(0, letter));
    digits += char('0' + value / 10);
    digits += char('0' + value % 10);
    return digits.append(number.substr(letter + 1));
}

// Areas of postcodes that Royal Mail serves.
constexpr std::string_view postcodeAreas = " AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA "
                                           "DD DE DG DH DL DN DT DY E EC EH EN EX FK FY "
                                           "G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE "
                                           "LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL "
                                           "OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY "
                                           "TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN "
                                           "WR WS WV YO ZE ";

// How often the most frequent of ten digits stands there, and how many digits do not stand there at all.
struct DigitCounts {
    unsigned most = 0;
    unsigned repeated = 0;
};

DigitCounts countDigits(std::string_view digits)
{
    std::array<unsigned, 10> counts{};
    for (const char c : digits)
        ++counts[std::size_t(c - '0')];
    DigitCounts found;
    for (const unsigned count : counts) {
        found.most = std::max(found.most, count);
        found.repeated += count > 1 ? 1 : 0;
    }
    return found;
}

}

Check checkUkNhs(std::string_view number)
{
    constexpr std::array<std::uint8_t, 10> weights{10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    return europeanHoldsIf(!isUniform(number) && weightedSum(number, weights) % 11 == 0);
}

Check checkUkNino(std::string_view number)
{
    for (const std::string_view unused : {"BG", "GB", "NK", "KN", "NT", "TN", "ZZ"}) {
        if (number.starts_with(unused))
            return Check::Fails;
    }
    return Check::Open;
}

Check checkUkPostcode(std::string_view number)
{
    const std::size_t letters = isAsciiDigit(number[1]) ? 1 : 2;
    const std::string area = " " + std::string(number.substr(0, letters)) + " ";
    return number == "GIR0AA" || postcodeAreas.find(area) != std::string_view::npos ? Check::Open : Check::Fails;
}

Check checkUkVehicle(std::string_view number)
{
    const unsigned age = numberAt(number, 2, 2);
    return europeanHoldsIf((age >= 2 && age <= 29) || (age >= 51 && age <= 79));
}

Check checkUkDrivingLoosely(std::string_view number)
{
    // Short names are filled up with nines.
    const std::size_t filling = number.substr(0, 5).find('9');
    const bool padded = filling == std::string_view::npos
        || number.substr(filling, 5 - filling).find_first_not_of('9') == std::string_view::npos;
    return isAsciiDigit(number[0]) || !padded ? Check::Fails : Check::Open;
}

Check checkUkDriving(std::string_view number)
{
    // Women's month of birth counts on by 50.
    const unsigned month = numberAt(number, 6, 2) % 50;
    const bool date = isDate(2000, month, numberAt(number, 8, 2)) && numberAt(number, 6, 2) < 63;
    return date ? checkUkDrivingLoosely(number) : Check::Fails;
}

Check checkDeTaxId(std::string_view number)
{
    if (checkDeTaxIdLoosely(number) == Check::Fails)
        return Check::Fails;
    // Exactly one digit stands twice or three times among the first ten.
    const DigitCounts counts = countDigits(number.substr(0, 10));
    return counts.repeated == 1 ? Check::Holds : Check::Open;
}

Check checkDeTaxIdLoosely(std::string_view number)
{
    const DigitCounts counts = countDigits(number.substr(0, 10));
    return europeanHoldsIf(number[0] != '0' && counts.most <= 3 && mod11Mod10Holds(number));
}

Check checkDeTaxNumber(std::string_view number)
{
    // The form for all states (ELSTER): the state, two digits of the office, then a zero.
    constexpr std::string_view states = " 10 11 21 22 23 24 26 27 28 30 31 32 40 41 5 9 ";
    const std::string two = " " + std::string(number.substr(0, 2)) + " ";
    const std::string one = " " + std::string(number.substr(0, 1)) + " ";
    const bool known = states.find(two) != std::string_view::npos || states.find(one) != std::string_view::npos;
    return known && number[4] == '0' ? Check::Open : Check::Fails;
}

Check checkDeVatId(std::string_view number)
{
    return number[2] != '0' ? checkDeVatIdLoosely(number) : Check::Open;
}

Check checkDeVatIdLoosely(std::string_view number)
{
    return mod11Mod10Holds(number.substr(2)) ? Check::Holds : Check::Open;
}

Check checkIcao(std::string_view number)
{
    return europeanHoldsIf(icaoHolds(number));
}

Check checkHasLetterWithin(std::string_view number)
{
    return hasOnlyDigits(number.substr(1)) ? Check::Fails : Check::Open;
}

Check checkDeIdCardLoosely(std::string_view number)
{
    return number[0] == 'T' && hasOnlyDigits(number.substr(1)) ? Check::Open : checkIcao(number);
}

Check checkDeSocialSecurity(std::string_view number)
{
    constexpr std::array<std::uint8_t, 12> weights{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    const unsigned day = numberAt(number, 2, 2);
    const unsigned month = numberAt(number, 4, 2);
    if (!((day >= 1 && day <= 31) || (day >= 51 && day <= 81)) || month < 1 || month > 12)
        return Check::Fails;
    return europeanHoldsIf(crossSum(lettersAsNumbers(number, 8), weights) % 10 == digitAt(number, 11));
}

Check checkDeHealthInsurance(std::string_view number)
{
    constexpr std::array<std::uint8_t, 10> weights{1, 2, 1, 2, 1, 2, 1, 2, 1, 2};
    return europeanHoldsIf(crossSum(lettersAsNumbers(number, 0), weights) % 10 == digitAt(number, 9));
}

Check checkDeLanr(std::string_view number)
{
    constexpr std::array<std::uint8_t, 6> weights{4, 9, 4, 9, 4, 9};
    return europeanHoldsIf((10 - weightedSum(number, weights) % 10) % 10 == digitAt(number, 6));
}

Check checkDeBsnr(std::string_view number)
{
    return number == "000000000" ? Check::Fails : Check::Open;
}

Check checkDePostcode(std::string_view number)
{
    return number < "01001" || number == "99999" ? Check::Fails : Check::Open;
}

Check checkEsNif(std::string_view number)
{
    const std::size_t digits = number.size() - 1;
    return europeanHoldsIf(spanishLetters[numberAt(number, 0, digits) % 23] == number.back());
}

Check checkEsNie(std::string_view number)
{
    const unsigned first = unsigned(number[0] - 'X');
    const std::size_t digits = number.size() - 2;
    unsigned scale = 1;
    for (std::size_t i = 0; i < digits; ++i)
        scale *= 10;
    return europeanHoldsIf(spanishLetters[(first * scale + numberAt(number, 1, digits)) % 23] == number.back());
}

Check checkItFiscalCode(std::string_view number)
{
    constexpr std::array<std::uint8_t, 36> odd{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2,
        4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    unsigned sum = 0;
    for (std::size_t i = 0; i < 15; ++i) {
        const char c = number[i];
        const unsigned letter = isAsciiDigit(c) ? digitAt(number, i) : unsigned(c - 'A');
        sum += i % 2 == 0 ? odd[isAsciiDigit(c) ? letter : letter + 10] : letter;
    }
    return europeanHoldsIf(unsigned(number[15] - 'A') == sum % 26);
}

Check checkItFiscalCodeLoosely(std::string_view number)
{
    return checkItFiscalCode(number) == Check::Holds ? Check::Holds : Check::Open;
}

Check checkItVat(std::string_view number)
{
    const std::string_view digits = number.starts_with("IT") ? number.substr(2) : number;
    return europeanHoldsIf(digits != "00000000000" && luhnHolds(digits));
}

Check checkFiDate(std::string_view number)
{
    // Without its sign the century is unknown: the 29th of February of 1800 and 1900 is left to the check letter.
    const bool date = isDate(2000 + numberAt(number, 4, 2), numberAt(number, 2, 2), numberAt(number, 0, 2));
    const unsigned value = (numberAt(number, 0, 6) * 1000 + numberAt(number, 6, 3)) % 31;
    return europeanHoldsIf(date && finnishLetters[value] == number[9]);
}

Check checkFiPersonal(std::string_view number)
{
    const unsigned century = number[6] >= 'U' ? 1900 : 2000;
    const bool date = isDate(century + numberAt(number, 4, 2), numberAt(number, 2, 2), numberAt(number, 0, 2));
    const unsigned value = (numberAt(number, 0, 6) * 1000 + numberAt(number, 7, 3)) % 31;
    return europeanHoldsIf(date && finnishLetters[value] == number[10]);
}

Check checkPlPesel(std::string_view number)
{
    constexpr std::array<std::uint8_t, 11> weights{1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
    constexpr std::array<unsigned, 5> centuries{1900, 2000, 2100, 2200, 1800}; // months count on by 20
    const unsigned month = numberAt(number, 2, 2);
    const bool date = isDate(centuries[month / 20] + numberAt(number, 0, 2), month % 20, numberAt(number, 4, 2));
    return europeanHoldsIf(date && weightedSum(number, weights) % 10 == 0);
}

Check checkSePersonal(std::string_view number)
{
    const bool century = number.size() == 12;
    const std::string_view ten = number.substr(century ? 2 : 0);
    unsigned day = numberAt(ten, 4, 2);
    day -= day > 60 ? 60 : 0; // coordination numbers count the day on by 60
    const unsigned year = century ? numberAt(number, 0, 4) : 2000 + numberAt(ten, 0, 2);
    const bool date = isDate(year, numberAt(ten, 2, 2), day) && year >= 1840 && year < 2100;
    return europeanHoldsIf(date && luhnHolds(ten));
}

Check checkSeOrganisation(std::string_view number)
{
    return europeanHoldsIf(number[2] >= '2' && !isUniform(number) && luhnHolds(number));
}

Check checkTrPlate(std::string_view number)
{
    const unsigned province = numberAt(number, 0, 2);
    return europeanHoldsIf(province >= 1 && province <= 81);
}

Check checkTrNationalId(std::string_view number)
{
    unsigned odd = 0;
    unsigned even = 0;
    for (std::size_t i = 0; i < 9; ++i)
        (i % 2 == 0 ? odd : even) += digitAt(number, i);
    const unsigned tenth = (odd * 7 + 100 - even) % 10;
    const bool holds = tenth == digitAt(number, 9) && (odd + even + tenth) % 10 == digitAt(number, 10);
    return europeanHoldsIf(number[0] != '0' && holds);
}

}
