#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds addresses of Bitcoin, by their checksums, and of Ethereum, by their shape.
class CryptoFinder {
public:
    explicit CryptoFinder(Profile profile);

    void scan(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;

    static constexpr std::size_t shortest = 26;
    static constexpr std::size_t longest = 90; // BIP 173

private:
    Profile m_profile;
    std::uint32_t m_wallet;
};

}
