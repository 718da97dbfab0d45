#include "core/contract/ecma_translator.h"

#include "core/contract/ecma_property.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace ephor::contract {

namespace {

// ECMA-262 WhiteSpace and LineTerminator, inside a class.
constexpr std::string_view spaceRanges
    = R"(\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view notSpaceRanges
    = R"(\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";
constexpr std::string_view anyCharacter = "(?s:.)";

}

Result<char32_t> EcmaTranslator::takePoint()
{
    UChar32 point = 0;
    auto at = static_cast<std::int32_t>(m_at);
    U8_NEXT(m_text.data(), at, static_cast<std::int32_t>(m_text.size()), point);
    if (point < 0)
        return wrong("it is not UTF-8");
    m_at = static_cast<std::size_t>(at);
    return static_cast<char32_t>(point);
}

std::string EcmaTranslator::literal(char32_t point)
{
    if ((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || (point >= '0' && point <= '9'))
        return std::string(1, static_cast<char>(point));
    return fmt::format("\\x{{{:x}}}", static_cast<std::uint32_t>(point));
}

// What a backslash means both inside and outside a class.
Result<RegexAtom> EcmaTranslator::characterEscape()
{
    ++m_at;
    const char c = peek();
    if (m_at >= m_text.size())
        return wrong("a backslash ends it");
    if (std::string_view("dDwWsSpP").find(c) != std::string_view::npos)
        return setEscape(c);
    constexpr std::string_view names = "tnvfr";
    constexpr std::string_view values = "\t\n\v\f\r";
    if (const auto control = names.find(c); control != std::string_view::npos) {
        ++m_at;
        return RegexAtom{static_cast<char32_t>(values[control]), {}};
    }
    const char next = peek(1);
    if (c == 'c' && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'))) {
        m_at += 2;
        return RegexAtom{static_cast<char32_t>(next % 32), {}};
    }
    if (c == '0' && (next < '0' || next > '9')) {
        ++m_at;
        return RegexAtom{U'\0', {}};
    }
    if (c == 'x') {
        ++m_at;
        const auto value = hexDigits(2);
        if (!value)
            return wrong("\\x needs two hexadecimal digits");
        return RegexAtom{value, {}};
    }
    if (c == 'u') {
        ++m_at;
        EPHOR_TRY(const char32_t point, unicodeEscape());
        return RegexAtom{point, {}};
    }
    const bool syntaxCharacter = std::string_view("^$\\.*+?()[]{}|/").find(c) != std::string_view::npos;
    const bool wordCharacter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!syntaxCharacter && (m_strict || wordCharacter))
        return wrong("no such escape");
    EPHOR_TRY(const char32_t point, takePoint());
    return RegexAtom{point, {}};
}

Result<RegexAtom> EcmaTranslator::setEscape(char letter)
{
    ++m_at;
    switch (letter) {
    case 'd':
    case 'D':
    case 'w':
    case 'W':
        return RegexAtom{std::nullopt, std::string("\\") + letter};
    case 's':
        return RegexAtom{std::nullopt, std::string(spaceRanges)};
    case 'S':
        return RegexAtom{std::nullopt, std::string(notSpaceRanges)};
    default:
        break;
    }
    const auto end = m_text.find('}', m_at);
    if (peek() != '{' || end == std::string_view::npos)
        return wrong("a property escape needs a name in braces");
    std::string set = translateUnicodeProperty(m_text.substr(m_at + 1, end - m_at - 1), letter);
    if (set.empty())
        return wrong("no such Unicode property");
    m_at = end + 1;
    return RegexAtom{std::nullopt, std::move(set)};
}

std::optional<char32_t> EcmaTranslator::hexDigits(std::size_t count)
{
    char32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char c = peek(i);
        if (c >= '0' && c <= '9')
            value = value * 16 + static_cast<char32_t>(c - '0');
        else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
            value = value * 16 + static_cast<char32_t>((c | 0x20) - 'a' + 10);
        else
            return std::nullopt;
    }
    m_at += count;
    return value;
}

// After "\u": \u{1F409}, or four digits, of which two make a surrogate pair.
Result<char32_t> EcmaTranslator::unicodeEscape()
{
    if (take("{")) {
        char32_t value = 0;
        std::size_t digits = 0;
        for (; peek() != '}'; ++digits) {
            const auto digit = hexDigits(1);
            if (digit)
                value = value * 16 + *digit;
            if (!digit || value > 0x10ffff)
                return wrong("\\u{...} is not a code point");
        }
        if (digits == 0)
            return wrong("\\u{...} is not a code point");
        ++m_at;
        return value;
    }
    const auto high = hexDigits(4);
    if (!high)
        return wrong("\\u needs four hexadecimal digits or a code point in braces");
    if (*high < 0xd800 || *high > 0xdbff || !follows("\\u"))
        return *high;
    const std::size_t before = m_at;
    m_at += 2;
    const auto low = hexDigits(4);
    if (low && *low >= 0xdc00 && *low <= lastSurrogate)
        return 0x10000 + ((*high - 0xd800) << 10) + (*low - 0xdc00);
    m_at = before;
    return *high;
}

Result<void> EcmaTranslator::characterClass()
{
    ++m_at;
    const bool negated = take("^");
    std::string members;
    while (m_at < m_text.size() && peek() != ']') {
        EPHOR_TRY(const RegexAtom first, classAtom());
        EPHOR_TRY_VOID(classRange(first, members));
    }
    if (!take("]"))
        return wrong("a character class is not closed");
    if (members.empty())
        emitAtom(negated ? anyCharacter : noCharacter);
    else
        emitAtom((negated ? "[^" : "[") + members + "]");
    return {};
}

Result<RegexAtom> EcmaTranslator::classAtom()
{
    if (peek() != '\\') {
        EPHOR_TRY(const char32_t point, takePoint());
        return RegexAtom{point, {}};
    }
    const char next = peek(1);
    if (next == 'b' || next == '-') {
        m_at += 2;
        return RegexAtom{next == 'b' ? U'\b' : U'-', {}};
    }
    return characterEscape();
}

// Adds `first`, or the range that begins with it. Lone surrogates match nothing in well-formed text: they are left out.
Result<void> EcmaTranslator::classRange(const RegexAtom& first, std::string& members)
{
    const auto add = [&members](const RegexAtom& atom) {
        if (!atom.point)
            members += atom.set;
        else if (!isSurrogate(*atom.point))
            members += literal(*atom.point);
    };
    if (peek() != '-' || peek(1) == ']' || m_at + 1 >= m_text.size()) {
        add(first);
        return {};
    }
    ++m_at;
    EPHOR_TRY(const RegexAtom last, classAtom());
    if (!first.point || !last.point) {
        if (m_strict)
            return wrong("a set cannot be the end of a range");
        add(first);
        add(RegexAtom{U'-', {}});
        add(last);
        return {};
    }
    if (*first.point > *last.point)
        return wrong("a range in a class is in the wrong order");
    const char32_t low = isSurrogate(*first.point) ? lastSurrogate + 1 : *first.point;
    const char32_t high = isSurrogate(*last.point) ? firstSurrogate - 1 : *last.point;
    if (low <= high)
        members += literal(low) + "-" + literal(high);
    return {};
}

}
