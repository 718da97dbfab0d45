#pragma once

#include "core/trust/detect/number/number_checks.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace ephor::detect {

/// A pattern of Presidio's that the tables of numbers cannot say: one that asks for no whole word, or for other
/// neighbours than a word has.
struct OpenPattern {
    std::string_view entity;
    float score = 0; ///< where the check is missing or open; 1 where it holds
    /// Where a match that begins at `at` ends, 0 where none does. The text is in the matching form.
    std::size_t (*match)(std::string_view text, std::size_t at) = nullptr;
    /// Asked about the match without separators, in capitals; null where the shape is all there is.
    CheckFunction check = nullptr;
};

/// All of them. As in a search by a regular expression, one pattern's matches do not overlap: the next begins behind
/// the last, whether its check held or not.
std::span<const OpenPattern> openPatterns();

/// Those of dates, which share the form of their numbers.
std::size_t matchDate(std::string_view text, std::size_t at);
std::size_t matchMonthAndLongYear(std::string_view text, std::size_t at);
std::size_t matchMonthAndShortYear(std::string_view text, std::size_t at);
std::size_t matchTimestamp(std::string_view text, std::size_t at);

}
