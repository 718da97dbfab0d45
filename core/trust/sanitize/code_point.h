#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ephor::sanitize {

/// One character of a text, or one piece of it that is none.
struct CodePoint {
    char32_t value = 0xFFFD; ///< U+FFFD where the bytes are no character
    std::uint8_t length = 1; ///< bytes; of a broken sequence its longest beginning that could have become one
    bool valid = false;
};

/// What stands at `at`, which is inside the text. Refuses overlong forms, surrogates and values above U+10FFFF; a
/// broken sequence is cut as Unicode 15 §3.9 recommends ("maximal subparts").
CodePoint codePointAt(std::string_view text, std::size_t at);

/// `value` is at most U+10FFFF and no surrogate.
void appendUtf8(std::string& text, char32_t value);

/// The first byte at or after `from` that is not ASCII; the size where there is none. Reads eight bytes at a time.
std::size_t asciiEnd(std::string_view text, std::size_t from);

}
