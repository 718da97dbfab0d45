#pragma once

#include "core/trust/sanitize/instruction_words.h"

#include <array>
#include <span>

namespace ephor::sanitize {

/// A word of a rule: any of `classes`, at most `within` words after the one before.
struct RuleStep {
    wording::Classes classes = 0;
    std::uint32_t within = 0;
};

/// Words in an order, in one sentence.
struct WordRule {
    std::string_view rule;
    double weight = 0;
    std::array<RuleStep, 4> steps{}; ///< up to the first without classes
    bool maybeNegated = true; ///< false: "do not …" before it means it is none
};

std::span<const WordRule> wordRules();

/// A mark that begins with <, [ or #, in lower case.
struct MarkRule {
    std::string_view rule;
    std::string_view mark;
    double weight = 0;
};

/// In the order of their marks' first characters.
std::span<const MarkRule> markRules();

}
