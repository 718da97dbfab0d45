#pragma once

#include "core/trust/detect/secret/secret_rules.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ephor::detect {

/// CRC-32 as of IEEE 802.3 and zlib.
std::uint32_t crc32Of(std::string_view text);

/// Digits, capitals, small letters, most significant first; as many characters as asked for.
std::string base62Of(std::uint32_t number, std::size_t length);

/// Whether a token's own checksum agrees. True for a check of None.
bool holdsChecksum(SecretCheck check, std::string_view token);

}
