#pragma once

#include "core/trust/detect/candidate_matcher.h"
#include "core/trust/detect/layout.h"
#include "core/trust/detect/number_table.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds what the tables of numbers describe. A stretch is a run of words with digits among them, one separator between
/// each two ("GB29 NWBK 6016 1331 9268 19"); any words of it that follow each other may be a number.
class NumberFinder {
public:
    explicit NumberFinder(Profile profile);

    /// Looks through the stretch around the word with a digit that begins at `at`; returns where the stretch ends.
    std::size_t scan(std::string_view text, std::size_t at, std::vector<Candidate>& found) const;

    /// The one length of a number that may have no digit at all: Italian fiscal codes that letters keep apart.
    static constexpr std::size_t lettersOnlyLength = 16;

    /// The longest number with a separator before each character.
    static constexpr std::size_t longest = maxPieceLength * 2;

private:
    struct Row {
        Layout layout;
        CheckFunction check = nullptr;
        std::uint32_t entity = 0;
        float score = 0;
        float heldScore = 0;
    };
    struct Stretch;
    /// Which rows a piece can match: by length, by what its first character and the others are, by separators.
    enum PieceKind : std::size_t { AllDigits = 0, DigitFirst = 1, LetterFirst = 2, PieceKinds = 3 };
    using RowList = std::vector<std::uint16_t>;

    void add(const NumberRow& row, std::uint32_t entity);
    void file(std::uint16_t index, const Layout& layout);
    void tryPieces(
        std::string_view text, const Stretch& stretch, std::size_t first, std::vector<Candidate>& found) const;
    void tryRows(std::string_view text, const Stretch& stretch, std::size_t first, std::size_t last, const Piece& piece,
        std::vector<Candidate>& found) const;
    float scoreOf(const Row& row, Check check, bool lowerCase, bool embedded) const;

    Profile m_profile;
    std::vector<Row> m_rows;
    std::array<std::array<std::array<RowList, 2>, PieceKinds>, maxPieceLength + 1> m_index; ///< last: with separators
    std::size_t m_longestDigits = 0;
    std::size_t m_longestMixed = 0;
    std::uint32_t m_iban = 0;
};

}
