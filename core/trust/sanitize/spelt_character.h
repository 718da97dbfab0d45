#pragma once

#include <cstddef>
#include <string_view>

namespace ephor::sanitize {

/// A character written as an escape of a programming language.
struct SpeltCharacter {
    char32_t value = 0;
    std::size_t length = 0; ///< bytes; 0: there is none
};

/// What the backslash at `at` begins: \xHH, \ooo (octal), \uHHHH, \u{H…}, \UHHHHHHHH, \e and \E (escape), \a (bell),
/// and \27, which some shells read as decimal.
SpeltCharacter speltCharacterAt(std::string_view text, std::size_t at);

}
