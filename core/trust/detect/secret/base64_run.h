#pragma once

#include <string>
#include <string_view>

namespace ephor::detect {

/// The bytes that a run of base64 or base64url stands for, without its padding: lenient, since this is for finding and
/// proves nothing. Ends at the first character that is of neither alphabet.
std::string decodedBase64(std::string_view run);

/// True for text a person could have written: no control characters but line breaks and tabs, nothing above ASCII.
bool isPrintable(std::string_view text);

}
