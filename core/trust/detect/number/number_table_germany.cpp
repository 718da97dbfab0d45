#include "core/trust/detect/number/number_table.h"

namespace ephor::detect {

namespace {

constexpr float germanNone = unknownRow;

constexpr NumberRow germanRows[] = {
    {"DE_TAX_ID", "#{11}", checkDeTaxId, weaklyHeld, 0.8F, germanNone},
    {"DE_TAX_ID", "=#{2}< >#{3}< >#{3}< >#{3}", checkDeTaxId, 0.5F, 0.95F, germanNone},
    {"DE_TAX_ID", "[1-9]#{10}", checkDeTaxIdLoosely, germanNone, germanNone, 0.5F},
    {"DE_TAX_NUMBER", "#{13}", checkDeTaxNumber, 0.2F, 0, germanNone},
    {"DE_TAX_NUMBER", "0[1-9]#{11}", nullptr, germanNone, 0, 0.5F},
    {"DE_TAX_NUMBER", "1[0-6]#{11}", nullptr, germanNone, 0, 0.5F},
    {"DE_TAX_NUMBER", "#{3}/#{3}/#{5}", nullptr, 0.4F, 0, 0.4F},
    {"DE_TAX_NUMBER", "#{2}/#{3}/#{5}", nullptr, 0.4F, 0, 0.2F},
    {"DE_TAX_NUMBER", "#{3}/#{4}/#{4}", nullptr, 0.4F, 0, 0.2F},
    {"DE_TAX_NUMBER", "#{2-3}/#{3}/#{4}", nullptr, germanNone, 0, 0.2F},
    {"DE_TAX_NUMBER", "#{2-3}/#{4}/#{5}", nullptr, germanNone, 0, 0.2F},
    {"DE_TAX_NUMBER", "#{2}/#{4}/#{4}", nullptr, germanNone, 0, 0.2F},
    {"DE_TAX_NUMBER", "#{2} #{3} #{5}", nullptr, 0.1F, 0, germanNone},
    {"DE_TAX_NUMBER", "#{3} #{3} #{5}", nullptr, 0.1F, 0, germanNone},
    {"DE_VAT_ID", "DE#{9}", checkDeVatId, 0.5F, 0.95F, germanNone},
    {"DE_VAT_ID", "DE#{9}", checkDeVatIdLoosely, germanNone, 0, 0.5F},
    {"DE_VAT_ID", "DE~#{3}~#{3}~#{3}", checkDeVatId, 0.5F, 0.95F, germanNone},
    {"DE_VAT_ID", "DE~#{3}~#{3}~#{3}", checkDeVatIdLoosely, germanNone, 0, 0.4F},
    {"DE_VAT_ID", "DE~#{9}", checkDeVatId, 0.5F, 0.95F, germanNone},
    {"DE_VAT_ID", "DE~#{9}", checkDeVatIdLoosely, germanNone, 0, 0.4F},
    {"DE_ID_CARD", "[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{7}#", nullptr, 0.2F, 0, germanNone},
    {"DE_ID_CARD", "[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{7}< >?##", checkIcao, 0, 0.5F, germanNone},
    {"DE_ID_CARD", "[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{7}#", checkDeIdCardLoosely, germanNone, germanNone, 0.4F},
    {"DE_ID_CARD", "T#{8}", nullptr, 0.2F, 0, 0.5F},
    {"DE_PASSPORT", "[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{7}#", checkHasLetterWithin, 0.2F, 0, germanNone},
    {"DE_PASSPORT", "[CFGHJ-NPRTV-Z]#{8}", nullptr, 0.05F, 0, germanNone},
    {"DE_PASSPORT", "[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{7}< >?##", checkIcao, 0, 0.45F, germanNone},
    {"DE_PASSPORT", "[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{7}#", checkIcao, germanNone, germanNone, 0.4F},
    {"DE_SOCIAL_SECURITY", "#{2}~#{6}~@~#{3}", checkDeSocialSecurity, 0, 0.9F, germanNone},
    {"DE_SOCIAL_SECURITY", "#{8}@#{3}", checkDeSocialSecurity, germanNone, germanNone, 0.5F},
    {"DE_HEALTH_INSURANCE", "@#{9}", checkDeHealthInsurance, 0, 0.5F, 0.3F},
    {"DE_HEALTH_INSURANCE", "@#{3}< >#{3}< >#{3}", checkDeHealthInsurance, 0, 0.6F, germanNone},
    {"DE_LANR", "#{9}", checkDeLanr, 0, 0.2F, 0.3F},
    {"DE_BSNR", "#{9}", checkDeBsnr, 0.05F, 0, 0.2F},
    {"DE_FUEHRERSCHEIN", "@{2}#{8}*", nullptr, 0.2F, 0, 0.35F},
    {"DE_FUEHRERSCHEIN", "@#{2}*{6}#*", nullptr, 0.1F, 0, germanNone},
    {"DE_HANDELSREGISTER", "HR[AB]< >?#{1-6}", nullptr, 0.5F, 0, germanNone},
    {"DE_HANDELSREGISTER", "HR[AB]< >?#{1-6}< >?B", nullptr, 0.5F, 0, germanNone},
    {"DE_KFZ", "@{1-3}<- >@{1-2}<- >#{1-4}", nullptr, 0.2F, 0, germanNone},
    {"DE_KFZ", "@{1-3}<- >@{1-2}<- >#{1-4}[EH]", nullptr, 0.3F, 0, germanNone},
    {"DE_PLZ", "#{5}", checkDePostcode, 0.05F, 0, 0.05F},
};

}

std::span<const NumberRow> germanNumbers()
{
    return germanRows;
}

}
