#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ephor::sanitize {

/// How one character reads to a detector when nothing combines with it.
struct CharacterForm {
    static constexpr std::size_t room = 13; ///< nearly every form; longer ones are computed each time

    bool own = false; ///< it is its own form
    bool invisible = false; ///< it has none
    bool begins = true; ///< nothing before it can combine with it (Unicode's normalisation boundary)
    std::array<char, room> bytes{};
    std::uint8_t length = 0; ///< of `bytes`; above `room`: call formOf

    bool isLong() const { return length > room; }
    std::string_view text() const { return {bytes.data(), length}; }
};

/// From tables that are filled, 256 characters at a time, when first asked for. Thread-safe. Not for ASCII.
const CharacterForm& characterForm(char32_t value);

/// The form of characters that combine, such as a letter and its accents, without invisible ones among them:
/// compatibility decomposition (NFKD), then digits and look-alikes as ASCII, then composition (NFC). Of the marks that
/// only decorate (strokes, piled accents) those that do not compose are left out.
std::string formOf(std::u32string_view characters);

}
