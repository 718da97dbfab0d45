#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::cedar {

/// The offset of an escape that is none, in the bytes that were read.
struct BadEscape {
    std::size_t offset = 0;
};

/// What the bytes between two quotes stand for: \n \r \t \\ \0 \' \" \x41 (to 7f) and \u{1F600} (one to six digits).
std::expected<std::string, BadEscape> unescape(std::string_view raw);

/// The same of the right side of `like`, where `*` stands for any text and `\*` for a star: the texts between the
/// wildcards, in order, one more than there are wildcards.
std::expected<std::vector<std::string>, BadEscape> unescapePattern(std::string_view raw);

/// A text in quotes, escaped as the language reads it.
std::string quoted(std::string_view text);

}
