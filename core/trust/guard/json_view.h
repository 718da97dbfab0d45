#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ephor::guard {

/// JSON as those who parse it read it: escapes in its strings and names are the characters they stand for, all else is
/// as it was. Only ever for finding, since quotes and line breaks of a string look like those of the text around it.
struct JsonView {
    std::string text;
    std::vector<std::uint32_t> origin; ///< where each byte of `text` begins in the JSON; one more for its end

    /// The bytes of the JSON that bytes [start, end) of `text` come of.
    std::pair<std::size_t, std::size_t> originalRange(std::size_t start, std::size_t end) const
    {
        return {origin[start], origin[end]};
    }
};

/// Nothing where the text is no JSON object or array, or has no escapes to read. The text is valid UTF-8.
std::optional<JsonView> jsonView(std::string_view text);

/// Whether it begins as an object or an array does.
bool mayBeJson(std::string_view text);

/// The text as it stands in a string of JSON, without the quotes.
std::string escapedForJson(std::string_view text);

/// JSON in which no object has two members of one name: of names that have become the same, later ones get a number,
/// "[CARD NUMBER] 2". What is not JSON any more is returned as far as its names can be told.
std::string withUniqueNames(std::string_view json);

}
