#pragma once

#include "core/trust/detect/personal/phone_plans.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace ephor::detect {

/// How one country writes and dials numbers.
struct PhoneCountry {
    std::string_view code;
    PhonePlan valid;
    PhonePlan shape;
    std::string_view trunk; ///< before a national number within the country
    std::string_view abroad; ///< before a calling code
    std::uint32_t lengths = 0; ///< bit i: national numbers of i digits exist
};

/// Those whose ways Presidio knows.
std::span<const PhoneCountry> phoneCountries();

/// Whether a piece of text is a number that is given out, read in the country: its digits, with what may stand between
/// them and an extension behind.
bool isPhoneIn(const PhoneCountry& country, std::string_view piece);

}
