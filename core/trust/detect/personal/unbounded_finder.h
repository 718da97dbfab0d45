#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// What Presidio finds within longer words or beside letters, since some of its patterns do not ask that a word begin
/// or end there: wallets ("bc1", 1 or 3, and 25 to 59 letters or digits) and medical licences (two letters, seven
/// digits), each where its check holds, and openPatterns(). Only for Presidio's profile.
class UnboundedFinder {
public:
    UnboundedFinder();

    /// How far each of openPatterns() has looked.
    using Places = std::vector<std::size_t>;
    Places start() const { return Places(m_entities.size()); }

    /// [start, end) is a whole word of ASCII letters and digits. A wallet that is the whole word is left to another.
    void scan(std::string_view text, std::size_t start, std::size_t end, Places& done, CandidateSink& found) const;

    /// The weakest of Presidio's patterns, for Indian tax numbers: any ten signs that end where a word does, where a
    /// letter and four digits follow anywhere behind their start.
    void scanTens(std::string_view text, CandidateSink& found) const;

    /// findOpenLinks()
    void scanLinks(std::string_view text, CandidateSink& found) const;
    /// findOpenPhones()
    void scanPhones(std::string_view text, CandidateSink& found) const;

private:
    void scanOpen(std::string_view text, std::size_t start, std::size_t end, Places& done, CandidateSink& found) const;
    void scanPlates(std::string_view text, std::size_t digits, CandidateSink& found) const;
    void scanLicences(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;
    void scanWallets(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const;

    std::uint32_t m_licence;
    std::uint32_t m_wallet;
    std::uint32_t m_tax;
    std::uint32_t m_plate;
    std::uint32_t m_link;
    std::uint32_t m_phone;
    std::vector<std::uint32_t> m_entities; ///< of openPatterns()
};

}
