#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"
#include "core/trust/detect/candidate/word_list.h"
#include "core/trust/detect/number/number_shapes.h"

#include <cstdint>
#include <string_view>

namespace ephor::detect {

/// Finds what the tables of numbers describe. A stretch is a run of words with digits among them, one separator between
/// each two ("GB29 NWBK 6016 1331 9268 19"); any words of it that follow each other may be a number.
class NumberFinder {
public:
    explicit NumberFinder(Profile profile);

    /// Looks through the stretch around words[at], which has a digit, or lettersOnlyLength capitals; returns where the
    /// stretch ends.
    std::size_t scan(WordList& words, std::size_t at, CandidateSink& found) const;

    /// The longest number with a separator before each character.
    static constexpr std::size_t longest = maxPieceLength * 2;

private:
    struct Reading;
    using Shape = NumberShapes::Shape;

    struct Prospects;
    void tryWords(const WordList& words, std::size_t first, std::size_t end, const Prospects& prospects,
        CandidateSink& found) const;
    void tryAlone(Reading& reading, std::size_t first) const;
    void tryPieces(Reading& reading, std::size_t first) const;
    bool mayGoOn(const Reading& reading, std::size_t first) const;
    static std::size_t ibanFrom(const Reading& reading, std::size_t first);
    const NumberShapes::Pair& pairOf(const TextWord& group, const TextWord& next) const;
    bool mayFollow(const TextWord& group, const TextWord& next) const;
    static bool mayBeWeak(Reading& reading, const Shape& shape, PieceKind kind);
    static bool isWorthTrying(Reading& reading, const Shape& shape, PieceKind kind);
    void tryRows(Reading& reading, std::size_t first, std::size_t last, const Piece& piece, const Shape& shape) const;
    /// How a number stands in its text.
    struct Surroundings {
        bool lowerCase = false;
        bool embedded = false; ///< in a longer number
        bool hexadecimal = false; ///< has letters up to F alone
    };
    float scoreOf(const NumberShapes::Row& row, Check check, Surroundings around) const;
    static bool isCutOut(const Reading& reading, std::size_t first, std::size_t last);
    static bool goesOnAlike(const Reading& reading, std::size_t first, std::size_t last);

    Profile m_profile;
    NumberShapes m_shapes;
    std::uint32_t m_iban = 0;
};

}
