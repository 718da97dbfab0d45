#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds telephone numbers: international ones by calling code and length (ITU-T E.164), national ones by how they
/// are written (a trunk zero and groups, or North America's 3-3-4).
class PhoneFinder {
public:
    explicit PhoneFinder(Profile profile);

    /// Looks at the number whose first word of digits begins at `at`, with a sign or bracket before it; returns where
    /// what it looked at ends, so that its later groups are not taken for numbers of their own.
    std::size_t scan(std::string_view text, std::size_t at, CandidateSink& found) const;

    /// Seventeen digits, two separators after each, and what stands in front.
    static constexpr std::size_t longest = 64;

private:
    Profile m_profile;
    std::uint32_t m_phone;
};

}
