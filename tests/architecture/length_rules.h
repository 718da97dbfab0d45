#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::architecture {

/// A file is read as a whole, so that it may not outgrow a few screens.
inline constexpr std::size_t longestFile = 600;
/// A function fits on one tall screen.
inline constexpr std::size_t longestFunction = 70;

/// A function's body in a source. `lines` counts from the line of its name to its closing brace, without the rows of
/// a table: lines that are a braced or quoted value and its comma, and what stands inside a raw string.
struct FunctionSpan {
    std::string name;
    std::size_t line = 0;
    std::size_t lines = 0;
    bool operator==(const FunctionSpan&) const = default;
};

/// The functions of a source, found by matching braces; a lambda is part of the function it stands in.
std::vector<FunctionSpan> functionsOf(std::string_view source);

/// One sentence when the file is too long, and one for each function that is.
std::vector<std::string> lengthFaults(const std::string& path, std::string_view source);

}
