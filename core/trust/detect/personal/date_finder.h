#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds dates, with the time of day where one follows: ISO 8601 and what people write, month names in seven languages.
class DateFinder {
public:
    explicit DateFinder(Profile profile);

    /// Looks at the date whose first word begins at `at`: digits, or the name of a month. Returns where it ends, or
    /// `at`.
    std::size_t scan(std::string_view text, std::size_t at, CandidateSink& found) const;

    static constexpr std::size_t longest = 64;

private:
    Profile m_profile;
    std::uint32_t m_date;
};

/// 1 to 12 for the name of a month or a usual abbreviation, 0 for any other word.
unsigned monthOf(std::string_view word);

}
