#include "core/trust/cedar/text.h"

#include "core/base/hash.h"

#include <array>
#include <cstring>

namespace ephor::cedar {

namespace {

__extension__ using Wide = unsigned __int128;

struct HashSeed {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
};

HashSeed drawHashSeed()
{
    std::array<std::uint8_t, sizeof(HashSeed)> bytes{};
    fillRandom(bytes);
    HashSeed seed;
    std::memcpy(&seed, bytes.data(), sizeof seed);
    seed.second |= 1;
    return seed;
}

const HashSeed& hashSeed()
{
    static const HashSeed seed = drawHashSeed();
    return seed;
}

// Both halves of a product depend on every bit of both factors.
std::uint64_t folded(std::uint64_t left, std::uint64_t right)
{
    const Wide product = Wide(left) * right;
    return std::uint64_t(product) ^ std::uint64_t(product >> 64);
}

constexpr std::uint64_t oddConstant = 0x9e3779b97f4a7c15;

}

std::uint64_t mixed(std::uint64_t left, std::uint64_t right)
{
    return folded(left ^ oddConstant, right + hashSeed().second) ^ right;
}

std::uint64_t hashOf(std::string_view bytes)
{
    const HashSeed& seed = hashSeed();
    std::uint64_t hash = seed.first ^ (bytes.size() * oddConstant);
    while (bytes.size() >= sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        hash = folded(hash ^ word, seed.second);
        bytes.remove_prefix(sizeof word);
    }
    std::uint64_t tail = 0;
    if (!bytes.empty())
        std::memcpy(&tail, bytes.data(), bytes.size());
    return folded(hash ^ tail, seed.second ^ oddConstant);
}

}
