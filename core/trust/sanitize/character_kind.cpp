#include "core/trust/sanitize/character_kind.h"

#include "core/trust/sanitize/code_point.h"

#include <array>
#include <unicode/uchar.h>

namespace ephor::sanitize {

namespace {

constexpr std::uint32_t bitOf(const CharacterKind kind)
{
    return 1U << unsigned(kind);
}

constexpr CharacterKind asciiKind(const unsigned byte)
{
    if (byte == 0)
        return CharacterKind::Nul;
    if (byte == '\n' || byte == '\r')
        return CharacterKind::Break;
    if (byte == 0x1B)
        return CharacterKind::Escape;
    return (byte < 0x20 && byte != '\t') || byte == 0x7F ? CharacterKind::Control : CharacterKind::Plain;
}

// Above the bits of the kinds.
constexpr std::uint32_t highBit = 1U << 16;
constexpr std::uint32_t ampersandBit = 1U << 17;
constexpr std::uint32_t angleBit = 1U << 18;
constexpr std::uint32_t backslashBit = 1U << 19;
constexpr std::uint32_t bracketBit = 1U << 20;

constexpr std::array<std::uint32_t, 256> byteClasses = [] {
    std::array<std::uint32_t, 256> table{};
    for (unsigned byte = 0; byte < 128; ++byte)
        table[byte] = bitOf(asciiKind(byte));
    for (unsigned byte = 128; byte < 256; ++byte)
        table[byte] = highBit;
    table['&'] |= ampersandBit;
    table['<'] |= angleBit;
    table['\\'] |= backslashBit;
    table[']'] |= bracketBit;
    return table;
}();

bool isUnseen(const char32_t c)
{
    return c == 0xAD || c == 0x34F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x180E
        || (c >= 0x200B && c <= 0x200D) || (c >= 0x2060 && c <= 0x2064) || (c >= 0x206A && c <= 0x206F) || c == 0x3164
        || c == 0xFEFF || c == 0xFFA0 || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0x1BCA0 && c <= 0x1BCA3)
        || (c >= 0x1D173 && c <= 0x1D17A);
}

bool isVariationSelector(const char32_t c)
{
    return (c >= 0x180B && c <= 0x180D) || c == 0x180F || (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF);
}

bool isDirectional(const char32_t c)
{
    return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool isUnnamed(const char32_t c)
{
    const auto category = u_charType(UChar32(c));
    if (category == U_PRIVATE_USE_CHAR || category == U_SURROGATE)
        return true;
    if (category != U_UNASSIGNED)
        return false;
    const bool noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    const bool ideographsToCome = c >= 0x20000 && c <= 0x3FFFF;
    return noncharacter || !(ideographsToCome || u_hasBinaryProperty(UChar32(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0);
}

}

CharacterKind kindOf(const char32_t c)
{
    if (c < 0x80)
        return asciiKind(unsigned(c));
    if (c < 0xA0) {
        const bool command = c == 0x90 || c == 0x98 || c == 0x9B || c == 0x9D || c == 0x9E || c == 0x9F;
        return command ? CharacterKind::Escape : CharacterKind::Control;
    }
    // The commonest first; all of these have names, or are kept for emoji.
    if ((c >= 0x400 && c <= 0x52F) || (c >= 0x2010 && c <= 0x2027) || (c >= 0x1F300 && c <= 0x1F64F))
        return CharacterKind::Plain;
    const bool han = (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF);
    if ((c < 0x34F && c != 0xAD) || han || (c >= 0xAC00 && c <= 0xD7A3))
        return CharacterKind::Plain;
    if (c >= 0xE0000 && c <= 0xE007F)
        return CharacterKind::Tag;
    if (isVariationSelector(c))
        return CharacterKind::Selector;
    if (isUnseen(c))
        return CharacterKind::Invisible;
    if (isDirectional(c))
        return CharacterKind::Direction;
    return isUnnamed(c) ? CharacterKind::Unnamed : CharacterKind::Plain;
}

TextSurvey survey(const std::string_view text)
{
    std::uint32_t classes = 0;
    for (const char c : text)
        classes |= byteClasses[std::uint8_t(c)];
    TextSurvey found;
    found.kinds = classes & 0xFFFF;
    found.ampersand = (classes & ampersandBit) != 0;
    found.angle = (classes & angleBit) != 0;
    found.backslash = (classes & backslashBit) != 0;
    found.bracket = (classes & bracketBit) != 0;
    if ((classes & highBit) == 0)
        return found;
    for (std::size_t at = asciiEnd(text, 0); at < text.size();) {
        const CodePoint next = codePointAt(text, at);
        if (next.valid)
            found.kinds |= bitOf(kindOf(next.value));
        else
            found.valid = false;
        at += next.length;
        if (at < text.size() && std::uint8_t(text[at]) < 0x80)
            at = asciiEnd(text, at);
    }
    return found;
}

}
