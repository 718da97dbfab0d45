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
};

/// JSON of a tool without escapes, so that no detector has to know them; nothing where there are none.
std::optional<std::string> plainJson(std::string_view text, TextSurface surface);

/// Nothing where there was nothing to take out. Answers are read by people: their links lead to allowed hosts alone, if
/// any are named. JSON, which arguments are and results may be, is cleaned string by string and stays JSON.
std::optional<Cleaned> clean(std::string_view text, TextSurface surface, const std::vector<std::string>& allowedHosts);

}
