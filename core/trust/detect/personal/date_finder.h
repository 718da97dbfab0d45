#pragma once

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"
#include "core/trust/detect/candidate/word_list.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds dates, with the time of day where one follows: ISO 8601 and what people write, month names in seven languages.
class DateFinder {
public:
    explicit DateFinder(Profile profile);

    /// Whether a date may begin with a word that begins with a digit, by its length and the sign behind it.
    static bool mayBegin(const TextWord& word, char after)
    {
        constexpr std::size_t mostDigits = 4; // of a year, or of a day with the two letters of "12th"
        return word.length() <= mostDigits && (after == ' ' || (after >= '-' && after <= '/'));
    }
    /// Whether a date may begin with a word of letters that ends at `end`: digits follow it.
    static bool mayFollowMonth(std::string_view text, std::size_t end, char after)
    {
        if (after != ' ' && after != '-' && after != '.')
            return false;
        return (classAt(text, end + (after == '.' ? 2 : 1)) & DigitByte) != 0;
    }

    /// Looks at the date whose first word this is: one that begins with a digit, or the name of a month. Returns where
    /// the date ends, or where the word begins.
    std::size_t scan(std::string_view text, const TextWord& word, CandidateSink& found) const;

    static constexpr std::size_t longest = 64;

private:
    // Not inlined, so that the many words that begin no date cost little.
    [[gnu::noinline]] std::size_t read(std::string_view text, std::size_t at, bool digits, CandidateSink& found) const;

    Profile m_profile;
    std::uint32_t m_date;
};

/// 1 to 12 for the name of a month or a usual abbreviation, 0 for any other word.
unsigned monthOf(std::string_view word);

}
