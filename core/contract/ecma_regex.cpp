#include "core/contract/ecma_regex.h"

#include "core/contract/ecma_property.h"

#include <fmt/format.h>
#include <optional>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <vector>

namespace ephor::contract {

namespace {

// PCRE2's own limit of nested parentheses is 250; ours is reached first and has a name.
constexpr std::size_t maximumGroupDepth = 200;
constexpr std::uint32_t maximumRepeat = 65'535; // of PCRE2
constexpr char32_t firstSurrogate = 0xd800;
constexpr char32_t lastSurrogate = 0xdfff;

// ECMA-262 WhiteSpace and LineTerminator, inside a class.
constexpr std::string_view spaceRanges
    = R"(\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view notSpaceRanges
    = R"(\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";
constexpr std::string_view anyCharacter = "(?s:.)";
constexpr std::string_view noCharacter = "(?:(?!))";

// One member of a class, or one atom outside: a single code point, or a ready set.
struct RegexAtom {
    std::optional<char32_t> point;
    std::string set; // PCRE2 text that is valid inside a class
};

class EcmaTranslator {
public:
    EcmaTranslator(std::string_view pattern, RegexSyntax syntax)
        : m_text(pattern)
        , m_strict(syntax == RegexSyntax::Strict)
    {
    }

    Result<std::string> run()
    {
        EPHOR_TRY_VOID(scanGroups());
        while (m_at < m_text.size())
            EPHOR_TRY_VOID(term());
        if (!m_open.empty())
            return wrong("a group is not closed");
        return std::move(m_out);
    }

private:
    enum class Repeatable { No, Yes };

    std::unexpected<Error> wrong(std::string_view why) const
    {
        return fail(Error(ErrorKind::Invalid, "schema.pattern-syntax",
            fmt::format("The regular expression is not valid ECMA-262: {}.", why),
            "Write the pattern as JavaScript's RegExp reads it with the u flag.")
                .with("offset", std::to_string(m_at)));
    }

    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool follows(std::string_view text) const { return m_text.substr(m_at).starts_with(text); }

    bool take(std::string_view text)
    {
        if (!follows(text))
            return false;
        m_at += text.size();
        return true;
    }

    Result<char32_t> takePoint()
    {
        UChar32 point = 0;
        auto at = static_cast<std::int32_t>(m_at);
        U8_NEXT(m_text.data(), at, static_cast<std::int32_t>(m_text.size()), point);
        if (point < 0)
            return wrong("it is not UTF-8");
        m_at = static_cast<std::size_t>(at);
        return static_cast<char32_t>(point);
    }

    void emitAtom(std::string_view text)
    {
        m_out += text;
        m_repeatable = Repeatable::Yes;
    }

    void emitPlain(std::string_view text)
    {
        m_out += text;
        m_repeatable = Repeatable::No;
    }

