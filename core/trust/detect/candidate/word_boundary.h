#pragma once

#include <cstddef>
#include <string_view>

namespace ephor::detect {

/// Whether a letter, a digit or a mark of any script, or "_", ends right before `at`: what "\w" is to regular
/// expressions (UTS #18 annex C). `text` is UTF-8.
bool isWordBefore(std::string_view text, std::size_t at);

/// Whether one begins at `at`.
bool isWordAt(std::string_view text, std::size_t at);

/// Whether one of the two is true and the other is not, as "\b" asks.
inline bool isWordBoundary(std::string_view text, std::size_t at)
{
    return isWordBefore(text, at) != isWordAt(text, at);
}

}
