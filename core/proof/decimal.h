#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ephor::proof {

/// The one decimal spelling the C2SP formats allow: ASCII digits, no sign, no leading zero except "0" itself.
/// Empty for any other text and for values beyond 64 bits.
inline std::optional<std::uint64_t> parseDecimal(std::string_view text)
{
    if (text.empty() || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

}
