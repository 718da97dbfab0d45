#pragma once

#include <string>
#include <string_view>

namespace ephor::sanitize {

// Forgiving readers of encodings for looking into a text, not for protocols: blanks between characters are skipped,
// padding and left-over bits are not checked. They stop at the first character that is not of the alphabet.

/// Both alphabets of RFC 4648 §4 and §5.
std::string decodedBase64(std::string_view text);
/// RFC 4648 §6, capitals.
std::string decodedBase32(std::string_view text);
/// Ascii85 as Adobe writes it, without <~ and ~>.
std::string decodedAscii85(std::string_view text);
/// The alphabet of RFC 1924 (git, Python's b85encode).
std::string decodedBase85(std::string_view text);
/// Pairs of digits; anything else is skipped.
std::string decodedHexadecimal(std::string_view text);

}
