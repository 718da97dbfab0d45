#include "core/trust/detect/number/number_table.h"

namespace ephor::detect {

namespace {

constexpr float asianNone = unknownRow;

constexpr NumberRow asianRows[] = {
    {"AU_ABN", "#{2}< ->#{3}< ->#{3}< ->#{3}", checkAuAbn, 0, 0.7F, asianNone},
    {"AU_ABN", "#{2}.#{3}.#{3}.#{3}", checkAuAbn, 0, 0.55F, asianNone},
    {"AU_ABN", "#{2} #{3} #{3} #{3}", checkAuAbnLoosely, asianNone, asianNone, 0.1F},
    {"AU_ABN", "#{11}", checkAuAbn, 0, 0.6F, asianNone},
    {"AU_ABN", "#{11}", checkAuAbnLoosely, asianNone, asianNone, 0.01F},
    {"AU_ACN", "#{3}~#{3}~#{3}", checkAuAcn, 0, weaklyHeld, asianNone},
    {"AU_ACN", "#{3} #{3} #{3}", checkAuAcn, asianNone, asianNone, 0.1F},
    {"AU_ACN", "#{9}", checkAuAcn, 0, 0.2F, 0.01F},
    {"AU_TFN", "#{3}~#{3}~#{3}", checkAuTfn, 0, weaklyHeld, asianNone},
    {"AU_TFN", "#{3} #{3} #{3}", checkAuTfn, asianNone, asianNone, 0.1F},
    {"AU_TFN", "#{9}", checkAuTfn, 0, 0.2F, 0.01F},
    {"AU_MEDICARE", "=[2-6]#{3}< ->#{5}< ->#", checkAuMedicare, 0, 0.5F, asianNone},
    {"AU_MEDICARE", "[2-6]#{9}", checkAuMedicare, 0, 0.2F, 0.01F},
    {"AU_MEDICARE", "[2-6]#{3} #{5} #", checkAuMedicare, asianNone, asianNone, 0.1F},
    {"IN_AADHAAR", "#{12}", checkInAadhaar, 0, weaklyHeld, 0.01F},
    {"IN_AADHAAR", "#{4}<- :.>#{4}<- :.>#{4}", checkInAadhaar, 0, 0.7F, asianNone},
    {"IN_AADHAAR", "#{4}<- :>#{4}<- :>#{4}", checkInAadhaar, asianNone, asianNone, 0.01F},
    {"IN_PAN", "@{3}[ABCFGHJLPT]@#{4}@", nullptr, 0.5F, 0, 0.5F},
    {"IN_PAN", "@{5}#{4}@", nullptr, 0.1F, 0, 0.1F},
    {"IN_GSTIN", "#{2}@{5}#{4}@*Z*", checkInGstin, 0.5F, 1, asianNone},
    {"IN_GSTIN", "[0-3]#*{5}#{4}@*Z*", checkInGstinLoosely, asianNone, 0, 0.8F},
    {"IN_PASSPORT", "@[1-9]#< >?#{4}[1-9]", nullptr, 0.1F, 0, 0.1F},
    {"IN_VOTER", "@[ABCDGHJKMNPRSY]@#{7}", nullptr, 0.2F, 0, 0.4F},
    {"IN_VOTER", "@{3}#{7}", nullptr, 0.1F, 0, 0.3F},
    {"IN_VEHICLE_REGISTRATION", "@{2}~#{2}~@{1-3}~#{4}", checkInVehicle, 0.5F, 0, asianNone},
    {"IN_VEHICLE_REGISTRATION", "@{2}~#~@{1-3}~#{4}", checkInVehicle, 0.4F, 0, asianNone},
    {"IN_VEHICLE_REGISTRATION", "[2-9][1-9]~BH~#{4}~[A-HJ-NP-Z]{1-2}", nullptr, 0.5F, 0, 0.85F},
    {"IN_VEHICLE_REGISTRATION", "#{2}[A-FHKPRX]#{6}@", nullptr, 0.3F, 0, 0.85F},
    {"IN_VEHICLE_REGISTRATION", "#{1-3}CD[1-9]#{1-3}", nullptr, 0.2F, 0, 0.4F},
    {"IN_VEHICLE_REGISTRATION", "#{1-3}CC[1-9]#{1-3}", nullptr, 0.2F, 0, 0.4F},
    {"IN_VEHICLE_REGISTRATION", "#{1-3}UN[1-9]#{1-3}", nullptr, 0.2F, 0, 0.4F},
    {"IN_VEHICLE_REGISTRATION", "@{2}#{1}@{1-3}#{4}", nullptr, asianNone, 0, 0.5F},
    {"IN_VEHICLE_REGISTRATION", "@{2}#{2}@{1-2}#{4}", nullptr, asianNone, 0, 0.5F},
    {"IN_VEHICLE_REGISTRATION", "@{1-2}#{4}", nullptr, asianNone, 0, 0.01F},
    {"IN_VEHICLE_REGISTRATION", "I#{5}", nullptr, asianNone, 0, 0.01F},
    {"IN_VEHICLE_REGISTRATION", "@{3}#{4}", nullptr, 0.1F, 0, 0.2F},
    {"SG_NRIC_FIN", "[STFGM]#{7}@", checkSgNric, 0, 0.9F, asianNone},
    {"SG_NRIC_FIN", "[STFGM]#{7}@", nullptr, asianNone, 0, 0.5F},
    {"SG_NRIC_FIN", "@#{7}@", nullptr, asianNone, 0, 0.3F},
    {"SG_UEN", "#{8-9}@", checkSgUen, 0, 0.56F, asianNone},
    {"SG_UEN", "#{8-9}@", checkSgUenLoosely, asianNone, 0, 0.3F},
    {"SG_UEN", "[TSR]#{2}@{2}#{4}@", checkSgUen, 0, 0.9F, 0.3F},
    {"KR_RRN", "#{6}-[1-4]#{6}", checkKrRrn, 0.5F, 0.9F, asianNone},
    {"KR_RRN", "#{6}[1-4]#{6}", checkKrRrn, 0.1F, 0.6F, asianNone},
    {"KR_FRN", "#{6}-[5-8]#{6}", checkKrFrn, 0.5F, 0.9F, asianNone},
    {"KR_FRN", "#{6}[5-8]#{6}", checkKrFrn, 0.1F, 0.6F, asianNone},
    {"KR_BRN", "#{3}-#{2}-#{5}", checkKrBrn, 0, 0.7F, asianNone},
    {"KR_BRN", "#{10}", checkKrBrn, 0, 0.2F, asianNone},
    {"KR_DRIVER_LICENSE", "#{2}-#{2}-#{6}-#{2}", checkKrDriver, 0, 0.5F, asianNone},
    {"KR_DRIVER_LICENSE", "#{2}<- >?#{2}<- >?#{6}<- >?#{2}", checkKrDriver, 0, 0.05F, asianNone},
    {"KR_PASSPORT", "[MSROD]#{3}@#{4}", nullptr, 0.3F, 0, asianNone},
    {"KR_PASSPORT", "[MSROD]#{8}", nullptr, 0.1F, 0, asianNone},
    {"TH_TNIN", "[1-9]<- >#{4}<- >#{5}<- >#{2}<- >#", checkThTnin, 0, 0.9F, asianNone},
    {"TH_TNIN", "[1-9]#{12}", checkThTnin, 0, weaklyHeld, 0.5F},
    {"ZA_ID_NUMBER", "#{13}", checkZaId, 0, 0.7F, 0.2F},
    {"ZA_ID_NUMBER", "#{6}< >#{4}< >#{3}", checkZaId, 0, 0.8F, asianNone},
    {"NG_NIN", "#{11}", checkNgNin, 0, 0.25F, 0.01F},
    {"NG_VEHICLE_REGISTRATION", "@{3}<- >?#{3}<- >?@{2}", nullptr, 0.4F, 0, asianNone},
    {"NG_VEHICLE_REGISTRATION", "@{3}<- >?#{3}@{2}", nullptr, asianNone, 0, 0.5F},
    {"PH_TIN", "#{3}-#{3}-#{3}", checkPhTin, weaklyHeld, 0, asianNone},
    {"PH_TIN", "#{3}-#{3}-#{3}-#{3}", checkPhTin, weaklyHeld, 0, asianNone},
    {"PH_TIN", "#{9}", checkPhTin, 0.05F, 0, asianNone},
    {"PH_TIN", "#{12}", checkPhTin, 0.05F, 0, asianNone},
};

}

std::span<const NumberRow> asianNumbers()
{
    return asianRows;
}

}
