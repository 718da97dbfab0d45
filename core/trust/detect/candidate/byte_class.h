#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ephor::detect {

/// What a byte may be part of, one bit each.
enum ByteClass : std::uint8_t {
    DigitByte = 1,
    CapitalByte = 2,
    SmallByte = 4,
    WordByte = 7, ///< any of the three
    HighByte = 8, ///< of a character beyond ASCII
};

inline constexpr std::array<std::uint8_t, 256> byteClasses = [] {
    std::array<std::uint8_t, 256> classes{};
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (byte >= '0' && byte <= '9')
            classes[byte] = DigitByte;
        else if (byte >= 'A' && byte <= 'Z')
            classes[byte] = CapitalByte;
        else if (byte >= 'a' && byte <= 'z')
            classes[byte] = SmallByte;
        else if (byte >= 0x80)
            classes[byte] = HighByte;
    }
    return classes;
}();

constexpr std::uint8_t classOf(char c)
{
    return byteClasses[std::uint8_t(c)];
}

/// The class of text[at], 0 outside the text.
constexpr std::uint8_t classAt(std::string_view text, std::size_t at)
{
    return at < text.size() ? classOf(text[at]) : 0;
}

/// The character at `at`, NUL outside the text.
constexpr char charAt(std::string_view text, std::size_t at)
{
    return at < text.size() ? text[at] : '\0';
}

constexpr char capital(char c)
{
    return (classOf(c) & SmallByte) != 0 ? char(c - 32) : c;
}

constexpr char small(char c)
{
    return (classOf(c) & CapitalByte) != 0 ? char(c + 32) : c;
}

/// Whether a letter of Latin script with an accent ends right before `at`, as in "né4": then no number begins there.
/// Letters of other scripts stand next to numbers without a blank, as in Korean.
constexpr bool accentedLetterBefore(std::string_view text, std::size_t at)
{
    if (at < 2 || (classOf(text[at - 1]) & HighByte) == 0)
        return false;
    const auto lead = std::uint8_t(text[at - 2]);
    return lead >= 0xC3 && lead <= 0xC9;
}

/// Bytes of letters in Latin, Greek and Cyrillic script, which names on the web are made of beside ASCII. Scripts that
/// put no blanks between words are left out, or an address would swallow the sentence before it.
constexpr bool isNameByte(char c)
{
    const auto byte = std::uint8_t(c);
    return (classOf(c) & WordByte) != 0 || (byte >= 0x80 && byte <= 0xBF) || (byte >= 0xC3 && byte <= 0xD3);
}

/// Whether the byte continues a character that began before it.
constexpr bool isContinuation(char c)
{
    return (std::uint8_t(c) & 0xC0) == 0x80;
}

constexpr bool accentedLetterAt(std::string_view text, std::size_t at)
{
    const auto lead = std::uint8_t(charAt(text, at));
    return lead >= 0xC3 && lead <= 0xC9;
}

}
