#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds e-mail addresses, links and bare domain names. Who asks names the place of the sign that gives them away.
class WebFinder {
public:
    explicit WebFinder(Profile profile);

    /// text[at] is "@".
    std::size_t scanMail(std::string_view text, std::size_t at, CandidateSink& found) const;
    /// The word [start, at) is a scheme and "://" follows at `at`.
    std::size_t scanLink(std::string_view text, std::size_t start, std::size_t at, CandidateSink& found) const;
    /// The word [start, end) is followed by a point and a letter or digit.
    std::size_t scanDomain(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;

    /// A longer link is found up to here; what follows is searched on its own. Browsers and servers stop near it too.
    static constexpr std::size_t longest = 2048;

private:
    Profile m_profile;
    std::uint32_t m_mail;
    std::uint32_t m_link;
};

}
