#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::architecture {

/// One `#include` of a source: its line from 1, what stands between the brackets or quotes.
struct Include {
    std::size_t line = 0;
    std::string target;
    bool quoted = false;
    bool operator==(const Include&) const = default;
};

/// Every include of a source, also those behind an `#if`; one inside a comment or a string is none.
std::vector<Include> includesOf(std::string_view source);

/// The source with every comment, every directive and what stands inside quotes turned into spaces: same length,
/// same line breaks, so that a position in it is a position in the source. The quotes themselves stay.
std::string bareCode(std::string_view source);

/// Line of an offset, from 1.
std::size_t lineAt(std::string_view text, std::size_t offset);

std::size_t lineCount(std::string_view text);

/// True for what may stand in an identifier.
bool isWordCharacter(char character);

/// The identifier, with its `::` and `~`, that ends at `end` (spaces before `end` are passed over); empty if none.
std::string_view wordBefore(std::string_view text, std::size_t end);

/// The offset of the bracket that closes the one at `open`, or the text's length.
std::size_t closingOf(std::string_view bare, std::size_t open);

}
