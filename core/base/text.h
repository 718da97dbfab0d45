#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ephor {

/// True when `text` is well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
bool isUtf8(std::string_view text);

/// UTF-8 to UTF-16; malformed sequences become U+FFFD.
std::u16string toUtf16(std::string_view text);

/// Number of code points; each malformed byte counts as one.
std::size_t codePointCount(std::string_view text);

/// The first `count` code points at most, never cutting one in half; "…" is added when something was cut.
std::string shorten(std::string_view text, std::size_t count);

std::vector<std::string_view> splitLines(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
/// ASCII only: for protocol words, never for people's text.
std::string lowerAscii(std::string_view text);
/// "1 call", "37 calls", for nouns that take an s.
std::string countWords(std::uint64_t count, std::string_view noun);

/// Line and column of a byte offset, both from 1, the column in bytes.
struct TextPosition {
    std::size_t line = 1;
    std::size_t column = 1;
    bool operator==(const TextPosition&) const = default;
};
TextPosition positionAt(std::string_view text, std::size_t offset);

}
