#pragma once

#include <string>
#include <string_view>

namespace ephor::sanitize {

/// The text that bytes make where they look like one a person wrote: UTF-8, letters and blanks foremost. Else nothing.
std::string asReadableText(std::string_view bytes);

/// The bytes a run of variation selectors carries: U+FE00–FE0F are 0 to 15, U+E0100–E01EF the rest. Others are left
/// out.
std::string bytesOfSelectors(std::u32string_view selectors);

/// The text in a run of two kinds of unseen characters that stand for bits, eight to a byte with the highest first
/// ("sneaky bits"), whichever of the two is the one. A third kind may part the bytes. Empty when it makes none.
std::string textOfBits(std::u32string_view run);

}
