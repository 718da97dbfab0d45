#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace ephor::cedar {

/// Of some bytes. Seeded from the random source once a process, so that nobody outside can choose texts that collide;
/// never stored or shown.
std::uint64_t hashOf(std::string_view bytes);

/// One 64-bit value of two, in order.
std::uint64_t mixed(std::uint64_t left, std::uint64_t right);

/// Whether both have the same bytes; names are short, and a call of memcmp costs more than comparing them.
inline bool sameBytes(std::string_view left, std::string_view right)
{
    if (left.size() != right.size())
        return false;
    // Two words that may overlap cover a text of one to two of their lengths.
    const auto sameAt = [&]<class Word>(Word first, std::size_t at) {
        Word second = 0;
        std::memcpy(&first, left.data() + at, sizeof first);
        std::memcpy(&second, right.data() + at, sizeof second);
        return first == second;
    };
    const std::size_t size = left.size();
    if (size > 2 * sizeof(std::uint64_t) || size < sizeof(std::uint32_t))
        return left == right;
    if (size < sizeof(std::uint64_t))
        return sameAt(std::uint32_t(0), 0) && sameAt(std::uint32_t(0), size - sizeof(std::uint32_t));
    return sameAt(std::uint64_t(0), 0) && sameAt(std::uint64_t(0), size - sizeof(std::uint64_t));
}

/// A text that knows its hash, so that names and ids compare in a nanosecond wherever they were read. The bytes belong
/// to an Arena.
struct Text {
    std::string_view view;
    std::uint64_t hash = 0;

    Text() = default;
    explicit Text(std::string_view bytes)
        : view(bytes)
        , hash(hashOf(bytes))
    {
    }
    /// Of bytes whose hash is known.
    Text(std::string_view bytes, std::uint64_t known)
        : view(bytes)
        , hash(known)
    {
    }
    bool operator==(const Text& other) const
    {
        return hash == other.hash
            && (view.data() == other.view.data() ? view.size() == other.view.size() : sameBytes(view, other.view));
    }
};

}
