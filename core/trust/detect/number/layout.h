#pragma once

#include "core/trust/detect/candidate/gap.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// A piece of text that may be a number: its digits and letters without what stands between them.
struct Piece {
    std::string_view text; ///< capitals and digits; at most maxPieceLength
    std::uint64_t digits = 0; ///< bit i: text[i] is a digit
    std::uint64_t gaps = 0; ///< bit i: something stands before text[i]; never bit 0
    const std::uint8_t* gapKinds = nullptr; ///< the Gap before each character
};

/// No number of a layout is longer: 64 places fit the masks, IBANs of 34 characters are the longest that are written in
/// groups.
inline constexpr std::size_t maxPieceLength = 40;

/// The shape of a number of one length, compiled from a line of a table:
///   #        a digit             @     a letter           *      a digit or letter
///   [A-C7]   one of these        QX5   the character itself       {3}, {6-14}  so many of what stands before
///   - . / : _ + and blank: that separator must stand here;  <-. > one of these must;  <-. >? may;
///   ~ is <-. >?  and  % is <-. /_:>
///   =        in front: all separators are alike, and either all stand or none
class Layout {
public:
    /// One layout for each length the line allows. Only for lines of our own tables: a wrong one ends the program.
    static std::vector<Layout> compile(std::string_view line);

    std::size_t length() const { return m_length; }
    /// The places that only digits may take, and those that no digit may take.
    std::uint64_t digits() const { return m_digits; }
    std::uint64_t letters() const { return m_letters; }
    /// Whether a number of this shape has only digits.
    bool isDigits() const { return m_digits == lowBits(m_length); }
    bool mayBeDigits() const { return m_letters == 0; }
    bool mayBeginWithDigit() const { return (m_letters & 1) == 0; }
    bool mayBeginWithLetter() const { return (m_digits & 1) == 0; }
    /// Whether every place takes any digit, any letter or both, but for the first, which may take some digits alone.
    bool isPlain() const;
    /// Every set of places with a separator before them that the layout allows.
    std::vector<std::uint64_t> gapChoices() const;
    /// The separators that may stand before the place.
    std::uint8_t gapKindsAt(std::size_t place) const { return m_gapKinds[place]; }
    /// Whether the places [first, end) may all be digits, all be letters, and whether any may be a letter.
    bool mayBeDigits(std::size_t first, std::size_t end) const { return (m_letters & places(first, end)) == 0; }
    bool mayBeLetters(std::size_t first, std::size_t end) const { return (m_digits & places(first, end)) == 0; }
    bool mayHaveLetters(std::size_t first, std::size_t end) const { return (~m_digits & places(first, end)) != 0; }
    /// The characters that the place may have, as bits of bitOf().
    std::uint64_t allowedAt(std::size_t place) const;

    bool matches(const Piece& piece) const
    {
        return (piece.digits & m_letters) == 0 && (piece.digits & m_digits) == m_digits
            && (piece.gaps & ~m_allowedGaps) == 0 && (piece.gaps & m_neededGaps) == m_neededGaps && matchesRest(piece);
    }

    /// The bit of a capital letter or digit in a set of characters.
    static std::uint64_t bitOf(char c) { return std::uint64_t(1) << (c <= '9' ? c - '0' : c - 'A' + 10); }
    static constexpr std::uint64_t lowBits(std::size_t count) { return (std::uint64_t(1) << count) - 1; }
    static std::uint64_t places(std::size_t first, std::size_t end) { return lowBits(end) & ~lowBits(first); }

private:
    friend class LayoutReader;
    bool matchesRest(const Piece& piece) const;

    struct Place {
        std::uint8_t at = 0;
        std::uint64_t allowed = 0;
    };

    std::size_t m_length = 0;
    std::uint64_t m_digits = 0; ///< places that only digits may take
    std::uint64_t m_letters = 0; ///< places that no digit may take
    std::uint64_t m_allowedGaps = 0;
    std::uint64_t m_neededGaps = 0;
    std::array<std::uint8_t, maxPieceLength> m_gapKinds{}; ///< which may stand before each place
    std::vector<Place> m_places; ///< those of which not every digit or every letter is allowed
    bool m_alike = false;
};

}
