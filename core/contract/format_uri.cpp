#include "core/contract/format.h"
#include "core/contract/uri.h"

#include <unicode/utf8.h>

namespace ephor::contract {

namespace {

enum class UriAlphabet { Uri, Iri };

bool isUriHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isUnreservedCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || std::string_view("-._~").find(c) != std::string_view::npos;
}

// RFC 3987 §2.2, ucschar.
bool isUcsCharacter(UChar32 c)
{
    if ((c >= 0xa0 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfdcf) || (c >= 0xfdf0 && c <= 0xffef))
        return true;
    return c >= 0x10000 && c <= 0xefffd && (c & 0xffff) <= 0xfffd && !(c >= 0xe0000 && c < 0xe1000);
}

// RFC 3987 §2.2, iprivate.
bool isPrivateCharacter(UChar32 c)
{
    return (c >= 0xe000 && c <= 0xf8ff) || (c >= 0xf0000 && c <= 0xffffd) || (c >= 0x100000 && c <= 0x10fffd);
}

// Takes one "%XX" at `at`.
bool isEscapeAt(std::string_view text, std::size_t at)
{
    return at + 2 < text.size() && isUriHex(text[at + 1]) && isUriHex(text[at + 2]);
}

enum class PrivateUse { Refuse, Allow };

// Every character is unreserved, escaped, a sub-delimiter, one of `extra`, or (in an IRI) beyond ASCII.
bool isUriText(
    std::string_view text, std::string_view extra, UriAlphabet alphabet, PrivateUse privateUse = PrivateUse::Refuse)
{
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c == '%') {
            if (!isEscapeAt(text, i))
                return false;
            i += 3;
            continue;
        }
        if (static_cast<unsigned char>(c) < 0x80) {
            if (!isUnreservedCharacter(c) && std::string_view("!$&'()*+,;=").find(c) == std::string_view::npos
                && extra.find(c) == std::string_view::npos)
                return false;
            ++i;
            continue;
        }
        UChar32 point = 0;
        auto at = static_cast<std::int32_t>(i);
        U8_NEXT(text.data(), at, static_cast<std::int32_t>(text.size()), point);
        const bool allowed
            = point >= 0 && (isUcsCharacter(point) || (privateUse == PrivateUse::Allow && isPrivateCharacter(point)));
        if (alphabet == UriAlphabet::Uri || !allowed)
            return false;
        i = static_cast<std::size_t>(at);
    }
    return true;
}

bool isAddressLiteral(std::string_view literal)
{
    if (!literal.starts_with('v') && !literal.starts_with('V'))
        return isIpv6(literal);
    const auto dot = literal.find('.');
    if (dot == std::string_view::npos || dot < 2 || dot + 1 >= literal.size())
        return false;
    for (char c : literal.substr(1, dot - 1)) {
        if (!isUriHex(c))
            return false;
    }
    const auto rest = literal.substr(dot + 1);
    return rest.find('%') == std::string_view::npos && isUriText(rest, ":", UriAlphabet::Uri);
}

bool isAuthority(std::string_view authority, UriAlphabet alphabet)
{
    if (const auto at = authority.find('@'); at != std::string_view::npos) {
        if (!isUriText(authority.substr(0, at), ":", alphabet))
            return false;
        authority.remove_prefix(at + 1);
    }
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        if (end == std::string_view::npos || !isAddressLiteral(authority.substr(1, end - 1)))
            return false;
        port = authority.substr(end + 1);
        if (!port.empty() && port[0] != ':')
            return false;
    } else {
        const auto colon = authority.find(':');
        if (!isUriText(authority.substr(0, colon), {}, alphabet))
            return false;
        port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon);
    }
    return port.empty() || port.substr(1).find_first_not_of("0123456789") == std::string_view::npos;
}

bool isUriParts(const UriParts& parts, UriAlphabet alphabet)
{
    if (parts.hasAuthority && !isAuthority(parts.authority, alphabet))
        return false;
    if (!parts.hasScheme && !parts.hasAuthority) {
        // Otherwise the first segment would read as a scheme.
        const auto first = parts.path.substr(0, parts.path.find('/'));
        if (first.find(':') != std::string_view::npos)
            return false;
    }
    return isUriText(parts.path, ":@/", alphabet) && isUriText(parts.query, ":@/?", alphabet, PrivateUse::Allow)
        && isUriText(parts.fragment, ":@/?", alphabet);
}

bool isTemplateName(std::string_view name)
{
    bool afterDot = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (c == '.') {
            if (afterDot)
                return false;
            afterDot = true;
            continue;
        }
        if (c == '%') {
            if (!isEscapeAt(name, i))
                return false;
            i += 2;
        } else if ((!isUnreservedCharacter(c) && c != '_') || c == '-' || c == '~') {
            return false;
        }
        afterDot = false;
    }
    return !afterDot;
}

bool isTemplateVariable(std::string_view variable)
{
    if (variable.ends_with('*'))
        return isTemplateName(variable.substr(0, variable.size() - 1));
    const auto colon = variable.find(':');
    if (colon == std::string_view::npos)
        return isTemplateName(variable);
    const auto length = variable.substr(colon + 1);
    return isTemplateName(variable.substr(0, colon)) && !length.empty() && length.size() <= 4 && length[0] != '0'
        && length.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isTemplateExpression(std::string_view expression)
{
    if (!expression.empty() && std::string_view("+#./;?&=,!@|").find(expression[0]) != std::string_view::npos)
        expression.remove_prefix(1);
    for (;;) {
        const auto comma = expression.find(',');
        if (!isTemplateVariable(expression.substr(0, comma)))
            return false;
        if (comma == std::string_view::npos)
            return true;
        expression.remove_prefix(comma + 1);
    }
}

// RFC 6570 §2.1, with the apostrophe its erratum 6937 allows.
bool isTemplateLiteral(std::string_view text)
{
    for (char c : text) {
        if (static_cast<unsigned char>(c) < 0x80
            && (c <= 0x20 || c == 0x7f || std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos))
            return false;
    }
    for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
        if (!isEscapeAt(text, i))
            return false;
    }
    for (std::size_t i = 0; i < text.size();) {
        UChar32 point = 0;
        auto at = static_cast<std::int32_t>(i);
        U8_NEXT(text.data(), at, static_cast<std::int32_t>(text.size()), point);
        if (point < 0 || (point >= 0x80 && !isUcsCharacter(point) && !isPrivateCharacter(point)))
            return false;
        i = static_cast<std::size_t>(at);
    }
    return true;
}

}

bool isUri(std::string_view text)
{
    const UriParts parts = splitUri(text);
    return parts.hasScheme && isUriParts(parts, UriAlphabet::Uri);
}

bool isUriReference(std::string_view text)
{
    return isUriParts(splitUri(text), UriAlphabet::Uri);
}

bool isIri(std::string_view text)
{
    const UriParts parts = splitUri(text);
    return parts.hasScheme && isUriParts(parts, UriAlphabet::Iri);
}

bool isIriReference(std::string_view text)
{
    return isUriParts(splitUri(text), UriAlphabet::Iri);
}

bool isUriTemplate(std::string_view text)
{
    while (!text.empty()) {
        const auto open = text.find('{');
        if (!isTemplateLiteral(text.substr(0, open)))
            return false;
        if (open == std::string_view::npos)
            return true;
        const auto close = text.find('}', open);
        if (close == std::string_view::npos || !isTemplateExpression(text.substr(open + 1, close - open - 1)))
            return false;
        text.remove_prefix(close + 1);
    }
    return true;
}

}
