#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ephor::detect {

/// The text without the letters and digits of blanks that are spelt out, which would be taken for a word's: blanks
/// stand for the escapes \n, \r and \t of JSON and program text, percent signs for %20 in links. Else "\n4111…" would
/// be a word that begins with an n. Every place stays the same. Nothing where there is none.
std::optional<std::string> withBlanksForEscapes(std::string_view text);

}
