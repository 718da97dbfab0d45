#include "core/trust/detect/candidate/word_list.h"

#include "core/trust/detect/candidate/byte_masks.h"
#include "core/trust/detect/candidate/gap.h"

#include <algorithm>
#include <array>
#include <bit>

namespace ephor::detect {

namespace {

constexpr std::size_t firstCapacity = 512;
constexpr std::size_t mostInBlock = maskedBytes / 2 + 1;

/// Words with one of these bits are telling.
std::uint64_t tellingIn(const ByteMasks& masks, bool wordBefore, bool colonBefore)
{
    const std::uint64_t words = masks.words();
    const std::uint64_t begins = words & ~(words << 1 | std::uint64_t(wordBefore));
    std::uint64_t telling = masks.digits | (begins & (masks.capitals | masks.colons << 1 | std::uint64_t(colonBefore)));
    // The last letter before a sign, and before a blank with a digit behind it.
    telling |= words & (masks.joints >> 1);
    telling |= words & (masks.blanks >> 1) & (masks.digits >> 2);
    // What follows the last two letters lies in the next block.
    constexpr std::uint64_t lastTwo = std::uint64_t(3) << (maskedBytes - 2);
    return telling | (words & lastTwo);
}

constexpr std::array<std::uint8_t, WordByte + 1> kindsOfClasses = [] {
    std::array<std::uint8_t, WordByte + 1> kinds{};
    for (std::size_t classes = 0; classes <= WordByte; ++classes)
        kinds[classes] = (classes & DigitByte) == 0 ? LetterWord : classes == DigitByte ? DigitWord : MixedWord;
    return kinds;
}();

std::uint8_t codeOf(const TextWord& word)
{
    return std::uint8_t(wordCode(kindsOfClasses.data()[word.classes], word.length()));
}

// Between a word that ends at `end` and one that begins at `start`.
[[gnu::always_inline]] inline std::uint8_t gapBetween(const char* text, std::size_t end, std::size_t start)
{
    const std::size_t between = start - end;
    if (between == 1) [[likely]]
        return gapOf(text[end]);
    return between == 3 && text[end] == ' ' && text[end + 1] == '-' && text[end + 2] == ' ' ? DashGap : NoGap;
}

std::uint8_t classesIn(const ByteMasks& masks, std::uint64_t bits)
{
    return std::uint8_t(((masks.digits & bits) != 0 ? DigitByte : 0) | ((masks.capitals & bits) != 0 ? CapitalByte : 0)
        | ((masks.smalls & bits) != 0 ? SmallByte : 0));
}

}

WordList::WordList(std::string_view text)
    : m_text(text)
    , m_words(std::min(firstCapacity, text.size() / 2 + mostInBlock))
{
}

void WordList::forget(std::size_t count)
{
    std::copy(m_words.begin() + std::ptrdiff_t(count), m_words.begin() + std::ptrdiff_t(m_count), m_words.begin());
    m_count -= count;
    m_whole -= count;
}

bool WordList::readTo(std::size_t i)
{
    while (i >= m_whole && m_next < m_text.size())
        readBlock();
    return i < m_whole;
}

void WordList::readBlock()
{
    if (m_count + mostInBlock > m_words.size())
        m_words.resize(2 * m_words.size() + mostInBlock);
    const std::size_t from = m_next;
    const ByteMasks masks = masksAt(m_text, from);
    const std::uint64_t words = masks.words();
    const bool open = m_count > m_whole;
    const std::uint64_t telling = tellingIn(masks, open, m_colonBefore);
    std::uint64_t left = words;
    if (open) {
        TextWord& word = m_words[m_count - 1];
        const auto more = std::size_t(std::countr_one(words));
        const std::uint64_t bits = more < maskedBytes ? (std::uint64_t(1) << more) - 1 : ~std::uint64_t(0);
        if (word.length() < maskedBytes)
            word.digits |= (masks.digits & bits) << word.length();
        word.classes |= classesIn(masks, bits);
        word.telling = word.telling || (telling & bits) != 0;
        word.end += std::uint32_t(more);
        word.code = codeOf(word);
        m_end = word.end;
        left &= ~bits;
    }
    TextWord* made = m_words.data() + m_count;
    std::size_t end = m_end;
    while (left != 0) {
        // Adding its lowest bit clears the lowest run of ones and sets the bit behind it.
        const std::uint64_t behind = left + (left & (~left + 1));
        const std::uint64_t bits = left & ~behind;
        const auto first = unsigned(std::countr_zero(left));
        made->start = std::uint32_t(from) + first;
        made->end = std::uint32_t(from) + unsigned(std::countr_zero(behind));
        made->digits = (masks.digits & bits) >> first;
        made->classes = classesIn(masks, bits);
        made->code = codeOf(*made);
        made->gap = end > 0 ? gapBetween(m_text.data(), end, made->start) : std::uint8_t(NoGap);
        made->telling = (telling & bits) != 0;
        end = made->end;
        ++made;
        left &= behind;
    }
    m_end = end;
    m_count = std::size_t(made - m_words.data());
    m_next = from + maskedBytes;
    m_colonBefore = (masks.colons >> (maskedBytes - 1)) != 0;
    const bool goesOn = (words >> (maskedBytes - 1)) != 0 && m_next < m_text.size();
    m_whole = m_count - (goesOn ? 1 : 0);
}

}
