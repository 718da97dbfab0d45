#pragma once

#include "core/trust/guard/cleaning.h"
#include "core/trust/guard/guard.h"

namespace ephor::guard {

class Protection;

/// A person looks through no more of one text; the rest of a longer one is not kept.
inline constexpr std::size_t longestRawText = 256 * 1024;

/// What is kept of a text that was cleaned: the text as it came, and what was hidden in it. Values that a rule hides or
/// denies are hidden here too, also where they stand in encodings that decode to text (sanitize::hiddenTexts); a hidden
/// text that holds one is left out whole. Where fewer of them are found in the raw text than in the cleaned one,
/// `hidden` of them, the text is not kept at all: what took them apart is not understood.
Result<RawText> keptRaw(const Protection& protection, std::string_view raw, const Cleaned& cleaned, TextSurface surface,
    std::string_view tool, std::size_t hidden);

}
