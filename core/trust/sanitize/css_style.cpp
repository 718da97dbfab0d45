#include "core/trust/sanitize/css_style.h"

#include "core/base/text.h"
#include "core/trust/sanitize/character_reference.h"
#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/link_target.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace ephor::sanitize {

namespace {

std::string withReferences(const std::string_view attribute)
{
    std::string out;
    for (std::size_t at = 0; at < attribute.size();) {
        const CharacterReference reference = characterReferenceAt(attribute, at);
        if (reference.value != 0)
            appendUtf8(out, reference.value);
        else
            out += attribute[at];
        at += reference.value != 0 ? reference.length : 1;
    }
    return out;
}

bool isCssBlank(const char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/// CSS Syntax §4.3.7: a backslash with up to six hexadecimal digits and one blank, or with the character itself.
std::size_t appendCssEscape(std::string& out, const std::string_view text, const std::size_t at)
{
    unsigned value = 0;
    const std::string_view digits = text.substr(at + 1, 6);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (read.ec != std::errc())
        return at + 1;
    if (value != 0 && value < 0x110000 && !(value >= 0xD800 && value <= 0xDFFF))
        appendUtf8(out, value);
    const std::size_t end = at + 1 + std::size_t(read.ptr - digits.data());
    return end < text.size() && isCssBlank(text[end]) ? end + 1 : end;
}

/// The number a value begins with, and its unit.
struct CssLength {
    double number = 0;
    std::string_view unit;
};

std::optional<CssLength> lengthOf(const std::string_view value)
{
    CssLength length;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), length.number);
    if (read.ec != std::errc())
        return std::nullopt;
    length.unit = value.substr(std::size_t(read.ptr - value.data()));
    return length;
}

bool isNothing(const std::string_view value)
{
    const auto length = lengthOf(value);
    return length && length->number == 0;
}

bool isTooSmallToRead(const std::string_view value)
{
    const auto length = lengthOf(value);
    if (!length)
        return false;
    if (length->unit.starts_with("px") || length->unit.starts_with("pt"))
        return length->number <= 2;
    if (length->unit.starts_with('%'))
        return length->number <= 10;
    return length->number <= 0.1;
}

/// Further away than any page is wide.
bool isOffThePage(const std::string_view value)
{
    const auto length = lengthOf(value);
    const bool percent = length && length->unit.starts_with('%');
    return length && (percent ? length->number <= -100 : length->number <= -500);
}

bool isTransparent(const std::string_view color)
{
    if (color == "transparent" || color == "#0000" || (color.size() == 9 && color[0] == '#' && color.ends_with("00")))
        return true;
    return (color.starts_with("rgba(") || color.starts_with("hsla("))
        && (color.ends_with(",0)") || color.ends_with(",0.0)") || color.ends_with(",0%)"));
}

bool hidesBy(const std::string_view name, const std::string_view value)
{
    if (name == "display")
        return value == "none";
    if (name == "visibility")
        return value == "hidden" || value == "collapse";
    if (name == "opacity") {
        const auto length = lengthOf(value);
        return length && length->number <= (length->unit == "%" ? 5 : 0.05);
    }
    if (name == "font-size")
        return isTooSmallToRead(value);
    if (name == "font")
        // Blanks are gone: "font:0/0a" and "font:1pxarial".
        return isNothing(value) || (lengthOf(value) && !lengthOf(value)->unit.empty() && isTooSmallToRead(value));
    if (name == "max-height" || name == "max-width" || name == "line-height" || name == "zoom")
        return isNothing(value);
    if (name == "text-indent" || name == "left" || name == "top" || name == "right" || name == "bottom"
        || name == "margin-left" || name == "margin-top")
        return isOffThePage(value);
    if (name == "clip")
        return value.starts_with("rect(0") || value.starts_with("rect(1px,1px");
    if (name == "clip-path")
        return value.starts_with("inset(100%") || value.starts_with("inset(50%") || value.starts_with("circle(0");
    if (name == "transform")
        return value.starts_with("scale(0)") || value.starts_with("scale(0,");
    if (name == "color")
        return isTransparent(value);
    return name == "mso-hide" && value == "all";
}

}

CssStyle::CssStyle(const std::string_view attribute)
{
    const std::string text = withReferences(attribute);
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\\') {
            at = appendCssEscape(m_text, text, at);
        } else if (text[at] == '/' && at + 1 < text.size() && text[at + 1] == '*') {
            const std::size_t end = text.find("*/", at + 2);
            at = end == std::string::npos ? text.size() : end + 2;
        } else {
            if (std::uint8_t(text[at]) > ' ')
                m_text += text[at];
            ++at;
        }
    }
    m_text = lowerAscii(m_text);
}

bool CssStyle::hides() const
{
    std::string_view color;
    std::string_view background;
    bool noHeight = false;
    bool noWidth = false;
    bool clipped = false;
    for (std::string_view declaration : split(m_text, ';')) {
        const std::size_t colon = declaration.find(':');
        if (colon == std::string_view::npos)
            continue;
        const std::string_view name = declaration.substr(0, colon);
        std::string_view value = declaration.substr(colon + 1);
        if (value.ends_with("!important"))
            value.remove_suffix(std::string_view("!important").size());
        if (hidesBy(name, value))
            return true;
        if (name == "color")
            color = value;
        else if (name == "background" || name == "background-color")
            background = value;
        noHeight |= name == "height" && isNothing(value);
        noWidth |= name == "width" && isNothing(value);
        clipped |= name == "overflow" && value == "hidden";
    }
    return (!color.empty() && color == background) || (clipped && (noHeight || noWidth)) || (noHeight && noWidth);
}

bool CssStyle::reachesOut(const AllowedHosts& allowed) const
{
    static constexpr std::array<std::string_view, 7> acting{
        "expression(", "behavior:", "-moz-binding", "@import", "javascript:", "image-set(", "src("};
    const auto named = [&](const std::string_view word) { return m_text.find(word) != std::string::npos; };
    if (std::ranges::any_of(acting, named))
        return true;
    constexpr std::string_view opening = "url(";
    for (std::size_t at = m_text.find(opening); at != std::string::npos; at = m_text.find(opening, at)) {
        at += opening.size();
        std::string_view address = std::string_view(m_text).substr(at);
        while (!address.empty() && (address[0] == '"' || address[0] == '\''))
            address.remove_prefix(1);
        address = address.substr(0, address.find_first_of("\"')"));
        if (linkTarget(address, LinkSpelling::Attribute, allowed).risk != LinkRisk::None)
            return true;
    }
    return false;
}

}
