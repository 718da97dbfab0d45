#pragma once

#include "core/trust/detect/candidate/finding.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ephor::detect {

/// Raises or lowers a score where certain words stand near.
struct HotwordRule {
    std::vector<std::string> words; ///< compared without case, as whole words
    std::uint64_t within = 50; ///< characters before the finding; 1 to 500
    double change = 0.35; ///< added to the score, which stays between 0 and 1; may be negative
    bool operator==(const HotwordRule&) const = default;
};

/// A detector of the company's own: a pattern or a list of words.
struct CustomDetector {
    std::string entity; ///< "PROJECT_CODE": capitals, digits, underscore
    std::string title;
    EntityClass entityClass = EntityClass::Custom;
    std::string pattern; ///< RE2 syntax; empty: `words` decide
    std::vector<std::string> words; ///< whole words or phrases, compared without case
    double score = 0.5;
    std::vector<HotwordRule> hotwords;
    bool operator==(const CustomDetector&) const = default;
};

}
