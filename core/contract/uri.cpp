#include "core/contract/uri.h"

#include "core/base/hex_digit.h"
#include "core/base/text.h"

namespace ephor::contract {

namespace {

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
        || c == '_' || c == '~';
}

bool isSchemeText(std::string_view text)
{
    if (text.empty() || !((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z')))
        return false;
    for (char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.')
            return false;
    }
    return true;
}

// RFC 3986 §5.2.4.
std::string removeDotSegments(std::string_view input)
{
    std::string output;
    while (!input.empty()) {
        if (input.starts_with("../"))
            input.remove_prefix(3);
        else if (input.starts_with("./"))
            input.remove_prefix(2);
        else if (input.starts_with("/./"))
            input.remove_prefix(2);
        else if (input == "/.")
            input = "/";
        else if (input.starts_with("/../") || input == "/..") {
            input = input == "/.." ? std::string_view("/") : input.substr(3);
            const auto slash = output.rfind('/');
            output.erase(slash == std::string::npos ? 0 : slash);
        } else if (input == "." || input == "..")
            input = {};
        else {
            const auto end = input.find('/', 1);
            output += input.substr(0, end);
            input = end == std::string_view::npos ? std::string_view() : input.substr(end);
        }
    }
    return output;
}

std::string mergePaths(const UriParts& base, std::string_view referencePath)
{
    if (base.hasAuthority && base.path.empty())
        return "/" + std::string(referencePath);
    const auto slash = base.path.rfind('/');
    const auto kept = slash == std::string_view::npos ? std::string_view() : base.path.substr(0, slash + 1);
    return std::string(kept) + std::string(referencePath);
}

std::string joinUri(const UriParts& parts, std::string_view path)
{
    std::string text;
    if (parts.hasScheme)
        text.append(parts.scheme).append(":");
    if (parts.hasAuthority)
        text.append("//").append(parts.authority);
    text.append(path);
    if (parts.hasQuery)
        text.append("?").append(parts.query);
    if (parts.hasFragment)
        text.append("#").append(parts.fragment);
    return text;
}

std::string normalizeEscapes(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto value = text[i] == '%' ? hexByte(text, i + 1) : std::nullopt;
        if (!value) {
            out += text[i];
            continue;
        }
        const char c = static_cast<char>(*value);
        if (isUnreserved(c))
            out += c;
        else
            out.append({'%', digits[*value / 16], digits[*value % 16]});
        i += 2;
    }
    return out;
}

}

UriParts splitUri(std::string_view text)
{
    UriParts parts;
    if (const auto hash = text.find('#'); hash != std::string_view::npos) {
        parts.hasFragment = true;
        parts.fragment = text.substr(hash + 1);
        text = text.substr(0, hash);
    }
    if (const auto mark = text.find('?'); mark != std::string_view::npos) {
        parts.hasQuery = true;
        parts.query = text.substr(mark + 1);
        text = text.substr(0, mark);
    }
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && isSchemeText(text.substr(0, colon))) {
        parts.hasScheme = true;
        parts.scheme = text.substr(0, colon);
        text = text.substr(colon + 1);
    }
    if (text.starts_with("//")) {
        parts.hasAuthority = true;
        const auto slash = text.find('/', 2);
        parts.authority = text.substr(2, slash == std::string_view::npos ? slash : slash - 2);
        text = slash == std::string_view::npos ? std::string_view() : text.substr(slash);
    }
    parts.path = text;
    return parts;
}

std::string resolveUri(std::string_view base, std::string_view reference)
{
    const UriParts from = splitUri(base);
    const UriParts to = splitUri(reference);
    if (to.hasScheme)
        return joinUri(to, removeDotSegments(to.path));
    UriParts target = to;
    target.hasScheme = from.hasScheme;
    target.scheme = from.scheme;
    if (to.hasAuthority)
        return joinUri(target, removeDotSegments(to.path));
    target.hasAuthority = from.hasAuthority;
    target.authority = from.authority;
    if (to.path.empty()) {
        if (!to.hasQuery) {
            target.hasQuery = from.hasQuery;
            target.query = from.query;
        }
        return joinUri(target, from.path);
    }
    if (to.path.starts_with('/'))
        return joinUri(target, removeDotSegments(to.path));
    return joinUri(target, removeDotSegments(mergePaths(from, to.path)));
}

std::string normalizeUri(std::string_view text)
{
    UriParts parts = splitUri(text);
    parts.hasFragment = false;
    const std::string scheme = lowerAscii(parts.scheme);
    const auto at = parts.authority.rfind('@');
    const auto user = at == std::string_view::npos ? std::string_view() : parts.authority.substr(0, at + 1);
    const std::string authority = std::string(user)
        + lowerAscii(at == std::string_view::npos ? parts.authority : parts.authority.substr(at + 1));
    parts.scheme = scheme;
    parts.authority = authority;
    std::string path = parts.hasScheme && (parts.hasAuthority || parts.path.starts_with('/'))
        ? removeDotSegments(parts.path)
        : std::string(parts.path);
    if (path.empty() && (scheme == "http" || scheme == "https"))
        path = "/";
    return normalizeEscapes(joinUri(parts, path));
}

std::string percentDecode(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (const auto value = text[i] == '%' ? hexByte(text, i + 1) : std::nullopt) {
            out += static_cast<char>(*value);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string percentEncodeFragment(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view allowed = "!$&'()*+,;=:@/?";
    std::string out;
    for (char c : text) {
        if (isUnreserved(c) || allowed.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
    return out;
}

}
