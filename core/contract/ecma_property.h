#pragma once

#include <string>
#include <string_view>

namespace ephor::contract {

/// What `\p{expression}` (`letter` is p, or P for the complement) of ECMA-262 is for PCRE2; empty when there is no such
/// property.
std::string translateUnicodeProperty(std::string_view expression, char letter);

}
