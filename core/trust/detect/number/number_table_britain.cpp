#include "core/trust/detect/number/number_table.h"

namespace ephor::detect {

namespace {

constexpr float britishNone = unknownRow;

constexpr NumberRow britishRows[] = {
    {"UK_NHS", "#{10}", checkUkNhs, 0, weaklyHeld, 0.5F},
    {"UK_NHS", "#{3} #{3} #{4}", checkUkNhs, 0, 0.45F, britishNone},
    {"UK_NHS", "=#{3}<-.>#{3}<-.>#{4}", checkUkNhs, 0, weaklyHeld, britishNone},
    {"UK_NHS", "#{3}< ->?#{3}< ->?#{4}", checkUkNhs, britishNone, britishNone, 0.5F},
    {"UK_NINO", "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]< >?#{2}< >?#{2}< >?#{2}< >?[A-D]", checkUkNino, britishNone, 0,
        0.5F},
    {"UK_NINO", "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]~#{2}~#{2}~#{2}~[A-D]", checkUkNino, 0.6F, 0, britishNone},
    {"UK_PASSPORT", "@{2}#{7}", nullptr, 0.1F, 0, 0.1F},
    {"UK_PASSPORT", "#{9}", nullptr, 0.05F, 0, britishNone},
    {"UK_DRIVING_LICENCE", "[A-Z9]{5}#[0156]#[0-3]##[A-Z9]{2}*@{2}", checkUkDriving, 0.6F, 0, britishNone},
    {"UK_DRIVING_LICENCE", "[A-Z9]{5}#[0156]#[0-3]##[A-Z9]{2}*@{2}", checkUkDrivingLoosely, britishNone, 0, 0.5F},
    {"UK_DRIVING_LICENCE", "[A-Z9]{5}<- >#[0156]#[0-3]##<- >[A-Z9]{2}*<- >?@{2}", checkUkDriving, 0.6F, 0, britishNone},
    {"UK_POSTCODE", "[A-PR-UWYZ]#[A-HJKPSTUW] #[ABD-HJLNP-UW-Z]{2}", checkUkPostcode, 0.4F, 0, britishNone},
    {"UK_POSTCODE", "[A-PR-UWYZ]#{1-2} #[ABD-HJLNP-UW-Z]{2}", checkUkPostcode, 0.4F, 0, britishNone},
    {"UK_POSTCODE", "[A-PR-UWYZ][A-HK-Y]#{1-2} #[ABD-HJLNP-UW-Z]{2}", checkUkPostcode, 0.4F, 0, britishNone},
    {"UK_POSTCODE", "[A-PR-UWYZ][A-HK-Y]#[ABEHMNPRVWXY] #[ABD-HJLNP-UW-Z]{2}", checkUkPostcode, 0.4F, 0, britishNone},
    {"UK_POSTCODE", "[A-PR-UWYZ]#[A-HJKPSTUW]#[ABD-HJLNP-UW-Z]{2}", checkUkPostcode, 0.2F, 0, britishNone},
    {"UK_POSTCODE", "[A-PR-UWYZ]#{2-3}[ABD-HJLNP-UW-Z]{2}", checkUkPostcode, 0.2F, 0, britishNone},
    {"UK_POSTCODE", "[A-PR-UWYZ][A-HK-Y]#{2-3}[ABD-HJLNP-UW-Z]{2}", checkUkPostcode, 0.2F, 0, britishNone},
    {"UK_POSTCODE", "[A-PR-UWYZ][A-HK-Y]#[ABEHMNPRVWXY]#[ABD-HJLNP-UW-Z]{2}", checkUkPostcode, 0.2F, 0, britishNone},
    {"UK_POSTCODE", "GIR< >?0AA", checkUkPostcode, 0.4F, 0, britishNone},
    {"UK_POSTCODE", "[A-PR-UWYZ]#[A-HJKPSTUW] #[ABD-HJLNP-UW-Z]{2}", nullptr, britishNone, 0, 0.1F},
    {"UK_POSTCODE", "[A-PR-UWYZ]#{1-2} #[ABD-HJLNP-UW-Z]{2}", nullptr, britishNone, 0, 0.1F},
    {"UK_POSTCODE", "[A-PR-UWYZ][A-HK-Y]#{1-2} #[ABD-HJLNP-UW-Z]{2}", nullptr, britishNone, 0, 0.1F},
    {"UK_POSTCODE", "[A-PR-UWYZ][A-HK-Y]#[ABEHMNPRVWXY] #[ABD-HJLNP-UW-Z]{2}", nullptr, britishNone, 0, 0.1F},
    {"UK_POSTCODE", "[A-PR-UWYZ]#[A-HJKPSTUW]#[ABD-HJLNP-UW-Z]{2}", nullptr, britishNone, 0, 0.1F},
    {"UK_POSTCODE", "[A-PR-UWYZ]#{2-3}[ABD-HJLNP-UW-Z]{2}", nullptr, britishNone, 0, 0.1F},
    {"UK_POSTCODE", "[A-PR-UWYZ][A-HK-Y]#{2-3}[ABD-HJLNP-UW-Z]{2}", nullptr, britishNone, 0, 0.1F},
    {"UK_POSTCODE", "[A-PR-UWYZ][A-HK-Y]#[ABEHMNPRVWXY]#[ABD-HJLNP-UW-Z]{2}", nullptr, britishNone, 0, 0.1F},
    {"UK_POSTCODE", "GIR< >?0AA", nullptr, britishNone, 0, 0.1F},
    {"UK_VEHICLE_REGISTRATION", "[A-HJ-PR-Y]{2}[0-7]#<- >?[A-HJ-PR-Z]{3}", checkUkVehicle, 0, 0.3F, 0.3F},
    {"UK_VEHICLE_REGISTRATION", "[A-HJ-NPR-TV-Y]#{1-3}<- >?[A-HJ-PR-Y][A-HJ-PR-Z]{2}", nullptr, 0.2F, 0, 0.2F},
    {"UK_VEHICLE_REGISTRATION", "[A-HJ-PR-Z]{3}<- >?#{1-3}<- >?[A-HJ-NPR-TV-Y]", nullptr, 0.15F, 0, 0.15F},
};

}

std::span<const NumberRow> britishNumbers()
{
    return britishRows;
}

}
