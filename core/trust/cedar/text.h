#pragma once

#include <cstdint>
#include <string_view>

namespace ephor::cedar {

/// Of some bytes. Seeded from the random source once a process, so that nobody outside can choose texts that collide;
/// never stored or shown.
std::uint64_t hashOf(std::string_view bytes);

/// One 64-bit value of two, in order.
std::uint64_t mixed(std::uint64_t left, std::uint64_t right);

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
    bool operator==(const Text& other) const { return hash == other.hash && view == other.view; }
};

}
