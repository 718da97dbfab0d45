#include "core/http/target.h"

#include "core/base/hex_digit.h"
#include "core/base/text.h"

#include <algorithm>

namespace ephor::http {

namespace {

// Longer ones are refused: nothing of the surface needs more, and each is decoded and kept.
constexpr std::size_t longestTarget = 8 * 1024;

std::unexpected<Error> badTarget(std::string what)
{
    return fail(ErrorKind::Invalid, "http.target", "The address of the request " + std::move(what) + ".",
        "Send a path like /v1/models, percent-encoded.");
}

enum class PlusSign { Literal, Space };

Result<std::string> percentDecode(std::string_view text, PlusSign plus)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const auto byte = hexByte(text, i + 1);
            if (!byte)
                return badTarget("holds a broken percent escape");
            c = char(*byte);
            i += 2;
        } else if (c == '+' && plus == PlusSign::Space) {
            c = ' ';
        }
        if (std::uint8_t(c) < 0x20 || c == 0x7F)
            return badTarget("holds a control character");
        out += c;
    }
    if (!isUtf8(out))
        return badTarget("is not UTF-8");
    return out;
}

}

std::string_view Target::value(const std::string& name) const
{
    const auto found = query.find(name);
    return found == query.end() ? std::string_view() : std::string_view(found->second);
}

Result<Target> parseTarget(std::string_view text)
{
    if (text.size() > longestTarget)
        return badTarget("is longer than " + std::to_string(longestTarget) + " bytes");
    if (!text.starts_with('/'))
        return badTarget("does not begin with a slash");
    const std::size_t mark = text.find('?');
    Target target;
    for (const std::string_view segment :
        split(text.substr(1, mark == std::string_view::npos ? mark : mark - 1), '/')) {
        EPHOR_TRY(std::string decoded, percentDecode(segment, PlusSign::Literal));
        target.segments.push_back(std::move(decoded));
    }
    if (mark == std::string_view::npos)
        return target;
    for (const std::string_view pair : split(text.substr(mark + 1), '&')) {
        if (pair.empty())
            continue;
        const std::size_t equals = pair.find('=');
        EPHOR_TRY(std::string name, percentDecode(pair.substr(0, equals), PlusSign::Space));
        EPHOR_TRY(std::string value,
            percentDecode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), PlusSign::Space));
        if (!target.query.emplace(std::move(name), std::move(value)).second)
            return badTarget("gives one parameter twice");
    }
    return target;
}

std::string percentEncode(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
            || c == '.' || c == '_' || c == '~';
        if (unreserved) {
            out += c;
        } else {
            out += '%';
            out += digits[std::uint8_t(c) >> 4];
            out += digits[std::uint8_t(c) & 15];
        }
    }
    return out;
}

}
