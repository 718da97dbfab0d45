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

    /// Looks through the stretch around the word with a digit [start, end); returns where the stretch ends.
    std::size_t scan(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;

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
    /// What is asked of a row before anybody looks at it.
    struct Filed {
        std::uint16_t row = 0; ///< in m_rows
        std::uint16_t entity = 0;
        float best = 0; ///< the higher of its scores
    };
    struct Word;
    struct Stretch;
    struct Reading;
    /// What the first character of a piece is, and the others.
    enum PieceKind : std::size_t { AllDigits = 0, DigitFirst = 1, LetterFirst = 2 };
    /// What stands in a group: digits alone, letters alone, or both.
    enum GroupKind : std::uint8_t { DigitGroup = 0, LetterGroup = 1, MixedGroup = 2 };
    static constexpr std::size_t groupKinds = 3;
    /// By what a group, the next and the separator between them are, see pairPlace(): bit i where the next one may have
    /// i characters.
    using Pairs = std::array<std::uint64_t, groupKinds * groupKinds * 7 * (maxPieceLength + 1)>;
    /// What pieces of one length, with separators at the same places, may be.
    struct Shape {
        std::uint64_t key = 0; ///< see keyOf(); 0: an empty slot
        std::array<std::uint32_t, 4> runs{}; ///< in m_filed: rows of each PieceKind begin here and end at the next
        std::array<float, 3> best{}; ///< the score of the strongest row of each PieceKind
        bool continues = false; ///< some longer number begins so, with a separator here
    };

    static std::uint64_t keyOf(std::size_t length, std::uint64_t gaps);
    static std::size_t pairPlace(std::size_t first, std::size_t second, std::uint8_t gap, std::size_t length);
    void add(const NumberRow& row, std::uint32_t entity);
    void fileRows();
    void filePairs(const Layout& layout, std::uint64_t gaps);
    const Shape& shapeFor(std::uint64_t key) const;
    static PieceKind kindOf(std::uint64_t digits, std::size_t length);
    static bool isIn(const Pairs& pairs, const Word& first, const Word& second);
    bool mayGoOn(const Stretch& stretch, std::size_t first) const;
    void tryPieces(Reading& reading, std::size_t first) const;
    static std::size_t ibanFrom(const Reading& reading, std::size_t first);
    bool isWorthTrying(Reading& reading, const Shape& shape, PieceKind kind) const;
    void tryRows(Reading& reading, std::size_t first, std::size_t last, const Piece& piece, const Shape& shape) const;
    float scoreOf(const Row& row, Check check, bool lowerCase, bool embedded) const;

    Profile m_profile;
    std::vector<Row> m_rows;
    std::vector<Filed> m_filed;
    std::vector<Shape> m_table; ///< by hash of the key, a power of two long, never full
    std::array<Shape, maxPieceLength + 1> m_single; ///< of pieces without separators, by length
    Pairs m_whole{}; ///< of numbers of two groups
    Pairs m_beginning{}; ///< the first two of more
    Pairs m_later{}; ///< others that follow each other
    std::size_t m_shortest = maxPieceLength; ///< of the numbers that are written without separators
    std::uint32_t m_iban = 0;
};

}
