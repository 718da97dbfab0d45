#include "core/trust/sanitize/link_target.h"

#include "core/base/text.h"
#include "core/trust/sanitize/character_reference.h"
#include "core/trust/sanitize/code_point.h"

#include <algorithm>
#include <array>

namespace ephor::sanitize {

namespace {

// A host has 253 characters at most; a scheme, slashes, a user and references around them still fit.
constexpr std::size_t longestDecidingPart = 2048;
constexpr std::size_t longestShownHost = 100;

bool isAsciiPunctuation(const char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool isSchemePart(const char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-'
        || c == '.';
}

/// Whatever the address is.
bool isHarmlessScheme(const std::string_view scheme)
{
    return scheme == "tel" || scheme == "cid";
}

/// The beginning of an address, decoded no further than it takes to tell where it leads.
class DecodedAddress {
public:
    DecodedAddress(const std::string_view address, const LinkSpelling spelling)
        : m_spelling(spelling)
    {
        const std::string_view part = address.substr(0, longestDecidingPart);
        std::size_t at = 0;
        while (at < part.size() && !isDecided()) {
            if (part[at] == '&' && spelling != LinkSpelling::Bare) {
                if (const CharacterReference reference = characterReferenceAt(part, at); reference.length != 0) {
                    unknownReference |= reference.value == 0;
                    append(reference.value == 0 ? U'?' : reference.value);
                    at += reference.length;
                    continue;
                }
            }
            const bool escaped = spelling == LinkSpelling::Markdown && part[at] == '\\' && at + 1 < part.size()
                && isAsciiPunctuation(part[at + 1]);
            if (!escaped && ends(part[at])) {
                ended = true;
                return;
            }
            at += escaped ? 1 : 0;
            const CodePoint next = codePointAt(part, at);
            append(next.value);
            at += next.length;
        }
        ended = at == address.size();
        cut = !ended && !isDecided();
    }

    std::string text;
    bool unknownReference = false; ///< one whose character is not known here
    bool ended = false; ///< nothing follows
    bool cut = false; ///< more follows, and it would matter

private:
    bool ends(const char c)
    {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (m_spelling == LinkSpelling::Attribute || (blank && text.empty()))
            return false;
        if (m_spelling == LinkSpelling::Bare)
            return blank || c == '<' || c == '>' || c == '"' || c == '`';
        m_depth += c == '(' ? 1 : 0;
        return blank || c == '<' || c == '>' || (c == ')' && m_depth-- == 0);
    }

    void append(const char32_t value)
    {
        if (value == '\t' || value == '\n' || value == '\r' || (text.empty() && value <= ' '))
            return;
        appendUtf8(text, value == '\\' ? U'/' : value);
    }

    /// Of the last character: those before it decided nothing.
    bool isDecided()
    {
        if (text.empty())
            return false;
        const char last = text.back();
        if (m_schemeEnd == 0) {
            const bool protocolRelative = text.size() <= 2 && text.find_first_not_of('/') == std::string::npos;
            if (last != ':' && !protocolRelative)
                return !isSchemePart(last) && !text.starts_with("//");
            if (last == ':')
                m_schemeEnd = text.size();
            return last == ':' && isHarmlessScheme(lowerAscii(std::string_view(text).substr(0, m_schemeEnd - 1)));
        }
        // A picture in the address itself is known by its type.
        if (lowerAscii(std::string_view(text).substr(0, 5)) == "data:")
            return text.size() > 40;
        const char before = text.size() > m_schemeEnd + 1 ? text[text.size() - 2] : '/';
        return last == '?' || last == '#' || (last == '/' && before != '/');
    }

    LinkSpelling m_spelling;
    std::size_t m_schemeEnd = 0;
    int m_depth = 0;
};

std::string_view schemeOf(const std::string_view address)
{
    const auto* const colon = std::ranges::find_if_not(address, isSchemePart);
    const bool letterFirst = !address.empty() && ((address[0] | 0x20) >= 'a' && (address[0] | 0x20) <= 'z');
    return colon != address.end() && *colon == ':' && letterFirst
        ? address.substr(0, std::size_t(colon - address.begin()))
        : std::string_view();
}

/// What follows an address where it was read to.
enum class AddressEnd { More, Nothing };

/// `authority`: what follows the scheme and its slashes.
std::string hostOf(std::string_view authority, const AddressEnd addressEnd)
{
    const std::size_t path = authority.find_first_of("/?#");
    authority = authority.substr(0, path);
    if (const std::size_t user = authority.rfind('@'); user != std::string_view::npos)
        authority.remove_prefix(user + 1);
    else if (!authority.starts_with('['))
        // No host has these; an address with them opens nothing, so they are the text around it.
        authority = authority.substr(0, authority.find_first_of("[]^|"));
    const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
    if (bracket != std::string_view::npos)
        authority = authority.substr(0, authority.find(':', bracket));
    while (addressEnd == AddressEnd::Nothing && path == std::string_view::npos && !authority.empty()
        && std::string_view(".,;:!?)}'*_~").find(authority.back()) != std::string_view::npos)
        authority.remove_suffix(1);
    while (authority.ends_with('.'))
        authority.remove_suffix(1);
    return lowerAscii(authority);
}

bool isAllowedHost(const std::string_view host, const AllowedHosts& allowed)
{
    const bool ascii = std::ranges::all_of(host, [](const char c) { return std::uint8_t(c) < 0x80 && c != '%'; });
    return ascii && std::ranges::any_of(allowed, [&](const std::string& entry) {
        const std::string name = lowerAscii(entry);
        return name.starts_with('.') ? host == std::string_view(name).substr(1) || host.ends_with(name) : host == name;
    });
}

std::string shownHost(std::string_view host)
{
    while (host.starts_with("www."))
        host.remove_prefix(4);
    std::string shown;
    for (const char c : host.substr(0, longestShownHost)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        shown += plain ? c : '?';
    }
    return shown.empty() ? "an unknown place" : shown;
}

bool isPlainPicture(const std::string_view address)
{
    static constexpr std::array<std::string_view, 4> pictures{"image/png;", "image/jpeg;", "image/gif;", "image/webp;"};
    const std::string lower = lowerAscii(address.substr(0, 32));
    return std::ranges::any_of(pictures, [&](const std::string_view type) { return lower.starts_with(type); });
}

}

LinkTarget linkTarget(const std::string_view address, const LinkSpelling spelling, const AllowedHosts& allowed)
{
    static constexpr std::array<std::string_view, 6> hostSchemes{"http", "https", "ftp", "ftps", "ws", "wss"};
    const DecodedAddress decoded(address, spelling);
    const std::string_view text = decoded.text;
    const std::string scheme = lowerAscii(schemeOf(text));
    const std::string_view rest = text.substr(scheme.empty() ? 0 : scheme.size() + 1);
    const auto external = [&] {
        const std::string_view authority = rest.substr(std::min(rest.find_first_not_of('/'), rest.size()));
        const bool ends = spelling == LinkSpelling::Bare && decoded.ended;
        const std::string host = hostOf(authority, ends ? AddressEnd::Nothing : AddressEnd::More);
        const bool decided = !decoded.unknownReference && !decoded.cut;
        return decided && isAllowedHost(host, allowed) ? LinkTarget{} : LinkTarget{LinkRisk::External, shownHost(host)};
    };
    if (scheme.empty()) {
        if (text.starts_with("//"))
            return external();
        // An unknown reference could be the colon of a scheme, and no end of blanks could hide one.
        const bool hidesScheme = decoded.unknownReference || (decoded.cut && text.empty());
        return hidesScheme ? LinkTarget{LinkRisk::Active, {}} : LinkTarget{};
    }
    if (std::ranges::find(hostSchemes, scheme) != hostSchemes.end())
        return external();
    if (scheme == "mailto")
        // With a question mark it brings its own text.
        return rest.find('?') == std::string_view::npos && !decoded.cut ? LinkTarget{} : external();
    if (isHarmlessScheme(scheme) || (scheme == "data" && isPlainPicture(rest)))
        return {};
    const bool runs = scheme == "javascript" || scheme == "vbscript" || scheme == "data";
    if (spelling == LinkSpelling::Bare && !runs && rest.starts_with("//"))
        return external();
    return {LinkRisk::Active, {}};
}

std::string linkNotice(const LinkTarget& target)
{
    return target.risk == LinkRisk::Active ? "(active link removed)" : "(link to " + target.host + " removed)";
}

}
