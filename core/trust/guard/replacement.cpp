#include "core/trust/guard/replacement.h"

#include "core/base/text.h"

#include <algorithm>

namespace ephor::guard {

namespace {

constexpr std::size_t shownLetters = 4;
// Of fewer, four would be most of it.
constexpr std::size_t fewestToShow = 8;

std::string upperTitle(std::string_view title)
{
    std::string upper(title);
    for (char& c : upper)
        c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    return upper;
}

bool isAlnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isFirstByte(char c)
{
    return (std::uint8_t(c) & 0xC0) != 0x80;
}

// One star for each character, whatever its length in bytes; separators stay, so that people see what it was.
std::string masked(std::string_view entity, std::string_view value)
{
    const std::size_t at = value.find('@');
    if (entity == "EMAIL_ADDRESS" && at != value.npos && at > 0)
        return std::string(value.substr(0, 1)) + "***" + std::string(value.substr(at));
    const auto letters = std::size_t(std::ranges::count_if(value, isAlnum));
    const bool isAscii = std::ranges::all_of(value, [](char c) { return std::uint8_t(c) < 0x80; });
    const std::size_t shown = isAscii && letters >= fewestToShow ? shownLetters : 0;
    std::string text;
    std::size_t seen = 0;
    for (const char c : value) {
        if (isAlnum(c))
            text += ++seen + shown > letters ? c : '*';
        else if (std::uint8_t(c) >= 0x80)
            text += isFirstByte(c) ? "*" : "";
        else
            text += c;
    }
    return text;
}

std::string_view valueOf(const MarkedPlace& place, std::string_view text)
{
    return place.spelt.empty() ? text.substr(place.start, place.end - place.start) : std::string_view(place.spelt);
}

}

std::string replacementFor(const MarkedPlace& place, std::string_view value, const ProtectionKey& key)
{
    switch (place.action) {
    case ProtectAction::Mask:
        return masked(place.entity, value);
    case ProtectAction::Tokenise:
        return standInFor(key, place.entity, value);
    case ProtectAction::Hash:
        return "[" + upperTitle(place.title) + " " + shortHash(key, place.entity, value) + "]";
    case ProtectAction::Redact:
        return "[" + upperTitle(place.title) + "]";
    case ProtectAction::Observe:
    case ProtectAction::Ask:
    case ProtectAction::Deny:
        break;
    }
    return std::string(value);
}

Replaced replaced(std::string_view text, std::span<const MarkedPlace> places, const ProtectionKey& key)
{
    Replaced whole;
    std::size_t done = 0;
    for (const MarkedPlace& place : places) {
        const std::string_view value = valueOf(place, text);
        std::string stands = replacementFor(place, value, key);
        whole.text += text.substr(done, place.start - done);
        whole.text += stands;
        done = place.end;
        if (place.action == ProtectAction::Tokenise)
            whole.standIns.push_back({std::move(stands), std::string(value)});
    }
    whole.text += text.substr(done);
    return whole;
}

Replaced replacedInJson(
    std::string_view json, const JsonView& view, std::span<const MarkedPlace> places, const ProtectionKey& key)
{
    Replaced whole;
    std::size_t done = 0;
    for (const MarkedPlace& place : places) {
        const std::string_view value = valueOf(place, view.text);
        std::string stands = replacementFor(place, value, key);
        const auto [start, end] = view.originalRange(place.start, place.end);
        whole.text += json.substr(done, start - done);
        whole.text += escapedForJson(stands);
        done = end;
        if (place.action == ProtectAction::Tokenise)
            whole.standIns.push_back({std::move(stands), std::string(value)});
    }
    whole.text += json.substr(done);
    return whole;
}

}
