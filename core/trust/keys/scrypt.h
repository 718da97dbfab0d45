#pragma once

#include "core/base/bytes.h"

namespace ephor::keys {

/// The costs of scrypt (RFC 7914): memory 128·N·r bytes. The defaults take 32 MiB and about 0.1 s.
struct ScryptCost {
    std::uint64_t n = 1 << 15;
    std::uint64_t r = 8;
    std::uint64_t p = 1;
    bool operator==(const ScryptCost&) const = default;
};

/// Stretches a secret to 32 bytes. Costs that are no power of two or would take more than 1 GiB are keys.cost:
/// they come from files, which anybody may have written.
Result<std::array<std::uint8_t, 32>> stretch(std::string_view secret, BytesView salt, const ScryptCost& cost);

}
