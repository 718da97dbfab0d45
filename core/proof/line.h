#pragma once

#include <optional>
#include <string_view>

namespace ephor::proof {

/// Takes the next line off `text`, without its newline; nothing, and `text` as it was, where no newline is left.
inline std::optional<std::string_view> takeLine(std::string_view& text)
{
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

}
