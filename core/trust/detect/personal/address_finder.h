#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds addresses of machines: IPv4 with or without a prefix length, IPv6 (RFC 4291, also with IPv4 at its end), MAC.
class AddressFinder {
public:
    explicit AddressFinder(Profile profile);

    /// Looks at what begins with the word [start, end), which a colon, a dash or a point follows, or with a colon
    /// before it; returns where an address ends, or `end`.
    std::size_t scan(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;

    static constexpr std::size_t longest = 64;

private:
    static bool mayBegin(std::string_view text, std::size_t start, std::size_t end);
    // Not inlined, so that the many words that begin no address cost little.
    [[gnu::noinline]] std::size_t read(
        std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;

    Profile m_profile;
    std::uint32_t m_ip;
    std::uint32_t m_mac;
};

}
