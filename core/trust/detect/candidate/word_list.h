#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// What stands in a word: digits alone, letters alone, or both.
enum WordKind : std::uint8_t { DigitWord = 0, LetterWord = 1, MixedWord = 2 };
inline constexpr std::size_t wordKinds = 3;

/// Kind and length of a word in one number: lengths from codedLengths - 1 on are told as that.
inline constexpr unsigned codedBits = 5;
inline constexpr std::size_t codedLengths = std::size_t(1) << codedBits;
constexpr std::size_t wordCode(std::size_t kind, std::size_t length)
{
    return kind << codedBits | (length < codedLengths ? length : codedLengths - 1);
}

/// ASCII letters and digits that stand together.
struct TextWord {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint64_t digits = 0; ///< bit i: the word's byte i is a digit; of its first 64
    std::uint8_t classes = 0; ///< the ByteClass of each of its bytes
    std::uint8_t code = 0; ///< its wordCode()
    /// The Gap between the word before and this one: one separator, or a dash between blanks. NoGap: anything else.
    std::uint8_t gap = 0;
    /// False for a word without digits and without a capital at its beginning, of which neither a colon before nor a
    /// sign behind (".", ":", "-", a blank and a digit) says that it may be part of something. Sometimes true without a
    /// cause.
    bool telling = false;

    std::size_t length() const { return end - start; }
    WordKind kind() const { return WordKind(code >> codedBits); }
};

/// The words of a text in their order, read once for all who look for something, 64 bytes at a time, and only as far as
/// somebody asks.
class WordList {
public:
    /// `text` outlives the list and has less than 4 GiB.
    explicit WordList(std::string_view text);

    std::string_view text() const { return m_text; }

    /// Whether there is an i-th word; reads on where that is not known yet. What was said of words stays true, but
    /// references to them do not hold beyond it.
    bool has(std::size_t i) { return i < m_whole || readTo(i); }
    /// The i-th word, for which has() was true.
    const TextWord& operator[](std::size_t i) const { return m_words.data()[i]; }

    /// Forgets the first `count` words; those behind are counted from 0 again.
    void forget(std::size_t count);

private:
    bool readTo(std::size_t i);
    void readBlock();

    std::string_view m_text;
    std::vector<TextWord> m_words; ///< more than are read, so that a block's are written without asking
    std::size_t m_count = 0; ///< read, the last of them perhaps in part
    std::size_t m_whole = 0; ///< read to their ends
    std::size_t m_next = 0; ///< the place of the next block
    std::size_t m_end = 0; ///< of the last word that is read
    bool m_colonBefore = false; ///< right before it
};

}
