#pragma once

#include <string_view>

namespace ephor::detect {

/// The lists of resources/detect, one entry a line.
extern const std::string_view givenNameList;
extern const std::string_view wordGivenNameList; ///< also words, months, places or surnames
extern const std::string_view surnameList;
extern const std::string_view placeList; ///< up to three words

}
