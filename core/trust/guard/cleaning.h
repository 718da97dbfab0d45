#pragma once

#include "core/domain/protection.h"
#include "core/trust/sanitize/sanitizer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::guard {

/// A text without what no reader sees but a machine follows, and what was taken out.
struct Cleaned {
    std::string text;
    std::vector<Noticed> noticed;
    std::string sentence; ///< what a person reads of it
    std::vector<std::string> revealed; ///< what was hidden there, decoded (sanitize::Removal), of `mostRevealed` places
};

/// More says nothing new to whoever looks at one text.
inline constexpr std::size_t mostRevealed = 64;

/// Whether texts of this place are read as JSON where they are JSON: all but answers, which are judged in pieces too.
bool readsJson(TextSurface surface);

/// Nothing where there was nothing to take out. Answers are read by people: their links lead to allowed hosts alone, if
/// any are named. JSON, which arguments and variables are and results may be, is cleaned string by string, names of
/// members too, and stays JSON.
std::optional<Cleaned> clean(std::string_view text, TextSurface surface, const std::vector<std::string>& allowedHosts);

}
