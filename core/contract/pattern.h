#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace ephor::contract {

/// What one match may cost, in PCRE2's units.
struct PatternLimits {
    std::uint32_t steps = 1'000'000; ///< backtracking steps: about 50 ms
    std::uint32_t heapKibibytes = 16 * 1024; ///< backtracking memory
    std::size_t length = 16 * 1024; ///< bytes of the pattern itself
};

enum class PatternMatch {
    Yes,
    No,
    Exhausted, ///< a limit was reached, or the text is not UTF-8: nothing is known
};

/// An ECMA-262 regular expression, compiled once. Immutable and thread-safe; copies share it.
class Pattern {
public:
    /// Codes: schema.pattern-syntax, and schema.pattern-unsupported for what ECMA-262 allows and PCRE2 has not
    /// (a look-behind without a fixed length).
    static Result<Pattern> compile(std::string_view ecmaPattern, const PatternLimits& limits = {});

    /// Unanchored, as JSON Schema wants it. `steps` lowers the limit of backtracking steps for this one match.
    PatternMatch match(std::string_view text, std::uint32_t steps) const;

    std::uint32_t stepLimit() const;

private:
    struct Program;
    explicit Pattern(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> m_program;
};

}
