#include "core/trust/detect/number/number_table.h"

namespace ephor::detect {

namespace {

constexpr float no = unknownRow;
constexpr float weak = weaklyHeld;

constexpr NumberRow worldRows[] = {
    {"CREDIT_CARD", "#{12}", checkCard, 0, 1, no},
    {"CREDIT_CARD", "#{13}", checkCard, 0, 0.65F, no},
    {"CREDIT_CARD", "#{14-19}", checkCard, 0, 1, no},
    {"CREDIT_CARD", "#{4}%#{4}%#{4}%#{4}", checkCard, 0, 1, no},
    {"CREDIT_CARD", "#{4}%#{6}%#{4-5}", checkCard, 0, 1, no},
    {"CREDIT_CARD", "#{4}%#{4}%#{4}%#{1-3}", checkCard, 0, 1, no},
    {"CREDIT_CARD", "#{4}%#{4}%#{4}", checkCard, 0, 0.9F, no},
    {"CREDIT_CARD", "#{4}%#{4}%#{4}%#{4}%#{1-3}", checkCard, 0, 1, no},
    {"CREDIT_CARD", "#{6}%#{6}", checkCard, 0, 0.9F, no},
    {"CREDIT_CARD", "#{6}%#{7}", checkCard, 0, 0.6F, no},
    {"CREDIT_CARD", "#{6}%#{13}", checkCard, 0, 0.9F, no},
    {"CREDIT_CARD", "#{5}%#{5}%#{5}", checkCard, 0, 0.9F, no},
    {"CREDIT_CARD", "#{8}%#{8}", checkCard, 0, 0.9F, no},
    {"CREDIT_CARD", "#{2}%#{2}%#{2}%#{2}%#{2}%#{2}%#{2}%#{2}", checkCard, 0, 0.9F, no},
    {"CREDIT_CARD", "#%#%#%#%#%#%#%#%#%#%#%#%#%#%#%#", checkCard, 0, 0.9F, no},
    {"CREDIT_CARD", "#%#%#%#%#%#%#%#%#%#%#%#%#%#%#", checkCard, 0, 0.9F, no},
    {"CREDIT_CARD", "4#{3}< ->?#{3}< ->?#{3}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "4#{3}< ->?#{3}< ->?#{4}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "4#{3}< ->?#{4}< ->?#{3}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "4#{3}< ->?#{4}< ->?#{4}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "5[0-5]#{2}< ->?#{3}< ->?#{3}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "5[0-5]#{2}< ->?#{3}< ->?#{4}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "5[0-5]#{2}< ->?#{4}< ->?#{3}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "5[0-5]#{2}< ->?#{4}< ->?#{4}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "[36]#{3}< ->?#{3}< ->?#{3}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "[36]#{3}< ->?#{3}< ->?#{4}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "[36]#{3}< ->?#{4}< ->?#{3}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "[36]#{3}< ->?#{4}< ->?#{4}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "1#{3}< ->?#{3}< ->?#{3}< ->?#{4-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "1#{3}< ->?#{3}< ->?#{4}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "1#{3}< ->?#{4}< ->?#{3}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
    {"CREDIT_CARD", "1#{3}< ->?#{4}< ->?#{4}< ->?#{3-5}", checkLuhn, no, no, 0.3F},
};

constexpr NumberRow americanRows[] = {
    {"US_SSN", "#{3}-#{2}-#{4}", checkUsSsn, 0.6F, 0, no},
    {"US_SSN", "#{3}-#{2}-#{4}", checkUsSsnLoosely, no, 0, 0.5F},
    {"US_SSN", "=#{3}< .>#{2}< .>#{4}", checkUsSsn, 0.5F, 0, no},
    {"US_SSN", "=#{3}< .>#{2}< .>#{4}", checkUsSsnLoosely, no, 0, 0.5F},
    {"US_SSN", "#{5}-#{4}", checkUsSsn, 0.1F, 0, no},
    {"US_SSN", "#{5}-#{4}", checkUsSsnLoosely, no, 0, 0.05F},
    {"US_SSN", "#{3}-#{6}", checkUsSsn, 0.1F, 0, no},
    {"US_SSN", "#{3}-#{6}", checkUsSsnLoosely, no, 0, 0.05F},
    {"US_SSN", "#{9}", checkUsSsn, 0.05F, 0, no},
    {"US_SSN", "#{9}", checkUsSsnLoosely, no, 0, 0.05F},
    {"US_ITIN", "9#{2}< ->#{2}< ->#{4}", checkUsItin, 0.6F, 0, 0.5F},
    {"US_ITIN", "9#{2}< ->#{6}", checkUsItin, 0.1F, 0, 0.05F},
    {"US_ITIN", "9#{4}< ->#{4}", checkUsItin, 0.1F, 0, 0.05F},
    {"US_ITIN", "9#{8}", checkUsItin, 0.2F, 0, 0.3F},
    {"US_PASSPORT", "#{9}", nullptr, 0.05F, 0, 0.05F},
    {"US_PASSPORT", "@#{8}", nullptr, 0.1F, 0, 0.1F},
    {"US_DRIVER_LICENSE", "#{6-14}", nullptr, 0.01F, 0, 0.01F},
    {"US_DRIVER_LICENSE", "#{16}", nullptr, 0.01F, 0, 0.01F},
    {"US_DRIVER_LICENSE", "@#{6-14}", nullptr, 0.2F, 0, no},
    {"US_DRIVER_LICENSE", "@#{3}<- >#{3}<- >#{2}<- >#{3}<- >?#", nullptr, 0.3F, 0, no},
    {"US_DRIVER_LICENSE", "@#{3}<- >#{4}<- >#{4-5}", nullptr, 0.3F, 0, no},
    {"US_DRIVER_LICENSE", "#{2}<- >#{3}<- >#{3-4}", nullptr, 0.05F, 0, no},
    {"US_DRIVER_LICENSE", "#{3}<- >#{3}<- >#{3}", nullptr, 0.05F, 0, no},
    {"US_DRIVER_LICENSE", "@{2}#{5-7}", nullptr, 0.1F, 0, no},
    {"US_DRIVER_LICENSE", "@#{1-14}", nullptr, no, 0, 0.3F},
    {"US_DRIVER_LICENSE", "@{2}#{3-7}", nullptr, no, 0, 0.3F},
    {"US_DRIVER_LICENSE", "@#{18}", nullptr, 0.2F, 0, 0.3F},
    {"US_DRIVER_LICENSE", "@#{6}R", nullptr, 0.2F, 0, 0.3F},
    {"US_DRIVER_LICENSE", "#{2}@{3}#{5-6}", nullptr, 0.2F, 0, 0.3F},
    {"US_DRIVER_LICENSE", "@{2}#{6}@", nullptr, 0.2F, 0, 0.3F},
    {"US_DRIVER_LICENSE", "#{8}@{2}", nullptr, 0.2F, 0, 0.3F},
    {"US_DRIVER_LICENSE", "#{3}@{2}#{4}", nullptr, 0.2F, 0, 0.3F},
    {"US_DRIVER_LICENSE", "@#@#@", nullptr, 0.1F, 0, 0.3F},
    {"US_DRIVER_LICENSE", "#{7-9}@", nullptr, 0.2F, 0, 0.3F},
    {"US_BANK_NUMBER", "#{8-17}", nullptr, 0.05F, 0, 0.05F},
    {"ABA_ROUTING_NUMBER", "#{9}", checkAbaRouting, 0, weak, no},
    {"ABA_ROUTING_NUMBER", "#{4}<- >#{4}<- >#", checkAbaRouting, 0, 0.8F, no},
    {"ABA_ROUTING_NUMBER", "[0-36-8]#{8}", checkAbaDigit, no, no, 0.05F},
    {"ABA_ROUTING_NUMBER", "[0-36-8]#{3}-#{4}-#", checkAbaDigit, no, no, 0.3F},
    {"US_NPI", "[12]#{9}", checkUsNpi, 0, weak, 0.1F},
    {"US_NPI", "[12]#{3}< ->#{3}< ->#{3}", checkUsNpi, 0, 0.7F, 0.4F},
    {"US_MBI",
        "#[AC-HJKMNPQRTUVWXY][0-9AC-HJKMNPQRTUVWXY]#[AC-HJKMNPQRTUVWXY][0-9AC-HJKMNPQRTUVWXY]#[AC-HJKMNPQRTUVWXY]["
        "AC-HJKMNPQRTUVWXY]#{2}",
        nullptr, no, 0, 0.3F},
    {"US_MBI",
        "#[AC-HJKMNPQRTUVWXY][0-9AC-HJKMNPQRTUVWXY]#-[AC-HJKMNPQRTUVWXY][0-9AC-HJKMNPQRTUVWXY]#-[AC-HJKMNPQRTUVWXY]["
        "AC-HJKMNPQRTUVWXY]#{2}",
        nullptr, no, 0, 0.5F},
    {"US_MBI",
        "=[1-9][AC-HJKMNPQRTUVWXY][0-9AC-HJKMNPQRTUVWXY]#<- >?[AC-HJKMNPQRTUVWXY][0-9AC-HJKMNPQRTUVWXY]#<- >?["
        "AC-HJKMNPQRTUVWXY][AC-HJKMNPQRTUVWXY]#{2}",
        nullptr, 0.6F, 0, no},
    {"MEDICAL_LICENSE", "[A-HJ-MPRSTUX]@#{7}", checkDeaNumber, 0, 0.6F, no},
    {"MEDICAL_LICENSE", "[A-HJ-MPRSTUX]9#{7}", checkDeaNumber, 0, 0.6F, no},
    {"CA_SIN", "[1-79]#{2}-#{3}-#{3}", checkLuhn, 0, 0.6F, no},
    {"CA_SIN", "[1-79]#{2}<- >#{3}<- >#{3}", checkLuhn, 0, weak, no},
    {"CA_SIN", "=[1-79]#{2}<- >#{3}<- >#{3}", checkLuhnLoosely, no, 0, 0.5F},
    {"CA_SIN", "[1-79]#{8}", checkLuhnLoosely, no, 0, 0.05F},
    {"CA_SIN", "[1-79]#{8}", checkLuhn, 0, weak, no},
};

}

std::span<const NumberRow> worldNumbers()
{
    return worldRows;
}

std::span<const NumberRow> americanNumbers()
{
    return americanRows;
}

}
