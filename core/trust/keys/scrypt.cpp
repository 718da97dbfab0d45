#include "core/trust/keys/scrypt.h"

#include <bit>
#include <openssl/evp.h>

namespace ephor::keys {

namespace {

constexpr std::uint64_t greatestMemory = std::uint64_t{1} << 30;
// Beside the big table scrypt needs 128·r·p bytes and a few more.
constexpr std::uint64_t memorySlack = std::uint64_t{1} << 20;

bool isAffordable(const ScryptCost& cost)
{
    const bool sane = std::has_single_bit(cost.n) && cost.n > 1 && cost.n <= (1u << 24) && cost.r >= 1 && cost.r <= 64
        && cost.p >= 1 && cost.p <= 16;
    return sane && 128 * cost.n * cost.r <= greatestMemory;
}

}

Result<std::array<std::uint8_t, 32>> stretch(std::string_view secret, BytesView salt, const ScryptCost& cost)
{
    if (!isAffordable(cost))
        return fail(ErrorKind::Invalid, "keys.cost", "The stated cost of stretching a secret is not acceptable.");
    std::array<std::uint8_t, 32> key{};
    const int ok = EVP_PBE_scrypt(secret.data(), secret.size(), salt.data(), salt.size(), cost.n, cost.r, cost.p,
        128 * cost.n * cost.r + memorySlack + 128 * cost.r * cost.p, key.data(), key.size());
    if (ok != 1)
        return fail(
            ErrorKind::Internal, "keys.stretch", "A secret could not be stretched.", "There may be too little memory.");
    return key;
}

}
