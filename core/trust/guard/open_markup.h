#pragma once

#include <cstddef>
#include <string_view>

namespace ephor::guard {

/// Where the last link, image or tag of a growing text begins that has not ended: what the sanitizer would do with it
/// is not known before. The end of the text where all have. A blank line ends all of them.
std::size_t openMarkup(std::string_view text);

}
