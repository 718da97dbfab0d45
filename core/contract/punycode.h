#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ephor::contract {

/// RFC 3492: the part of an A-label after "xn--", decoded; nothing when it is not Punycode.
std::optional<std::u32string> decodePunycode(std::string_view text);

/// RFC 3492: the part after "xn--" that stands for `text`; nothing on overflow.
std::optional<std::string> encodePunycode(std::u32string_view text);

}
