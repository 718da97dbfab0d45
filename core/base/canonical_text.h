#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace ephor {

/// The canonical form (core/base/json.h) of a text, without building its value when it is canonical already, as most
/// that Ephor wrote itself are. Codes: those of parseJson and canonicalJson.
Result<std::string> canonicalText(std::string_view text);

/// Whether a text can be seen to be canonical in one pass: true is certain; false is said of some that are, too
/// (numbers with a fraction, names beyond ASCII, great sizes and depths).
bool isPlainlyCanonical(std::string_view text);

}
