#include "core/trust/cedar/ip_address.h"

#include "core/trust/cedar/digits.h"
#include "core/trust/cedar/text.h"

#include <algorithm>
#include <vector>

namespace ephor::cedar {

namespace {

// The longest of either version with its prefix: eight groups of four digits and "/128".
constexpr std::size_t longestIpText = 43;

std::optional<std::uint32_t> smallNumber(std::string_view digits, std::size_t mostDigits, std::int64_t largest)
{
    if (digits.size() > mostDigits || (digits.size() > 1 && digits.front() == '0'))
        return std::nullopt;
    const auto number = readDigits(digits, Sign::Positive);
    if (!number || *number > largest)
        return std::nullopt;
    return std::uint32_t(*number);
}

std::vector<std::string_view> parts(std::string_view text, char separator)
{
    std::vector<std::string_view> found;
    for (;;) {
        const std::size_t end = text.find(separator);
        found.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return found;
        text.remove_prefix(end + 1);
    }
}

bool readVersion4(std::string_view text, IpAddress& address)
{
    const auto octets = parts(text, '.');
    if (octets.size() != 4)
        return false;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto octet = smallNumber(octets[i], 3, 255);
        if (!octet)
            return false;
        address.bytes[i] = std::uint8_t(*octet);
    }
    address.version = 4;
    address.prefix = 32;
    return true;
}

std::optional<std::uint16_t> readGroup(std::string_view text)
{
    if (text.empty() || text.size() > 4)
        return std::nullopt;
    std::uint32_t group = 0;
    for (const char character : text) {
        const char lower = char(character | 0x20);
        if (isDigit(character))
            group = group * 16 + std::uint32_t(character - '0');
        else if (lower >= 'a' && lower <= 'f')
            group = group * 16 + std::uint32_t(lower - 'a' + 10);
        else
            return std::nullopt;
    }
    return std::uint16_t(group);
}

bool readGroups(std::string_view text, std::vector<std::uint16_t>& groups)
{
    if (text.empty())
        return true;
    for (const std::string_view part : parts(text, ':')) {
        const auto group = readGroup(part);
        if (!group)
            return false;
        groups.push_back(*group);
    }
    return true;
}

bool readVersion6(std::string_view text, IpAddress& address)
{
    constexpr std::size_t groupCount = 8;
    std::vector<std::uint16_t> head;
    std::vector<std::uint16_t> tail;
    const std::size_t gap = text.find("::");
    const bool shortened = gap != std::string_view::npos;
    if (!readGroups(text.substr(0, gap), head) || (shortened && !readGroups(text.substr(gap + 2), tail)))
        return false;
    const std::size_t written = head.size() + tail.size();
    if (shortened ? written >= groupCount : written != groupCount)
        return false;
    head.resize(groupCount - tail.size(), 0);
    head.insert(head.end(), tail.begin(), tail.end());
    for (std::size_t i = 0; i < groupCount; ++i) {
        address.bytes[2 * i] = std::uint8_t(head[i] >> 8);
        address.bytes[2 * i + 1] = std::uint8_t(head[i]);
    }
    address.version = 6;
    address.prefix = 128;
    return true;
}

bool samePrefix(const IpAddress& left, const IpAddress& right, std::uint32_t bits)
{
    for (std::uint32_t bit = 0; bit < bits; bit += 8) {
        const std::uint32_t counted = std::min<std::uint32_t>(8, bits - bit);
        const auto mask = std::uint8_t(0xff << (8 - counted));
        if ((left.bytes[bit / 8] & mask) != (right.bytes[bit / 8] & mask))
            return false;
    }
    return true;
}

}

std::uint64_t IpAddress::hash() const
{
    const std::string_view view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return mixed(hashOf(view), std::uint64_t(version) << 8 | prefix);
}

bool IpAddress::isLoopback() const
{
    if (version == 4)
        return bytes[0] == 127 && prefix >= 8;
    const bool zeros = std::all_of(bytes.begin(), bytes.end() - 1, [](std::uint8_t byte) { return byte == 0; });
    return zeros && bytes[15] == 1 && prefix == 128;
}

bool IpAddress::isMulticast() const
{
    return version == 4 ? bytes[0] >= 224 && bytes[0] < 240 && prefix >= 4 : bytes[0] == 0xff && prefix >= 8;
}

bool IpAddress::isInRange(const IpAddress& other) const
{
    return version == other.version && prefix >= other.prefix && samePrefix(*this, other, other.prefix);
}

std::optional<IpAddress> readIpAddress(std::string_view text)
{
    if (text.size() > longestIpText)
        return std::nullopt;
    IpAddress address;
    const std::size_t slash = text.find('/');
    const std::string_view alone = text.substr(0, slash);
    if (!readVersion4(alone, address) && !readVersion6(alone, address))
        return std::nullopt;
    if (slash != std::string_view::npos) {
        const auto prefix = smallNumber(text.substr(slash + 1), 3, address.prefix);
        if (!prefix)
            return std::nullopt;
        address.prefix = std::uint8_t(*prefix);
    }
    return address;
}

std::string toText(const IpAddress& address)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    if (address.version == 4) {
        for (std::size_t i = 0; i < 4; ++i)
            text += (i == 0 ? "" : ".") + std::to_string(address.bytes[i]);
    } else {
        for (std::size_t i = 0; i < 16; ++i) {
            if (i > 0 && i % 2 == 0)
                text += ':';
            text += digits[address.bytes[i] >> 4];
            text += digits[address.bytes[i] & 15];
        }
    }
    const bool single = address.prefix == (address.version == 4 ? 32 : 128);
    return single ? text : text + "/" + std::to_string(address.prefix);
}

}
