#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::net {

/// An IPv4 or IPv6 address. An IPv4 address carried inside an IPv6 one (mapped, NAT64, 6to4) is read as the IPv4
/// address that traffic would reach.
class IpAddress {
public:
    /// Reads the text form without brackets, port or zone.
    static std::optional<IpAddress> parse(std::string_view text);
    static IpAddress fromV4(const std::array<std::uint8_t, 4>& bytes);
    static IpAddress fromV6(const std::array<std::uint8_t, 16>& bytes);

    bool isV4() const { return m_v4; }
    /// Four or sixteen bytes count.
    const std::array<std::uint8_t, 16>& bytes() const { return m_bytes; }
    std::string text() const;
    bool operator==(const IpAddress&) const = default;

private:
    std::array<std::uint8_t, 16> m_bytes{};
    bool m_v4 = false;
};

/// Addresses with a common prefix.
struct AddressRange {
    IpAddress first;
    unsigned prefixBits = 0;

    /// Reads "10.1.0.0/16", or one address.
    static Result<AddressRange> parse(std::string_view text);
    bool contains(const IpAddress& address) const;
    bool operator==(const AddressRange&) const = default;
};

/// What an address is for, by the IANA special-purpose registries (RFC 6890 and its updates).
enum class AddressClass {
    Public,
    Loopback,
    Private, ///< RFC 1918, carrier NAT, unique local
    LinkLocal,
    Metadata, ///< where clouds hand out credentials to whoever asks
    Reserved, ///< documentation, multicast, broadcast, unspecified, future use, tunnels
};
std::string_view toString(AddressClass kind);
AddressClass classify(const IpAddress& address);

/// Where a request may go, checked on the address that a name resolved to and on a connection that is used again: a
/// name proves nothing (server-side request forgery, DNS rebinding). By default only public addresses are let through.
struct AddressRules {
    bool allowLoopback = false;
    bool allowPrivate = false;
    /// Ranges that are let through whatever they are; the only way to a metadata, link-local or reserved address.
    std::vector<AddressRange> allowed;
    /// Ranges that are not, whatever else says; first of all.
    std::vector<AddressRange> denied;

    /// Fails with net.address-denied, the class and the address in the fields.
    Result<void> check(const IpAddress& address) const;
    bool operator==(const AddressRules&) const = default;
};

}