    static std::string literal(char32_t point)
    {
        if ((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || (point >= '0' && point <= '9'))
            return std::string(1, static_cast<char>(point));
        return fmt::format("\\x{{{:x}}}", static_cast<std::uint32_t>(point));
    }

    static bool isSurrogate(char32_t point) { return point >= firstSurrogate && point <= lastSurrogate; }

    Result<void> scanGroups();
    Result<void> scanGroupName();
    Result<std::string> groupName();
    Result<void> term();
    Result<void> openGroup();
    Result<void> closeGroup();
    Result<void> quantifier();
    Result<void> braces();
    Result<void> escapeOutside();
    Result<void> backReference();
    Result<void> namedReference();
    Result<RegexAtom> characterEscape();
    Result<RegexAtom> setEscape(char letter);
    Result<char32_t> unicodeEscape();
    std::optional<char32_t> hexDigits(std::size_t count);
    Result<void> characterClass();
    Result<RegexAtom> classAtom();
    Result<void> classRange(const RegexAtom& first, std::string& members);

    std::string_view m_text;
    bool m_strict;
    std::size_t m_at = 0;
    std::string m_out;
    Repeatable m_repeatable = Repeatable::No;
    std::vector<bool> m_open; // true for a group that may be repeated, false for a look-around
    std::vector<std::string> m_names; // by group number - 1; empty for one without a name
};

// Group names and their number are needed before the first reference to one that comes later.
Result<void> EcmaTranslator::scanGroups()
{
    bool inClass = false;
    for (m_at = 0; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (c == '\\')
            ++m_at;
        else if (inClass)
            inClass = c != ']';
        else if (c == '[')
            inClass = true;
        else if (c == '(' && peek(1) != '?')
            m_names.emplace_back();
        else if (c == '(' && peek(2) == '<' && peek(3) != '=' && peek(3) != '!')
            EPHOR_TRY_VOID(scanGroupName());
    }
    m_at = 0;
    return {};
}

Result<void> EcmaTranslator::scanGroupName()
{
    m_at += 3;
    EPHOR_TRY(std::string name, groupName());
    for (const auto& earlier : m_names) {
        if (earlier == name)
            return wrong("a group name is used twice");
    }
    m_names.push_back(std::move(name));
    --m_at; // the caller's loop steps over the ">"
    return {};
}

// After "<": reads the name and its ">".
Result<std::string> EcmaTranslator::groupName()
{
    const std::size_t start = m_at;
    while (m_at < m_text.size() && m_text[m_at] != '>') {
        const bool first = m_at == start;
        EPHOR_TRY(const char32_t point, takePoint());
        const auto letter = static_cast<UChar32>(point);
        const bool starts = u_isIDStart(letter) || letter == '$' || letter == '_';
        if (!starts && (first || !u_isIDPart(letter)))
            return wrong("a group name is not an identifier");
    }
    std::string name(m_text.substr(start, m_at - start));
    if (name.empty() || !take(">"))
        return wrong("a group name is missing or not closed");
    return name;
}

Result<void> EcmaTranslator::term()
{
    switch (peek()) {
    case '^':
    case '$':
    case '|':
        emitPlain(m_text.substr(m_at++, 1));
        return {};
    case '(':
        return openGroup();
    case ')':
        return closeGroup();
    case '*':
    case '+':
    case '?':
        return quantifier();
    case '{':
        return braces();
    case '[':
        return characterClass();
    case '.':
        ++m_at;
        emitAtom("[^\\n\\r\\x{2028}\\x{2029}]");
        return {};
    case '\\':
        return escapeOutside();
    case '}':
    case ']':
        if (m_strict)
            return wrong("a bracket is closed that was not opened");
        break;
    default:
        break;
    }
    EPHOR_TRY(const char32_t point, takePoint());
    emitAtom(literal(point));
    return {};
}

Result<void> EcmaTranslator::openGroup()
{
    if (m_open.size() >= maximumGroupDepth)
        return wrong("groups are nested too deeply");
    for (std::string_view start : {"(?=", "(?!", "(?<=", "(?<!"}) {
        if (take(start)) {
            m_open.push_back(false);
            emitPlain(start);
            return {};
        }
    }
    m_open.push_back(true);
    if (take("(?:")) {
        emitPlain("(?:");
        return {};
    }
    if (take("(?<")) {
        EPHOR_TRY_VOID(groupName());
    } else if (follows("(?")) {
        return wrong("no such kind of group");
    } else {
        ++m_at;
    }
    emitPlain("(");
    return {};
}

Result<void> EcmaTranslator::closeGroup()
{
    if (m_open.empty())
        return wrong("a group is closed that was not opened");
    ++m_at;
    m_out += ')';
    m_repeatable = m_open.back() ? Repeatable::Yes : Repeatable::No;
    m_open.pop_back();
    return {};
}

Result<void> EcmaTranslator::quantifier()
{
    if (m_repeatable == Repeatable::No)
        return wrong("there is nothing to repeat");
    m_out += m_text[m_at++];
    if (take("?"))
        m_out += '?';
    m_repeatable = Repeatable::No;
    return {};
}

Result<void> EcmaTranslator::braces()
{
    const std::size_t start = m_at;
    const auto number = [this]() -> std::optional<std::uint64_t> {
        if (peek() < '0' || peek() > '9')
            return std::nullopt;
        std::uint64_t value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(peek() - '0'), maximumRepeat + 1);
            ++m_at;
        }
        return value;
    };
    ++m_at;
    const auto least = number();
    const bool open = least && take(",");
    const auto most = open ? number() : least;
    if (!least || !take("}")) {
        m_at = start;
        if (m_strict)
            return wrong("a brace does not begin a count");
        ++m_at;
        emitAtom("\\x{7b}");
        return {};
    }
    if (m_repeatable == Repeatable::No)
        return wrong("there is nothing to repeat");
    if (most && *most < *least)
        return wrong("the counts of a repetition are in the wrong order");
    if (*least > maximumRepeat || (most && *most > maximumRepeat))
        return wrong("a count of repetitions is larger than 65535");
    m_out += m_text.substr(start, m_at - start);
    if (take("?"))
        m_out += '?';
    m_repeatable = Repeatable::No;
    return {};
}

Result<void> EcmaTranslator::escapeOutside()
{
    const char next = peek(1);
    if (next == 'b' || next == 'B') {
        emitPlain(m_text.substr(m_at, 2));
        m_at += 2;
        return {};
    }
    if (next >= '1' && next <= '9')
        return backReference();
    if (next == 'k')
        return namedReference();
    EPHOR_TRY(const RegexAtom atom, characterEscape());
    if (!atom.point)
        emitAtom("[" + atom.set + "]");
    else if (isSurrogate(*atom.point))
        emitAtom(noCharacter);
    else
        emitAtom(literal(*atom.point));
    return {};
}

Result<void> EcmaTranslator::backReference()
{
    std::size_t number = 0;
    for (++m_at; peek() >= '0' && peek() <= '9' && number <= m_names.size(); ++m_at)
        number = number * 10 + static_cast<std::size_t>(peek() - '0');
    if (number > m_names.size())
        return wrong("a reference names a group that does not exist");
    emitAtom(fmt::format("\\g{{{}}}", number));
    return {};
}

Result<void> EcmaTranslator::namedReference()
{
    m_at += 2;
    if (!take("<"))
        return wrong("\\k is not followed by a group name");
    EPHOR_TRY(const std::string name, groupName());
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        if (m_names[i] == name) {
            emitAtom(fmt::format("\\g{{{}}}", i + 1));
            return {};
        }
    }
    return wrong("a reference names a group that does not exist");
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

Result<std::string> translateEcmaRegex(std::string_view pattern, RegexSyntax syntax)
{
    return EcmaTranslator(pattern, syntax).run();
}

}
