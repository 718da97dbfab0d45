#include "core/trust/sanitize/character_reference.h"

#include <algorithm>
#include <array>

namespace ephor::sanitize {

namespace {

struct NamedReference {
    std::string_view name;
    char32_t value;
};

// HTML Standard, "Named character references".
constexpr NamedReference namedReferences[] = {{"Tab", '\t'}, {"NewLine", '\n'}, {"excl", '!'}, {"quot", '"'},
    {"QUOT", '"'}, {"num", '#'}, {"dollar", '$'}, {"percnt", '%'}, {"amp", '&'}, {"AMP", '&'}, {"apos", '\''},
    {"lpar", '('}, {"rpar", ')'}, {"ast", '*'}, {"midast", '*'}, {"plus", '+'}, {"comma", ','}, {"period", '.'},
    {"sol", '/'}, {"colon", ':'}, {"semi", ';'}, {"lt", '<'}, {"LT", '<'}, {"equals", '='}, {"gt", '>'}, {"GT", '>'},
    {"quest", '?'}, {"commat", '@'}, {"lsqb", '['}, {"lbrack", '['}, {"bsol", '\\'}, {"rsqb", ']'}, {"rbrack", ']'},
    {"Hat", '^'}, {"lowbar", '_'}, {"UnderBar", '_'}, {"grave", '`'}, {"DiacriticalGrave", '`'}, {"lcub", '{'},
    {"lbrace", '{'}, {"verbar", '|'}, {"vert", '|'}, {"VerticalLine", '|'}, {"rcub", '}'}, {"rbrace", '}'},
    {"nbsp", 0xA0}, {"NonBreakingSpace", 0xA0}, {"shy", 0xAD}, {"ZeroWidthSpace", 0x200B},
    {"NegativeThinSpace", 0x200B}, {"NegativeMediumSpace", 0x200B}, {"NegativeThickSpace", 0x200B},
    {"NegativeVeryThinSpace", 0x200B}, {"zwnj", 0x200C}, {"zwj", 0x200D}, {"lrm", 0x200E}, {"rlm", 0x200F},
    {"NoBreak", 0x2060}, {"ApplyFunction", 0x2061}, {"af", 0x2061}, {"InvisibleTimes", 0x2062}, {"it", 0x2062},
    {"InvisibleComma", 0x2063}, {"ic", 0x2063}, {"copy", 0xA9}, {"reg", 0xAE}, {"euro", 0x20AC}, {"pound", 0xA3},
    {"hellip", 0x2026}, {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C},
    {"rdquo", 0x201D}, {"bull", 0x2022}, {"middot", 0xB7}, {"auml", 0xE4}, {"ouml", 0xF6}, {"uuml", 0xFC},
    {"Auml", 0xC4}, {"Ouml", 0xD6}, {"Uuml", 0xDC}, {"szlig", 0xDF}, {"eacute", 0xE9}, {"egrave", 0xE8},
    {"agrave", 0xE0}, {"ccedil", 0xE7}, {"ntilde", 0xF1}, {"oacute", 0xF3}, {"aacute", 0xE1}, {"iacute", 0xED}};

// "CounterClockwiseContourIntegral" is the longest of all.
constexpr std::size_t longestName = 31;

int digitOf(const char c, const unsigned base)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return base == 16 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool isWordCharacter(const char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

CharacterReference numberedReference(const std::string_view text, const std::size_t at)
{
    std::size_t end = at + 2;
    const bool hexadecimal = end < text.size() && (text[end] == 'x' || text[end] == 'X');
    const unsigned base = hexadecimal ? 16 : 10;
    end += hexadecimal ? 1 : 0;
    const std::size_t firstDigit = end;
    char32_t value = 0;
    for (; end < text.size() && digitOf(text[end], base) >= 0; ++end)
        value = std::min<char32_t>(value * base + char32_t(digitOf(text[end], base)), 0x110000);
    if (end == firstDigit)
        return {};
    const bool character = value != 0 && value < 0x110000 && !(value >= 0xD800 && value <= 0xDFFF);
    const bool closed = end < text.size() && text[end] == ';';
    return {character ? value : 0xFFFD, end - at + (closed ? 1 : 0)};
}

}

CharacterReference characterReferenceAt(const std::string_view text, const std::size_t at)
{
    if (at + 1 >= text.size() || text[at] != '&')
        return {};
    if (text[at + 1] == '#')
        return numberedReference(text, at);
    std::size_t end = at + 1;
    while (end < text.size() && end - at <= longestName && isWordCharacter(text[end]))
        ++end;
    if (end == at + 1 || end >= text.size() || text[end] != ';')
        return {};
    const std::string_view name = text.substr(at + 1, end - at - 1);
    const auto* const found = std::ranges::find(namedReferences, name, &NamedReference::name);
    return {found == std::end(namedReferences) ? 0 : found->value, end - at + 1};
}

}
