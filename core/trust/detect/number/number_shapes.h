#pragma once

#include "core/trust/detect/candidate/candidate_sink.h"
#include "core/trust/detect/candidate/profile.h"
#include "core/trust/detect/candidate/word_list.h"
#include "core/trust/detect/number/layout.h"
#include "core/trust/detect/number/number_table.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace ephor::detect {

/// The one length of a number that may have no digit at all: Italian fiscal codes that letters keep apart.
inline constexpr std::size_t lettersOnlyLength = 16;

/// What the first character of a piece is, and the others.
enum PieceKind : std::size_t { AllDigits = 0, DigitFirst = 1, LetterFirst = 2 };

/// By which characters are digits.
constexpr PieceKind pieceKindOf(std::uint64_t digits, std::size_t length)
{
    return digits == Layout::lowBits(length) ? AllDigits : (digits & 1) != 0 ? DigitFirst : LetterFirst;
}

/// The rows of a profile, compiled, and filed by what can be told of a piece of text before its characters are looked
/// at: how long it is, where separators stand, and which groups stand side by side. Immutable.
class NumberShapes {
public:
    struct Row {
        Layout layout;
        CheckFunction check = nullptr;
        std::uint32_t entity = 0;
        float score = 0;
        float heldScore = 0;
    };
    /// What is asked of a row before anybody looks at it.
    struct Filed {
        std::uint64_t digits = 0; ///< places that only digits may take
        std::uint64_t letters = 0; ///< places that no digit may take
        std::uint32_t firsts = 0; ///< what may begin the number, as bits of firstBit()
        std::uint16_t row = 0;
        std::uint16_t entity = 0;
        bool strong = false; ///< the higher of its scores counts by itself
        bool exact = false; ///< a piece of this shape that mayMatch() is one of the row

        bool mayMatch(std::uint64_t pieceDigits, std::uint32_t pieceFirst) const
        {
            return (pieceDigits & letters) == 0 && (~pieceDigits & digits) == 0 && (pieceFirst & firsts) != 0;
        }
    };
    /// What pieces of one length, with separators at the same places, may be.
    struct Shape {
        std::array<std::uint32_t, 4> runs{}; ///< rows of each PieceKind begin here and end at the next
        std::array<std::uint32_t, 4> strongRuns{}; ///< the strong ones among them
        std::array<EntitySet, 3> strong; ///< of each PieceKind: whose rows count by themselves
        std::array<EntitySet, 3> weak; ///< and whose count beside a word that speaks for them
        std::array<bool, 3> hasWeak{}; ///< whether `weak` has any
        bool continues = false; ///< some longer number begins so, with a separator here
    };
    /// Whether something may be, by its shape alone: where it counts by itself, or where a word must speak for it.
    struct Chance {
        bool strong = false;
        bool weak = false;
        bool any() const { return strong || weak; }
    };
    /// By a group, the next and the separator between them, see pairPlace(): bit i where the next one may have i
    /// characters.
    struct Pair {
        std::uint32_t strongWhole = 0; ///< of numbers of two groups
        std::uint32_t strongBeginning = 0; ///< the first two of more
        std::uint32_t weakWhole = 0;
        std::uint32_t weakBeginning = 0;
        std::uint32_t later = 0; ///< others that follow each other
    };

    /// Of capitals and small letters the same; some characters share one.
    static std::uint32_t firstBit(char c) { return std::uint32_t(1) << (std::uint8_t(c) & 31U); }

    explicit NumberShapes(Profile profile);

    /// Null where no number has this length and separators before these places, nor begins so.
    const Shape* find(std::size_t length, std::uint64_t gaps) const
    {
        return gaps == 0 ? m_single.data()[length] : findGrouped(length, gaps);
    }
    std::span<const Filed> rows(const Shape& shape, PieceKind kind) const { return run(shape.runs, kind); }
    std::span<const Filed> strongRows(const Shape& shape, PieceKind kind) const { return run(shape.strongRuns, kind); }
    const Row& row(const Filed& filed) const { return m_rows[filed.row]; }

