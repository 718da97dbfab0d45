#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"
#include "core/trust/detect/number/layout.h"
#include "core/trust/detect/number/number_table.h"

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
    /// What the first character of a piece is, and the others.
    enum PieceKind : std::size_t { AllDigits = 0, DigitFirst = 1, LetterFirst = 2 };
    /// What pieces of one length, with separators at the same places, may be.
    struct Shape {
        std::uint64_t key = 0; ///< see keyOf(); 0: an empty slot
        std::array<std::uint32_t, 4> runs{}; ///< in m_filed: rows of each PieceKind begin here and end at the next
        bool continues = false; ///< some longer number begins so, with a separator here
    };

    static std::uint64_t keyOf(std::size_t length, std::uint64_t gaps);
    void add(const NumberRow& row, std::uint32_t entity);
    void fileRows();
    const Shape& shapeFor(std::uint64_t key) const;
    void tryPieces(
        std::string_view text, const Stretch& stretch, std::size_t first, std::vector<Candidate>& found) const;
    void tryRows(std::string_view text, const Stretch& stretch, std::size_t first, std::size_t last, const Piece& piece,
        const Shape& shape, std::vector<Candidate>& found) const;
    float scoreOf(const Row& row, Check check, bool lowerCase, bool embedded) const;

    Profile m_profile;
    std::vector<Row> m_rows;
    std::vector<std::uint16_t> m_filed;
    std::vector<Shape> m_table; ///< by hash of the key, a power of two long, never full
    std::size_t m_shortest = maxPieceLength; ///< of the numbers that are written without separators
    std::uint32_t m_iban = 0;
};

}
