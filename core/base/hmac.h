#pragma once

#include "core/base/bytes.h"

#include <string_view>

namespace ephor {

/// HMAC-SHA-256 (RFC 2104): a digest that only who holds the key can make, so that what it stands for cannot be guessed
/// by trying values.
Digest hmacSha256(BytesView key, std::string_view text);

}
