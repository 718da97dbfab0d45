#pragma once

#include <span>
#include <string_view>

namespace ephor::cedar {

/// The right side of `like`: literal pieces with any text between two of them. At least one piece.
struct Pattern {
    std::span<const std::string_view> pieces;

    /// In time linear in the text for each piece, whatever both hold.
    bool matches(std::string_view text) const;
};

}
