#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"
#include "core/trust/detect/candidate/word_list.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds names of people and places that its lists hold (resources/detect), and what follows a title such as "Dr" or
/// "Frau". Lists know few of all names: what is found is weak (0.5 at most), what is not found proves nothing.
class NameFinder {
public:
    explicit NameFinder(Profile profile);

    /// Looks at a word with a capital that has no digits; returns where a name or the word ends.
    std::size_t scan(std::string_view text, const TextWord& word, CandidateSink& found) const;

    static constexpr std::size_t longest = 128;

private:
    struct Lists;
    void scanPlace(
        std::string_view text, std::size_t at, std::size_t end, std::uint8_t part, CandidateSink& found) const;
    std::size_t scanPerson(
        std::string_view text, std::size_t at, std::size_t end, std::uint8_t part, CandidateSink& found) const;
    float scored(float score) const;

    Profile m_profile;
    const Lists& m_lists;
    std::uint32_t m_person;
    std::uint32_t m_place;
};

}
