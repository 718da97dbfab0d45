#include "core/contract/format.h"
#include "core/contract/idna.h"
#include "core/contract/punycode.h"

#include "core/base/text.h"

#include <algorithm>
#include <optional>
#include <unicode/utf8.h>
#include <vector>

namespace ephor::contract {

namespace {

constexpr std::size_t maximumHostLabel = 63; // octets, RFC 1035 §2.3.4
constexpr std::size_t maximumHostName = 253; // octets without the root's dot

using HostLabels = std::vector<std::u32string>; // as Unicode

bool isHostCharacter(char32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

bool isAsciiLabel(std::u32string_view label)
{
    return !label.empty() && label.size() <= maximumHostLabel && label.front() != '-' && label.back() != '-'
        && std::all_of(label.begin(), label.end(), isHostCharacter);
}

std::string asciiOf(std::u32string_view label)
{
    std::string out;
    for (char32_t c : label)
        out += static_cast<char>(c);
    return lowerAscii(out);
}

// An A-label stands for exactly one U-label, and only in one spelling (RFC 5891 §5.4).
std::optional<std::u32string> unicodeOfAceLabel(const std::string& lowerCase)
{
    auto decoded = decodePunycode(std::string_view(lowerCase).substr(4));
    if (!decoded || !isUnicodeLabel(*decoded))
        return std::nullopt;
    if (std::none_of(decoded->begin(), decoded->end(), [](char32_t c) { return c >= 0x80; }))
        return std::nullopt;
    const auto again = encodePunycode(*decoded);
    if (!again || "xn--" + *again != lowerCase)
        return std::nullopt;
    return decoded;
}

// Checks one label, adds its Unicode form to `labels`, and its length as ASCII to `octets`.
bool addHostLabel(std::u32string_view label, HostLabels& labels, std::size_t& octets)
{
    if (std::all_of(label.begin(), label.end(), [](char32_t c) { return c < 0x80; })) {
        octets += label.size();
        if (!isAsciiLabel(label))
            return false;
        const std::string lower = asciiOf(label);
        if (!lower.starts_with("xn--")) {
            labels.emplace_back(label);
            return true;
        }
        auto decoded = unicodeOfAceLabel(lower);
        if (decoded)
            labels.push_back(std::move(*decoded));
        return decoded.has_value();
    }
    const auto encoded = encodePunycode(label);
    if (!encoded || encoded->size() + 4 > maximumHostLabel || !isUnicodeLabel(label))
        return false;
    octets += encoded->size() + 4;
    labels.emplace_back(label);
    return true;
}

bool isHostOf(std::u32string_view name, std::u32string_view separators)
{
    HostLabels labels;
    std::size_t octets = 0;
    for (;;) {
        const auto dot = name.find_first_of(separators);
        if (!addHostLabel(name.substr(0, dot), labels, octets) || octets + labels.size() - 1 > maximumHostName)
            return false;
        if (dot == std::u32string_view::npos)
            break;
        name.remove_prefix(dot + 1);
    }
    const bool bidi
        = std::any_of(labels.begin(), labels.end(), [](const auto& label) { return isRightToLeftLabel(label); });
    return !bidi
        || std::all_of(labels.begin(), labels.end(), [](const auto& label) { return satisfiesBidiRule(label); });
}

std::optional<std::u32string> codePointsOf(std::string_view text)
{
    std::u32string out;
    for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size());) {
        UChar32 c = 0;
        U8_NEXT(text.data(), at, static_cast<std::int32_t>(text.size()), c);
        if (c < 0)
            return std::nullopt;
        out += static_cast<char32_t>(c);
    }
    return out;
}

}

bool isHostname(std::string_view text)
{
    if (text.size() > maximumHostName)
        return false;
    const auto points = codePointsOf(text);
    return points
        && std::all_of(points->begin(), points->end(), [](char32_t c) { return isHostCharacter(c) || c == '.'; })
        && isHostOf(*points, U".");
}

bool isIdnHostname(std::string_view text)
{
    // Four bytes a character at most; anything longer cannot be a name of 253 octets.
    if (text.size() > 4 * maximumHostName)
        return false;
    const auto points = codePointsOf(text);
    return points && isHostOf(*points, U".\u3002\uff0e\uff61");
}

}
