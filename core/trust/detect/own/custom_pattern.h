#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Patterns in RE2's syntax, which has nothing that could take more than linear time. "^" and "$" are the ends of a
/// line. Immutable once made and used by many threads at once.
class CustomPatterns {
public:
    CustomPatterns();
    ~CustomPatterns();
    CustomPatterns(CustomPatterns&&) noexcept;

    /// Codes as of makeCustomMatcher. Adds the pattern, which is from then on known by its place.
    Result<void> add(std::string_view pattern);
    /// Once after the last pattern: many are then tried together first.
    void finish();

    using Visit = std::function<void(std::size_t pattern, std::size_t start, std::size_t end)>;
    void each(std::string_view text, const Visit& visit) const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}
