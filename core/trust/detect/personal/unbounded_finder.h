#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"

#include <cstdint>
#include <string_view>

namespace ephor::detect {

/// What Presidio finds within longer words, since two of its patterns do not ask that a word begin or end there:
/// wallets ("bc1", 1 or 3, and 25 to 59 letters or digits) and medical licences (two letters, seven digits), each where
/// its check holds. Only for Presidio's profile.
class UnboundedFinder {
public:
    UnboundedFinder();

    /// [start, end) is a whole word of ASCII letters and digits. A match that is the whole word is left to the others.
    void scan(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;

    static constexpr std::size_t shortest = 10; ///< a licence and one character more

private:
    void scanLicences(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;
    void scanWallets(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;

    std::uint32_t m_licence;
    std::uint32_t m_wallet;
};

}
