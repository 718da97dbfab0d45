#include "core/net/address_rules.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace ephor::net {

namespace {

struct KnownRange {
    std::array<std::uint8_t, 4> first;
    unsigned prefixBits;
    AddressClass kind;
};

// The first that contains an address decides, so single addresses stand before the ranges around them.
constexpr std::array<KnownRange, 20> knownV4{{
    {{169, 254, 169, 254}, 32, AddressClass::Metadata},
    {{169, 254, 170, 2}, 32, AddressClass::Metadata}, // Amazon's container credentials
    {{168, 63, 129, 16}, 32, AddressClass::Metadata}, // Azure's wire server, in public space
    {{100, 100, 100, 200}, 32, AddressClass::Metadata}, // Alibaba
    {{192, 0, 0, 192}, 32, AddressClass::Metadata}, // Oracle
    {{127, 0, 0, 0}, 8, AddressClass::Loopback},
    {{10, 0, 0, 0}, 8, AddressClass::Private},
    {{172, 16, 0, 0}, 12, AddressClass::Private},
    {{192, 168, 0, 0}, 16, AddressClass::Private},
    {{100, 64, 0, 0}, 10, AddressClass::Private},
    {{169, 254, 0, 0}, 16, AddressClass::LinkLocal},
    {{0, 0, 0, 0}, 8, AddressClass::Reserved},
    {{192, 0, 0, 0}, 24, AddressClass::Reserved},
    {{192, 0, 2, 0}, 24, AddressClass::Reserved},
    {{192, 88, 99, 0}, 24, AddressClass::Reserved},
    {{198, 18, 0, 0}, 15, AddressClass::Reserved},
    {{198, 51, 100, 0}, 24, AddressClass::Reserved},
    {{203, 0, 113, 0}, 24, AddressClass::Reserved},
    {{224, 0, 0, 0}, 4, AddressClass::Reserved},
    {{240, 0, 0, 0}, 4, AddressClass::Reserved},
}};

struct NamedRange {
    std::string_view text;
    AddressClass kind;
};

constexpr std::array<NamedRange, 14> knownV6{{
    {"fd00:ec2::254/128", AddressClass::Metadata}, // Amazon
    {"fd20:ce::254/128", AddressClass::Metadata}, // Google
    {"::1/128", AddressClass::Loopback}, {"fc00::/7", AddressClass::Private}, {"fec0::/10", AddressClass::Private},
    {"fe80::/10", AddressClass::LinkLocal}, {"64:ff9b:1::/48", AddressClass::Reserved},
    {"100::/64", AddressClass::Reserved}, {"2001:db8::/32", AddressClass::Reserved},
    {"2001::/23", AddressClass::Reserved}, // Teredo and other protocol assignments
    {"3fff::/20", AddressClass::Reserved}, {"5f00::/16", AddressClass::Reserved}, {"ff00::/8", AddressClass::Reserved},
    {"::/96", AddressClass::Reserved}, // unspecified, and the old IPv4-compatible form
}};

bool samePrefix(const std::uint8_t* left, const std::uint8_t* right, unsigned bits)
{
    const unsigned whole = bits / 8;
    if (!std::equal(left, left + whole, right))
        return false;
    const unsigned rest = bits % 8;
    return rest == 0 || ((left[whole] ^ right[whole]) >> (8 - rest)) == 0;
}

const std::vector<std::pair<AddressRange, AddressClass>>& rangesV6()
{
    static const auto ranges = [] {
        std::vector<std::pair<AddressRange, AddressClass>> made;
        for (const NamedRange& entry : knownV6)
            made.emplace_back(AddressRange::parse(entry.text).value(), entry.kind);
        return made;
    }();
    return ranges;
}

}

IpAddress IpAddress::fromV4(const std::array<std::uint8_t, 4>& bytes)
{
    IpAddress address;
    std::ranges::copy(bytes, address.m_bytes.begin());
    address.m_v4 = true;
    return address;
}

