#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ephor::cedar {

/// An address or a range of them, of IP version 4 or 6. Two ranges of the same addresses that are written with
/// different host bits are not equal, as in the language.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{}; ///< version 4: the first four
    std::uint8_t version = 4;
    std::uint8_t prefix = 32; ///< 32 or 128 for a single address

    bool operator==(const IpAddress&) const = default;
    std::uint64_t hash() const;
    bool isLoopback() const; ///< every address of it: 127.0.0.0/8 or ::1
    bool isMulticast() const; ///< every address of it: 224.0.0.0/4 or ff00::/8
    /// Every address of this is in `other`.
    bool isInRange(const IpAddress& other) const;
};

/// "10.0.0.1", "10.0.0.0/8", "fe80::1", "::/0". Version 4 inside 6 is refused, and so are leading zeros and zones.
std::optional<IpAddress> readIpAddress(std::string_view text);

std::string toText(const IpAddress& address);

}
