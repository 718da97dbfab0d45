#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/gap.h"
#include "core/trust/detect/candidate/word_list.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds telephone numbers: international ones by calling code and length (ITU-T E.164), national ones by how they
/// are written (a trunk zero and groups, or North America's 3-3-4).
class PhoneFinder {
public:
    PhoneFinder();

    /// False where words[word] begins no telephone number: most numbers are short and stand alone.
    static bool mayBegin(WordList& words, std::size_t word)
    {
        if (words[word].length() >= shortest)
            return true;
        if (!words.has(word + 1))
            return false;
        const TextWord& next = words[word + 1];
        const bool mayJoin = next.gap == NoGap || (next.gap & separators) != 0;
        return mayJoin && (next.digits & 1) != 0 && next.start <= words[word].end + separatorLimit;
    }

    /// Looks at the number that begins with words[word], which has only digits; returns where the next look may begin.
    std::size_t scan(WordList& words, std::size_t word, CandidateSink& found) const;

    /// Seventeen digits, two separators after each, and what stands in front.
    static constexpr std::size_t longest = 64;

private:
    static constexpr std::size_t shortest = 7; // a local number of North America
    static constexpr std::size_t separatorLimit = 3; // characters between two groups
    static constexpr std::uint8_t separators = SpaceGap | DashGap | DotGap | SlashGap; // where one stands alone

    static bool isJoined(std::string_view text, std::size_t end, const TextWord& next);
    static bool isCutBefore(std::string_view text, const TextWord& next, std::size_t digits);
    static bool mayBePhone(WordList& words, std::size_t at, bool marked);
    std::size_t read(WordList& words, std::size_t word, CandidateSink& found) const;

    std::uint32_t m_phone;
};

}
