#include "core/contract/ecma_regex.h"

#include "core/contract/ecma_translator.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

namespace ephor::contract {

namespace {

// PCRE2's own limit of nested parentheses is 250; ours is reached first and has a name.
constexpr std::size_t maximumGroupDepth = 200;
constexpr std::uint32_t maximumRepeat = 65'535; // of PCRE2

}

std::unexpected<Error> EcmaTranslator::wrong(std::string_view why) const
{
    return fail(Error(ErrorKind::Invalid, "schema.pattern-syntax",
        fmt::format("The regular expression is not valid ECMA-262: {}.", why),
        "Write the pattern as JavaScript's RegExp reads it with the u flag.")
            .with("offset", std::to_string(m_at)));
}

Result<std::string> EcmaTranslator::run()
{
    EPHOR_TRY_VOID(scanGroups());
    while (m_at < m_text.size())
        EPHOR_TRY_VOID(term());
    if (!m_open.empty())
        return wrong("a group is not closed");
    return std::move(m_out);
}

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

Result<std::string> translateEcmaRegex(std::string_view pattern, RegexSyntax syntax)
{
    return EcmaTranslator(pattern, syntax).run();
}

}
