#include "core/contract/punycode.h"

#include <cstdint>

namespace ephor::contract {

namespace {

// RFC 3492 §5.
constexpr std::uint32_t punycodeBase = 36;
constexpr std::uint32_t punycodeTMin = 1;
constexpr std::uint32_t punycodeTMax = 26;
constexpr std::uint32_t punycodeSkew = 38;
constexpr std::uint32_t punycodeDamp = 700;
constexpr std::uint32_t punycodeInitialBias = 72;
constexpr std::uint32_t punycodeInitialPoint = 128;
// A label has at most 63 octets, a name 253: longer input is refused before the quadratic insertion below.
constexpr std::size_t punycodeLongest = 1024;
constexpr std::uint64_t punycodeOverflow = 0xffffffff;

std::uint32_t adaptBias(std::uint64_t delta, std::uint64_t points, bool first)
{
    delta = first ? delta / punycodeDamp : delta / 2;
    delta += delta / points;
    std::uint32_t k = 0;
    while (delta > ((punycodeBase - punycodeTMin) * punycodeTMax) / 2) {
        delta /= punycodeBase - punycodeTMin;
        k += punycodeBase;
    }
    return k + static_cast<std::uint32_t>(((punycodeBase - punycodeTMin + 1) * delta) / (delta + punycodeSkew));
}

std::uint32_t threshold(std::uint32_t k, std::uint32_t bias)
{
    if (k <= bias)
        return punycodeTMin;
    return k >= bias + punycodeTMax ? punycodeTMax : k - bias;
}

std::uint32_t punycodeDigit(char c)
{
    if (c >= 'a' && c <= 'z')
        return static_cast<std::uint32_t>(c - 'a');
    if (c >= 'A' && c <= 'Z')
        return static_cast<std::uint32_t>(c - 'A');
    if (c >= '0' && c <= '9')
        return static_cast<std::uint32_t>(c - '0') + 26;
    return punycodeBase;
}

char punycodeCharacter(std::uint64_t digit)
{
    return static_cast<char>(digit < 26 ? 'a' + digit : '0' + (digit - 26));
}

void appendVariableLength(std::string& out, std::uint64_t value, std::uint32_t bias)
{
    for (std::uint32_t k = punycodeBase;; k += punycodeBase) {
        const std::uint32_t t = threshold(k, bias);
        if (value < t)
            break;
        out += punycodeCharacter(t + (value - t) % (punycodeBase - t));
        value = (value - t) / (punycodeBase - t);
    }
    out += punycodeCharacter(value);
}

}

std::optional<std::u32string> decodePunycode(std::string_view text)
{
    if (text.empty() || text.size() > punycodeLongest)
        return std::nullopt;
    std::u32string out;
    const auto delimiter = text.rfind('-');
    if (delimiter != std::string_view::npos) {
        for (char c : text.substr(0, delimiter)) {
            if (static_cast<unsigned char>(c) >= 0x80)
                return std::nullopt;
            out += static_cast<char32_t>(c);
        }
        text.remove_prefix(delimiter + 1);
    }
    std::uint64_t point = punycodeInitialPoint;
    std::uint64_t position = 0;
    std::uint32_t bias = punycodeInitialBias;
    for (std::size_t i = 0; i < text.size();) {
        const std::uint64_t before = position;
        std::uint64_t weight = 1;
        for (std::uint32_t k = punycodeBase;; k += punycodeBase) {
            const std::uint32_t digit = i < text.size() ? punycodeDigit(text[i++]) : punycodeBase;
            if (digit >= punycodeBase)
                return std::nullopt;
            position += digit * weight;
            if (position > punycodeOverflow)
                return std::nullopt;
            const std::uint32_t t = threshold(k, bias);
            if (digit < t)
                break;
            weight *= punycodeBase - t;
            if (weight > punycodeOverflow)
                return std::nullopt;
        }
        const std::uint64_t length = out.size() + 1;
        bias = adaptBias(position - before, length, before == 0);
        point += position / length;
        position %= length;
        if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
            return std::nullopt;
        out.insert(static_cast<std::size_t>(position), 1, static_cast<char32_t>(point));
        ++position;
    }
    return out;
}

std::optional<std::string> encodePunycode(std::u32string_view text)
{
    if (text.size() > punycodeLongest)
        return std::nullopt;
    std::string out;
    for (char32_t c : text) {
        if (c < punycodeInitialPoint)
            out += static_cast<char>(c);
    }
    const std::size_t basic = out.size();
    std::size_t handled = basic;
    if (basic > 0)
        out += '-';
    std::uint64_t point = punycodeInitialPoint;
    std::uint64_t delta = 0;
    std::uint32_t bias = punycodeInitialBias;
    while (handled < text.size()) {
        char32_t next = 0x110000;
        for (char32_t c : text) {
            if (c >= point && c < next)
                next = c;
        }
        delta += (next - point) * (handled + 1);
        if (delta > punycodeOverflow)
            return std::nullopt;
        point = next;
        for (char32_t c : text) {
            if (c < point)
                ++delta;
            if (c != point)
                continue;
            appendVariableLength(out, delta, bias);
            bias = adaptBias(delta, handled + 1, handled == basic);
            delta = 0;
            ++handled;
        }
        ++delta;
        ++point;
    }
    return out;
}

}
