#include "core/base/hmac.h"

#include "core/base/hash.h"

#include <algorithm>
#include <array>

namespace ephor {

namespace {

constexpr std::size_t blockBytes = 64; // of SHA-256

}

Digest hmacSha256(BytesView key, std::string_view text)
{
    std::array<std::uint8_t, blockBytes> inner{};
    if (key.size() > blockBytes) {
        const Digest shortened = sha256(key);
        std::ranges::copy(shortened, inner.begin());
    } else {
        std::ranges::copy(key, inner.begin());
    }
    std::array<std::uint8_t, blockBytes> outer = inner;
    for (std::size_t i = 0; i < blockBytes; ++i) {
        inner[i] ^= 0x36;
        outer[i] ^= 0x5C;
    }
    Sha256 hash;
    const Digest first = hash.add(BytesView(inner)).add(text).finish();
    return hash.add(BytesView(outer)).add(BytesView(first)).finish();
}

}
