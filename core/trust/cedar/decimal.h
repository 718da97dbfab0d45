#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ephor::cedar {

/// A decimal of the language: digits on both sides of one point, four behind it at most, as ten-thousandths in 64 bits.
/// Nothing when the text is none, or too large.
std::optional<std::int64_t> readDecimal(std::string_view text);

/// The shortest such text.
std::string decimalText(std::int64_t tenThousandths);

}
