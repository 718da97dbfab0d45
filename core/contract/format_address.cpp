#include "core/contract/format.h"

namespace ephor::contract {

namespace {

constexpr std::size_t maximumLocalPart = 64; // octets, RFC 5321 §4.5.3.1.1
constexpr std::size_t maximumDomain = 255; // octets, RFC 5321 §4.5.3.1.2
constexpr std::size_t maximumDomainLabel = 63; // octets, RFC 1035 §2.3.4

enum class AddressText { Ascii, Unicode };

bool isAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isBeyondAscii(char c)
{
    return static_cast<unsigned char>(c) >= 0x80;
}

bool isHexText(std::string_view text)
{
    for (char c : text) {
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
            return false;
    }
    return !text.empty();
}

bool isAtomText(char c, AddressText alphabet)
{
    return isAlphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos
        || (alphabet == AddressText::Unicode && isBeyondAscii(c));
}

bool isDotString(std::string_view text, AddressText alphabet)
{
    bool afterDot = true;
    for (char c : text) {
        if (c == '.' ? afterDot : !isAtomText(c, alphabet))
            return false;
        afterDot = c == '.';
    }
    return !afterDot;
}

bool isQuotedString(std::string_view text, AddressText alphabet)
{
    if (text.size() < 2 || text.front() != '"' || text.back() != '"')
        return false;
    text = text.substr(1, text.size() - 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped = text[i] == '\\';
        if (escaped && ++i >= text.size())
            return false;
        const char c = text[i];
        if (c == '"' && !escaped)
            return false;
        if (!(c >= 32 && c <= 126) && !(alphabet == AddressText::Unicode && isBeyondAscii(c) && !escaped))
            return false;
    }
    return true;
}

// The end of the local part: after a quoted string, or at the first "@" of a dot-string.
std::size_t findSeparator(std::string_view text)
{
    if (!text.starts_with('"'))
        return text.find('@');
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1 < text.size() && text[i + 1] == '@' ? i + 1 : std::string_view::npos;
    }
    return std::string_view::npos;
}

bool isMailLabel(std::string_view label, AddressText alphabet)
{
    if (label.empty() || label.size() > maximumDomainLabel || label.front() == '-' || label.back() == '-')
        return false;
    for (char c : label) {
        if (!isAlphanumeric(c) && c != '-' && !(alphabet == AddressText::Unicode && isBeyondAscii(c)))
            return false;
    }
    return true;
}

bool isMailDomain(std::string_view domain, AddressText alphabet)
{
    if (domain.size() >= 2 && domain.front() == '[' && domain.back() == ']') {
        const auto literal = domain.substr(1, domain.size() - 2);
        return literal.starts_with("IPv6:") ? isIpv6(literal.substr(5)) : isIpv4(literal);
    }
    if (domain.empty() || domain.size() > maximumDomain)
        return false;
    for (;;) {
        const auto dot = domain.find('.');
        if (!isMailLabel(domain.substr(0, dot), alphabet))
            return false;
        if (dot == std::string_view::npos)
            return true;
        domain.remove_prefix(dot + 1);
    }
}

bool isMailbox(std::string_view text, AddressText alphabet)
{
    const auto at = findSeparator(text);
    if (at > maximumLocalPart) // npos is larger still
        return false;
    const auto local = text.substr(0, at);
    return (isDotString(local, alphabet) || isQuotedString(local, alphabet))
        && isMailDomain(text.substr(at + 1), alphabet);
}

}

bool isEmail(std::string_view text)
{
    return isMailbox(text, AddressText::Ascii);
}

bool isIdnEmail(std::string_view text)
{
    return isMailbox(text, AddressText::Unicode);
}

bool isIpv4(std::string_view text)
{
    int parts = 0;
    for (;;) {
        const auto dot = text.find('.');
        const auto part = text.substr(0, dot);
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0'))
            return false;
        int value = 0;
        for (char c : part) {
            if (c < '0' || c > '9')
                return false;
            value = value * 10 + (c - '0');
        }
        if (value > 255 || ++parts > 4)
            return false;
        if (dot == std::string_view::npos)
            return parts == 4;
        text.remove_prefix(dot + 1);
    }
}

bool isIpv6(std::string_view text)
{
    int groups = 0;
    bool compressed = false;
    if (text.starts_with("::")) {
        compressed = true;
        text.remove_prefix(2);
        if (text.empty())
            return true;
    }
    for (;;) {
        const auto colon = text.find(':');
        const auto group = text.substr(0, colon);
        if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
            groups += 2;
            return isIpv4(group) && (compressed ? groups <= 7 : groups == 8);
        }
        if (group.size() > 4 || !isHexText(group) || ++groups > 8)
            return false;
        if (colon == std::string_view::npos)
            return compressed ? groups <= 7 : groups == 8;
        text.remove_prefix(colon + 1);
        if (!text.starts_with(':'))
            continue;
        if (compressed)
            return false;
        compressed = true;
        text.remove_prefix(1);
        if (text.empty())
            return groups <= 7;
    }
}

}
