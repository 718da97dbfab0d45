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
    constexpr std::size_t word = sizeof(std::uint64_t);
    if (left.size() < word || left.size() > 2 * word)
        return left == right;
    const auto wordAt = [](const char* bytes) {
        std::uint64_t read = 0;
        std::memcpy(&read, bytes, word);
        return read;
    };
    const std::size_t last = left.size() - word;
    return wordAt(left.data()) == wordAt(right.data()) && wordAt(left.data() + last) == wordAt(right.data() + last);
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
