#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ephor::sanitize {

/// HTML's way to write a character: &#106; &#x6a; &colon;
struct CharacterReference {
    char32_t value = 0; ///< 0: a name that is not known here
    std::size_t length = 0; ///< bytes; 0: none begins here
};

/// What the ampersand at `at` begins. Numbers need no semicolon, as in browsers. Of the two thousand names it knows
/// those of ASCII signs, of unseen characters and the commonest of letters.
CharacterReference characterReferenceAt(std::string_view text, std::size_t at);

}
