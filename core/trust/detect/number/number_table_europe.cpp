#include "core/trust/detect/number/number_table.h"

namespace ephor::detect {

namespace {

constexpr float europeanNone = unknownRow;

constexpr NumberRow europeanRows[] = {
    {"ES_NIF", "#{8}~@", checkEsNif, 0, 0.9F, europeanNone},
    {"ES_NIF", "#{2}~#{3}~#{3}~@", checkEsNif, 0, 0.9F, europeanNone},
    {"ES_NIF", "#{7}~@", checkEsNif, 0, 0.5F, europeanNone},
    {"ES_NIF", "#{7-8}<->?@", checkEsNif, europeanNone, europeanNone, 0.5F},
    {"ES_NIE", "[XYZ]~#{7}~@", checkEsNie, 0, 0.95F, europeanNone},
    {"ES_NIE", "[XYZ]~#~#{3}~#{3}~@", checkEsNie, 0, 0.95F, europeanNone},
    {"ES_NIE", "[XYZ]#{7}<->?@", checkEsNie, europeanNone, europeanNone, 0.5F},
    {"ES_PASSPORT", "@{3}#{6}", nullptr, 0.1F, 0, 0.05F},
    {"IT_FISCAL_CODE", "@{6}~[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}~@[0-9LMNP-V]{3}@", checkItFiscalCode, 0, 1,
        europeanNone},
    {"IT_FISCAL_CODE", "@{3}~@{3}~[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}~@[0-9LMNP-V]{3}@", checkItFiscalCode, 0, 1,
        europeanNone},
    {"IT_VAT_CODE", "#{11}", checkItVat, 0, weaklyHeld, europeanNone},
    {"IT_VAT_CODE", "IT< >?#{11}", checkItVat, 0, 0.95F, europeanNone},
    {"IT_DRIVER_LICENSE", "@{2}#{7}@", nullptr, 0.2F, 0, 0.2F},
    {"IT_DRIVER_LICENSE", "U1*{7}@", nullptr, 0.2F, 0, 0.2F},
    {"IT_IDENTITY_CARD", "@{2}< >?#{7}", nullptr, 0.05F, 0, 0.01F},
    {"IT_IDENTITY_CARD", "#{7}@{2}", nullptr, 0.05F, 0, 0.01F},
    {"IT_IDENTITY_CARD", "@{2}#{5}@{2}", nullptr, 0.1F, 0, 0.01F},
    {"IT_PASSPORT", "@{2}#{7}", nullptr, 0.05F, 0, 0.01F},
    {"FI_PERSONAL_IDENTITY_CODE", "#{6}<-+>#{3}[0-9A-FHJ-NPR-Y]", checkFiDate, 0, 0.9F, europeanNone},
    {"FI_PERSONAL_IDENTITY_CODE", "#{6}[A-FU-Y]#{3}[0-9A-FHJ-NPR-Y]", checkFiPersonal, 0, 0.95F, europeanNone},
    {"PL_PESEL", "#{11}", checkPlPesel, 0, 0.64F, europeanNone},
    {"SE_PERSONNUMMER", "#{6}<-+>#{4}", checkSePersonal, 0, 0.7F, europeanNone},
    {"SE_PERSONNUMMER", "#{8}<-+>?#{4}", checkSePersonal, 0, 0.9F, europeanNone},
    {"SE_PERSONNUMMER", "#{10}", checkSePersonal, 0, weaklyHeld, europeanNone},
    {"SE_ORGANISATIONSNUMMER", "#{6}-#{4}", checkSeOrganisation, 0, 0.6F, europeanNone},
    {"SE_ORGANISATIONSNUMMER", "#{10}", checkSeOrganisation, 0, 0.2F, europeanNone},
    {"TR_NATIONAL_ID", "#{11}", checkTrNationalId, 0, 0.75F, 0.3F},
    {"TR_LICENSE_PLATE", "[0-8]#< >?[A-PR-VYZ]{1-3}< >?#{2-4}", checkTrPlate, 0, 0.2F, 0.3F},
    {"TR_LICENSE_PLATE", "[0-8]#-[A-PR-VYZ]{1-3}-#{2-4}", checkTrPlate, 0, 0.2F, 0.3F},
};

}

std::span<const NumberRow> europeanNumbers()
{
    return europeanRows;
}

}
