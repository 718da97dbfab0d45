#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::guard {

/// A sentence of an answer, in bytes, and how much of it the passages bear out.
struct GroundedSentence {
    std::size_t start = 0;
    std::size_t end = 0;
    double support = 0; ///< share of its telling words that one passage has, 0 to 1; 0 where a number is in none
    bool supported = false; ///< support is at least enoughSupport
    std::size_t passage = 0; ///< the one that has most of it; the number of passages where none has any
};

/// From here on a sentence counts as borne out.
inline constexpr double enoughSupport = 0.6;

struct Groundedness {
    std::vector<GroundedSentence> sentences; ///< those that say something: questions and courtesies are left out
    double share = 1; ///< of the sentences that are supported; 1 where none says anything
};

/// How far an answer rests on the passages that were read for it: a sentence is borne out when one passage has most of
/// its telling words (five letters and more, without the commonest endings) and every number in it. An overlap, not an
/// understanding: it finds what was made up, and passes what was turned round. Deterministic and linear.
Groundedness groundedness(std::string_view answer, std::span<const std::string> passages);

}