IpAddress IpAddress::fromV6(const std::array<std::uint8_t, 16>& bytes)
{
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    constexpr std::array<std::uint8_t, 12> nat64{0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    if (samePrefix(bytes.data(), mapped.data(), 96) || samePrefix(bytes.data(), nat64.data(), 96))
        return fromV4({bytes[12], bytes[13], bytes[14], bytes[15]});
    if (bytes[0] == 0x20 && bytes[1] == 0x02)
        return fromV4({bytes[2], bytes[3], bytes[4], bytes[5]});
    IpAddress address;
    address.m_bytes = bytes;
    return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    const std::string copy(text);
    std::array<std::uint8_t, 4> v4{};
    if (inet_pton(AF_INET, copy.c_str(), v4.data()) == 1 && copy.find('\0') == std::string::npos)
        return fromV4(v4);
    std::array<std::uint8_t, 16> v6{};
    if (inet_pton(AF_INET6, copy.c_str(), v6.data()) == 1 && copy.find('\0') == std::string::npos)
        return fromV6(v6);
    return std::nullopt;
}

std::string IpAddress::text() const
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(m_v4 ? AF_INET : AF_INET6, m_bytes.data(), text.data(), socklen_t(text.size()));
    return text.data();
}

Result<AddressRange> AddressRange::parse(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    unsigned bits = 0;
    bool good = address.has_value();
    const unsigned most = good && address->isV4() ? 32 : 128;
    if (slash == std::string_view::npos) {
        bits = most;
    } else {
        const std::string_view digits = text.substr(slash + 1);
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        good = good && problem == std::errc() && end == digits.data() + digits.size() && bits <= most;
    }
    if (!good) {
        return fail(Error(ErrorKind::Invalid, "net.address-range", "This is not a range of addresses.",
            "Write it like 10.1.0.0/16 or fd12::/48.")
                .with("value", std::string(text.substr(0, 64))));
    }
    return AddressRange{*address, bits};
}

bool AddressRange::contains(const IpAddress& address) const
{
    return first.isV4() == address.isV4() && samePrefix(first.bytes().data(), address.bytes().data(), prefixBits);
}

std::string_view toString(AddressClass kind)
{
    switch (kind) {
    case AddressClass::Public:
        return "public";
    case AddressClass::Loopback:
        return "loopback";
    case AddressClass::Private:
        return "private";
    case AddressClass::LinkLocal:
        return "link-local";
    case AddressClass::Metadata:
        return "metadata";
    case AddressClass::Reserved:
        return "reserved";
    }
    return "reserved";
}

AddressClass classify(const IpAddress& address)
{
    if (address.isV4()) {
        for (const KnownRange& range : knownV4) {
            if (samePrefix(range.first.data(), address.bytes().data(), range.prefixBits))
                return range.kind;
        }
        return AddressClass::Public;
    }
    for (const auto& [range, kind] : rangesV6()) {
        if (range.contains(address))
            return kind;
    }
    // Only this part of IPv6 is given out for the public network.
    return (address.bytes()[0] & 0xe0) == 0x20 ? AddressClass::Public : AddressClass::Reserved;
}

Result<void> AddressRules::check(const IpAddress& address) const
{
    const auto holds = [&](const AddressRange& range) { return range.contains(address); };
    const AddressClass kind = classify(address);
    const bool byClass = kind == AddressClass::Public || (kind == AddressClass::Loopback && allowLoopback)
        || (kind == AddressClass::Private && allowPrivate);
    if (std::ranges::none_of(denied, holds) && (byClass || std::ranges::any_of(allowed, holds)))
        return {};
    return fail(Error(ErrorKind::Forbidden, "net.address-denied", "The address rules do not allow this address.",
        "Add it to the allowed ranges of this connection, if it is meant to be reached.")
            .with("class", std::string(toString(kind)))
            .with("address", address.text()));
}

}
