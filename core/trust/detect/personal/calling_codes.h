#pragma once

#include <string_view>

namespace ephor::detect {

/// Whether ten digits are an area, an exchange and a line of the North American Numbering Plan.
constexpr bool isNorthAmerican(std::string_view ten)
{
    return ten[0] >= '2' && ten[3] >= '2' && !(ten[1] == '1' && ten[2] == '1') && !(ten[4] == '1' && ten[5] == '1');
}

/// Whether digits begin with an assigned calling code (ITU-T E.164) and have as many behind it as its country's numbers
/// do.
bool isInternational(std::string_view digits);

}
