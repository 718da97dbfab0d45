#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace ephor::detect {

/// The characters a part of a token is made of. The letter is how a pattern names it (secret_pattern.h).
enum class Alphabet : char {
    Digits = 'd',
    LowerHex = 'h',
    Hex = 'H',
    Lower = 'l', ///< a–z and digits
    Upper = 'u', ///< A–Z and digits
    Base32 = 'q', ///< A–Z and 2–7
    Alphanumeric = 'a',
    Word = 'w', ///< letters, digits, underscore
    Base64Url = 'b', ///< letters, digits, hyphen, underscore
    Base64 = 'B', ///< letters, digits, plus, slash
    Opaque = 'z', ///< Base64 of both kinds with dots, tildes, equals signs and percent signs
};

namespace secret_alphabet {

constexpr bool belongs(Alphabet alphabet, char c)
{
    const bool digit = c >= '0' && c <= '9';
    const bool lower = c >= 'a' && c <= 'z';
    const bool upper = c >= 'A' && c <= 'Z';
    const bool plain = digit || lower || upper;
    switch (alphabet) {
    case Alphabet::Digits:
        return digit;
    case Alphabet::LowerHex:
        return digit || (c >= 'a' && c <= 'f');
    case Alphabet::Hex:
        return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case Alphabet::Lower:
        return digit || lower;
    case Alphabet::Upper:
        return digit || upper;
    case Alphabet::Base32:
        return upper || (c >= '2' && c <= '7');
    case Alphabet::Alphanumeric:
        return plain;
    case Alphabet::Word:
        return plain || c == '_';
    case Alphabet::Base64Url:
        return plain || c == '_' || c == '-';
    case Alphabet::Base64:
        return plain || c == '+' || c == '/';
    case Alphabet::Opaque:
        return plain || std::string_view("-_.~+/=%").find(c) != std::string_view::npos;
    }
    return false;
}

inline constexpr std::string_view letters = "dhHluqawbBz";

/// One bit for each alphabet, for each byte: belonging is one look-up.
inline constexpr auto table = [] {
    std::array<std::uint16_t, 256> masks{};
    for (std::size_t byte = 0; byte < masks.size(); ++byte) {
        for (std::size_t i = 0; i < letters.size(); ++i) {
            if (belongs(Alphabet(letters[i]), char(byte)))
                masks[byte] |= std::uint16_t(1U << i);
        }
    }
    return masks;
}();

/// The bit of an alphabet, by its letter.
inline constexpr auto bits = [] {
    std::array<std::uint16_t, 128> bitOf{};
    for (std::size_t i = 0; i < letters.size(); ++i)
        bitOf[std::uint8_t(letters[i])] = std::uint16_t(1U << i);
    return bitOf;
}();

}

constexpr bool contains(Alphabet alphabet, char c)
{
    return (secret_alphabet::table[std::uint8_t(c)] & secret_alphabet::bits[std::size_t(alphabet)]) != 0;
}

}
