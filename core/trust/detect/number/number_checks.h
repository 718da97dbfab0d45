#pragma once

#include <string_view>

namespace ephor::detect {

/// What the rules of a number say of one that has its shape.
enum class Check {
    Fails, ///< it is none
    Holds, ///< its check digits or its registry agree
    Open, ///< it may be one; nothing more can be said
};

/// Looks at a number in capitals and digits that has the shape its table promises.
using CheckFunction = Check (*)(std::string_view number);

/// Payment cards by the ranges that brands issue from, of the brand's length, with Luhn's digit (ISO/IEC 7812).
Check checkCard(std::string_view number);
/// The wider rule of Presidio: Luhn alone.
Check checkLuhn(std::string_view number);
/// The same where the number was given a meaning otherwise: what holds may be one, no more.
Check checkLuhnLoosely(std::string_view number);
/// ISO 13616: the country's length, and 1 modulo 97.
Check checkIban(std::string_view number);
/// How long an IBAN of the country is, 0 for a country that has none.
std::size_t ibanLength(char first, char second);

/// United States and Canada
Check checkUsSsn(std::string_view number);
Check checkUsSsnLoosely(std::string_view number); ///< those that begin with 9 too, which are other numbers
Check checkUsItin(std::string_view number);
Check checkAbaRouting(std::string_view number);
Check checkAbaDigit(std::string_view number); ///< the check digit alone
Check checkUsNpi(std::string_view number);
Check checkDeaNumber(std::string_view number);

/// United Kingdom
Check checkUkNhs(std::string_view number);
Check checkUkNino(std::string_view number);
Check checkUkPostcode(std::string_view number);
Check checkUkVehicle(std::string_view number);
Check checkUkDriving(std::string_view number);
Check checkUkDrivingLoosely(std::string_view number); ///< the name alone, as Presidio has it

/// Germany
Check checkDeTaxId(std::string_view number);
Check checkDeTaxIdLoosely(std::string_view number); ///< the rule of Presidio: no digit more than three times
Check checkDeTaxNumber(std::string_view number);
Check checkDeVatId(std::string_view number);
Check checkDeVatIdLoosely(std::string_view number); ///< one that begins with 0 too
Check checkIcao(std::string_view number); ///< all but the last character, which is the check digit
Check checkHasLetterWithin(std::string_view number); ///< of passports, which other countries write in digits
Check checkDeIdCardLoosely(std::string_view number); ///< the rule of Presidio: numbers before 2010 have no check digit
Check checkDeSocialSecurity(std::string_view number);
Check checkDeHealthInsurance(std::string_view number);
Check checkDeLanr(std::string_view number);
Check checkDeBsnr(std::string_view number);
Check checkDePostcode(std::string_view number);

/// The rest of Europe
Check checkEsNif(std::string_view number);
Check checkEsNie(std::string_view number);
Check checkItFiscalCode(std::string_view number);
Check checkItFiscalCodeLoosely(std::string_view number); ///< one that fails may still be one
Check checkItVat(std::string_view number);
Check checkFiPersonal(std::string_view number); ///< with the century's sign as it stands in modern numbers: a letter
Check checkFiDate(std::string_view number); ///< with "-" or "+" left out
Check checkPlPesel(std::string_view number);
Check checkSePersonal(std::string_view number);
Check checkSeOrganisation(std::string_view number);
Check checkTrNationalId(std::string_view number);
Check checkTrPlate(std::string_view number);

/// Asia, Africa, Australia
Check checkAuAbn(std::string_view number);
Check checkAuAbnLoosely(std::string_view number); ///< one that begins with 0 too, as Presidio has it
Check checkAuAcn(std::string_view number);
Check checkAuTfn(std::string_view number);
Check checkAuMedicare(std::string_view number);
Check checkInAadhaar(std::string_view number);
Check checkInGstin(std::string_view number);
Check checkInGstinLoosely(std::string_view number); ///< the state and three letters, as Presidio has it
Check checkInVehicle(std::string_view number);
Check checkSgNric(std::string_view number);
Check checkSgUen(std::string_view number);
Check checkSgUenLoosely(std::string_view number); ///< of any year
Check checkKrRrn(std::string_view number);
Check checkKrFrn(std::string_view number);
Check checkKrBrn(std::string_view number);
Check checkKrDriver(std::string_view number);
Check checkThTnin(std::string_view number);
Check checkZaId(std::string_view number);
Check checkNgNin(std::string_view number);
Check checkPhTin(std::string_view number);

}
