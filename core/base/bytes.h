#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ephor {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;
/// A SHA-256 value.
using Digest = std::array<std::uint8_t, 32>;

inline BytesView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view textOf(BytesView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string toHex(BytesView bytes);
Result<Bytes> fromHex(std::string_view text);

/// Standard alphabet with padding (RFC 4648 §4).
std::string toBase64(BytesView bytes);
/// Accepts only what toBase64 makes: a second spelling of the same bytes is refused, since signatures compare text.
Result<Bytes> fromBase64(std::string_view text);

}