    /// Whether a word may be a number by itself. It begins with `first` and is no longer than maxPieceLength.
    Chance alone(std::uint64_t digits, std::size_t length, char first) const
    {
        const PieceKind kind = pieceKindOf(digits, length);
        if (kind == AllDigits)
            return digitsAlone(length, first);
        const bool strong
            = (m_strongAlone[kind] >> length & 1) != 0 && mayBeStrong(*m_single[length], kind, digits, first);
        return {strong, (m_weakAlone[kind] >> length & 1) != 0};
    }
    /// The same of a word of digits.
    Chance digitsAlone(std::size_t length, char first) const
    {
        return {(m_strongDigits.data()[length] & firstBit(first)) != 0, (m_weakAlone[AllDigits] >> length & 1) != 0};
    }
    /// What is known of two groups; nothing where one is too long.
    const Pair& pair(std::uint8_t code, std::uint8_t gap, std::uint8_t next) const
    {
        return m_pairs.data()[pairPlace(code, gap, next)];
    }
    /// What may begin a strong number whose first two groups have these codes, as bits of firstBit().
    std::uint32_t firsts(std::uint8_t code, std::uint8_t next) const
    {
        return m_firsts.data()[firstsPlace(code, next)];
    }
    /// False where no number may be a word with this code: true of all words of both digits and letters.
    bool mayBeAlone(std::uint8_t code) const { return m_alone.data()[code]; }
    /// False where no number may begin with a word and the next one, by their codes and what stands between them. Of
    /// two letters before digits always true.
    bool mayBegin(std::uint8_t code, std::uint8_t gap, std::uint8_t next) const
    {
        return (m_any.data()[pairPlace(code, gap, next)] >> (next & (codedLengths - 1)) & 1U) != 0;
    }

private:
    struct Slot {
        std::uint64_t key = 0; ///< see keyOf(); 0: empty
        std::uint32_t place = 0; ///< in m_shapes
    };

    static std::size_t pairPlace(std::uint8_t code, std::uint8_t gap, std::uint8_t next)
    {
        constexpr unsigned codeBits = codedBits + 2;
        return std::size_t(gapPlaces.data()[gap]) << (codeBits + 2) | std::size_t(next >> codedBits) << codeBits | code;
    }
    static std::size_t firstsPlace(std::uint8_t code, std::uint8_t next)
    {
        return std::size_t(next) << (codedBits + 2) | code;
    }
    static std::uint64_t keyOf(std::size_t length, std::uint64_t gaps);
    const Shape* findGrouped(std::size_t length, std::uint64_t gaps) const;
    void add(const NumberRow& row, Profile profile);
    void fileRows(float enough);
    void fileShape(const std::array<std::vector<std::uint16_t>, 3>& rows, float enough, bool grouped, Shape& shape);
    void filePairs(const Layout& layout, std::uint64_t gaps, bool strong);
    bool mayBeStrong(const Shape& shape, PieceKind kind, std::uint64_t digits, char first) const
    {
        const auto rows = strongRows(shape, kind);
        return std::any_of(
            rows.begin(), rows.end(), [&](const Filed& filed) { return filed.mayMatch(digits, firstBit(first)); });
    }
    std::span<const Filed> run(const std::array<std::uint32_t, 4>& runs, PieceKind kind) const
    {
        return {m_filed.data() + runs[kind], m_filed.data() + runs[kind + 1]};
    }
    void filePairsOfCountries();
    void fileSlots(const std::vector<std::uint64_t>& keys);

    std::vector<Row> m_rows;
    std::vector<Filed> m_filed;
    std::vector<Shape> m_shapes;
    std::vector<Slot> m_slots; ///< by hash of the key, a power of two long, never full
    std::array<const Shape*, maxPieceLength + 1> m_single{}; ///< of pieces without separators, by length
    std::array<std::uint64_t, 3> m_strongAlone{}; ///< by PieceKind: bit i where such a number of i characters is strong
    std::array<std::uint64_t, 3> m_weakAlone{};
    std::array<std::uint32_t, maxPieceLength + 1> m_strongDigits{}; ///< what may begin one of digits alone, by length
    static constexpr std::size_t pairPlaces = std::size_t(8) << (2 * 2 + codedBits);
    std::array<Pair, pairPlaces> m_pairs{}; ///< by pairPlace()
    std::array<std::uint32_t, pairPlaces> m_any{}; ///< what mayBegin() says
    std::array<std::uint32_t, 4 * codedLengths * 4 * codedLengths> m_firsts{}; ///< by firstsPlace()
    std::array<bool, 4 * codedLengths> m_alone{}; ///< what mayBeAlone() says
};

}
