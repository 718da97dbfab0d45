#pragma once

#include "core/base/hash.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

namespace ephor::test {

// Negative, then the same without their sign: thirds of powers of ten across the range.
constexpr std::array<std::uint64_t, 50> thirds{
    0xc46696695dbd1cc3,
    0xc43211ede4974a35,
    0xc3fce97ca0f21056,
    0xc3c7213080c1a6ac,
    0xc39280f39a348556,
    0xc35d9b1f5d20d557,
    0xc327af4c4a80aaac,
    0xc2f2f2a36ecd5556,
    0xc2be51057e155558,
    0xc28840d131aaaaac,
    0xc253670dc1555557,
    0xc21f0b4935555557,
    0xc1e8d5d42aaaaaac,
    0xc1b3de4355555556,
    0xc17fca0555555556,
    0xc1496e6aaaaaaaab,
    0xc114585555555555,
    0xc0e046aaaaaaaaab,
    0xc0aa0aaaaaaaaaaa,
    0xc074d55555555555,
    0xc040aaaaaaaaaaab,
    0xc00aaaaaaaaaaaab,
    0xbfd5555555555555,
    0xbfa1111111111111,
    0xbf6b4e81b4e81b4f,
    0xbf35d867c3ece2a5,
    0xbf0179ec9cbd821e,
    0xbecbf647612f3696,
    0xbe965e9f80f29212,
    0xbe61e54c672874db,
    0xbe2ca213d840baf8,
    0xbdf6e80fe033c8c6,
    0xbdc2533fe68fd3d2,
    0xbd8d51ffd74c861c,
    0xbd5774ccac3d3817,
    0xbd22c3d6f030f9ac,
    0xbcee0624b3818f79,
    0xbcb804ea293472c7,
    0xbc833721ba905bd3,
    0xbc4ebe9c5db3c61e,
    0xbc18987d17c304e5,
    0xbbe3ad30dfcf371d,
    0xbbaf7b816618582f,
    0xbb792f9ab81379bf,
    0xbb442615600f9499,
    0xbb101e77800c76e1,
    0xbad9ca58cce0be35,
    0xbaa4a1e0a3e6fe90,
    0xba708180831f320d,
    0xba3a68cd9e985016,
};

// Numbers near the borders of the layouts, of the exponents and of the integers.
constexpr std::array<std::uint64_t, 64> borders{
    0x4024000000000000,
    0x4014000000000000,
    0x3fe0000000000000,
    0x3fa999999999999a,
    0x3f747ae147ae147b,
    0x3f40624dd2f1a9fc,
    0x3f0a36e2eb1c432d,
    0x3ed4f8b588e368f1,
    0x3ea0c6f7a0b5ed8d,
    0x3e6ad7f29abcaf48,
    0x3e35798ee2308c3a,
    0x3ed539223589fa95,
    0x3ed4ff26cd5a7781,
    0x3ed4f95a762283ff,
    0x3ed4f8c60703520c,
    0x3ed4f8b72f19cd0d,
    0x3ed4f8b5b31c0c8d,
    0x3ed4f8b58d1c461a,
    0x3ed4f8b5894f7f0e,
    0x3ed4f8b588ee37f3,
    0x3ed4f8b588e47da4,
    0x3ed4f8b588e3849c,
    0x3ed4f8b588e36bb5,
    0x3ed4f8b588e36937,
    0x3ed4f8b588e368f8,
    0x3ed4f8b588e368f1,
    0x3ff0000000000000,
    0xbff0000000000000,
    0xbfeffffffffffffa,
    0xbfeffffffffffffb,
    0x3feffffffffffffa,
    0x3feffffffffffffb,
    0x3feffffffffffffc,
    0x3feffffffffffffe,
    0xbfefffffffffffff,
    0xbfefffffffffffff,
    0x3fefffffffffffff,
    0x3fefffffffffffff,
    0x3fd3333333333332,
    0x3fd3333333333333,
    0x3fd3333333333334,
    0x0010000000000000,
    0x000ffffffffffffd,
    0x000fffffffffffff,
    0x7fefffffffffffff,
    0xffefffffffffffff,
    0x4340000000000000,
    0xc340000000000000,
    0x4430000000000000,
    0x44b52d02c7e14af5,
    0x44b52d02c7e14af6,
    0x44b52d02c7e14af7,
    0x444b1ae4d6e2ef4e,
    0x444b1ae4d6e2ef4f,
    0x444b1ae4d6e2ef50,
    0x3eb0c6f7a0b5ed8c,
    0x3eb0c6f7a0b5ed8d,
    0x41b3de4355555553,
    0x41b3de4355555554,
    0x41b3de4355555555,
    0x41b3de4355555556,
    0x41b3de4355555557,
    0xbecbf647612f3696,
    0x43143ff3c1cb0959,
};

/// The doubles of the JSON canonicalisation test data (RFC 8785, appendix B names it): fixed ones, the smallest normal
/// numbers one after another, then a chain of SHA-256 values read as little-endian doubles.
class NumberStream {
public:
    NumberStream()
    {
        m_fixed = {0, sign, 1, sign | 1};
        m_fixed.insert(m_fixed.end(), thirds.begin(), thirds.end());
        for (const std::uint64_t third : thirds)
            m_fixed.push_back(third & ~sign);
        m_fixed.insert(m_fixed.end(), borders.begin(), borders.end());
    }

    double next()
    {
        constexpr std::size_t consecutive = 2'000;
        constexpr std::uint64_t smallestNormal = 0x0010000000000000;
        const std::size_t index = m_index++;
        if (index < m_fixed.size())
            return std::bit_cast<double>(m_fixed[index]);
        if (index < m_fixed.size() + consecutive)
            return std::bit_cast<double>(smallestNormal + (index - m_fixed.size()));
        for (;;) {
            if (m_at == m_block.size()) {
                m_block = sha256(m_block);
                m_at = 0;
            }
            std::uint64_t bits = 0;
            std::memcpy(&bits, m_block.data() + m_at, sizeof bits);
            m_at += sizeof bits;
            const double value = std::bit_cast<double>(bits);
            if (value != 0 && std::isfinite(value))
                return value;
        }
    }

private:
    static constexpr std::uint64_t sign = std::uint64_t(1) << 63;
    std::vector<std::uint64_t> m_fixed;
    std::size_t m_index = 0;
    Digest m_block{};
    std::size_t m_at = sizeof(Digest);
};

}
