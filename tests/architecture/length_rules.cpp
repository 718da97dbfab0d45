#include "tests/architecture/length_rules.h"

#include "tests/architecture/source_text.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace ephor::architecture {

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto isSpace = [](char character) { return std::isspace(static_cast<unsigned char>(character)) != 0; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

bool hasWord(std::string_view text, std::string_view word)
{
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const bool begins = at == 0 || !isWordCharacter(text[at - 1]);
        const std::size_t end = at + word.size();
        if (begins && (end == text.size() || !isWordCharacter(text[end])))
            return true;
    }
    return false;
}

/// The parts of a declaration before its brace that tell a function: its last parameter list outside of brackets, and
/// whether a `=` stands outside of them, which makes the brace a value.
struct Head {
    std::size_t parameters = std::string_view::npos;
    bool assigned = false;
    bool hasInitialisers = false;
};

bool isAccess(std::string_view word)
{
    return word == "public" || word == "private" || word == "protected" || word == "slots" || word == "signals"
        || word == "Q_SLOTS" || word == "Q_SIGNALS";
}

bool isSpecifier(std::string_view word)
{
    return word == "noexcept" || word == "alignas" || word == "requires" || word == "decltype" || word == "explicit"
        || word == "__attribute__";
}

Head readHead(std::string_view head)
{
    Head read;
    std::size_t at = 0;
    while (at < head.size()) {
        const char character = head[at];
        if (character == ':' && at + 1 < head.size() && head[at + 1] == ':') {
            at += 2;
            continue;
        }
        if (character == ':' && isAccess(wordBefore(head, at))) {
            read = {};
        } else if (character == ':' && read.parameters != std::string_view::npos) {
            read.hasInitialisers = true;
            return read;
        }
        if (character == '=' && !hasWord(head.substr(0, at), "operator"))
            read.assigned = true;
        if (character == '(' || character == '{' || character == '[') {
            if (character == '(' && !isSpecifier(wordBefore(head, at))) {
                read.parameters = at;
                read.assigned = false;
            }
            at = closingOf(head, at);
        }
        ++at;
    }
    return read;
}

bool namesContainer(std::string_view head)
{
    return hasWord(head, "namespace") || hasWord(head, "class") || hasWord(head, "struct") || hasWord(head, "union")
        || hasWord(head, "enum") || hasWord(head, "extern");
}

enum class Brace { Container, Function, Value };

Brace kindOf(std::string_view head)
{
    const Head read = readHead(head);
    if (read.assigned)
        return Brace::Value;
    if (read.parameters == std::string_view::npos)
        return namesContainer(head) || trimmed(head).empty() ? Brace::Container : Brace::Value;
    // A macro call without a semicolon, `BOOST_DESCRIBE_STRUCT(A, (), (b)) struct C {`, is no parameter list.
    if (namesContainer(head.substr(closingOf(head, read.parameters))))
        return Brace::Container;
    // `Name(int a) : m_a{a}` ends in a word before its first brace, `: m_a(a)` and a body in a bracket.
    if (read.hasInitialisers && isWordCharacter(trimmed(head).back()))
        return Brace::Value;
    return Brace::Function;
}

bool isRow(std::string_view line, std::string_view bareLine)
{
    const std::string_view text = trimmed(line);
    if (text.empty() || (text.front() != '{' && text.front() != '"'))
        return false;
    const char last = text.back();
    return text.size() > 1 && (last == ',' || last == '}' || last == '"') && bareLine.find(';') == std::string::npos;
}

std::string_view lineFrom(std::string_view text, std::size_t at)
{
    return text.substr(at, std::min(text.find('\n', at), text.size()) - at);
}

/// Lines between two offsets that are not rows of a table or the inside of a raw string.
std::size_t codeLines(std::string_view source, std::string_view bare, std::size_t begin, std::size_t end)
{
    std::size_t count = 0;
    for (std::size_t at = source.rfind('\n', begin) + 1; at <= end && at < source.size();) {
        const std::string_view line = lineFrom(source, at);
        const std::string_view bareLine = lineFrom(bare, at);
        const bool isRawText = trimmed(bareLine).empty() && !trimmed(line).empty() && !trimmed(line).starts_with("//")
            && !trimmed(line).starts_with('#');
        if (!isRow(line, bareLine) && !isRawText)
            ++count;
        at += line.size() + 1;
    }
    return count;
}

class Reader {
public:
    explicit Reader(std::string_view source)
        : m_source(source)
        , m_bare(bareCode(source))
    {
    }

    std::vector<FunctionSpan> read()
    {
        for (std::size_t at = 0; at < m_bare.size(); ++at) {
            const char character = m_bare[at];
            if (character == '(' || character == '[')
                at = closingOf(m_bare, at);
            else if (character == ';' || character == '}')
                m_head = at + 1;
            else if (character == '{')
                at = brace(at);
        }
        return std::move(m_functions);
    }

private:
    std::size_t brace(std::size_t at)
    {
        const std::string_view head = std::string_view(m_bare).substr(m_head, at - m_head);
        const Brace kind = kindOf(head);
        if (kind == Brace::Container) {
            m_head = at + 1;
            return at;
        }
        const std::size_t close = closingOf(m_bare, at);
        if (kind == Brace::Function) {
            const std::size_t parameters = m_head + readHead(head).parameters;
            const std::string_view name = wordBefore(m_bare, parameters);
            m_functions.push_back({name.empty() ? "(unnamed)" : std::string(name), lineAt(m_bare, parameters),
                codeLines(m_source, m_bare, parameters, close)});
            m_head = close + 1;
        }
        return close;
    }

    std::string_view m_source;
    std::string m_bare;
    std::size_t m_head = 0;
    std::vector<FunctionSpan> m_functions;
};

}

std::vector<FunctionSpan> functionsOf(std::string_view source)
{
    return Reader(source).read();
}

std::vector<std::string> lengthFaults(const std::string& path, std::string_view source)
{
    std::vector<std::string> faults;
    if (const std::size_t lines = lineCount(source); lines > longestFile) {
        faults.push_back(path + " has " + std::to_string(lines) + " lines; over " + std::to_string(longestFile)
            + " a file holds more than one thing: split it by meaning.");
    }
    for (const FunctionSpan& function : functionsOf(source)) {
        if (function.lines > longestFunction) {
            faults.push_back(path + ":" + std::to_string(function.line) + " " + function.name + " has "
                + std::to_string(function.lines) + " lines; over " + std::to_string(longestFunction)
                + " a function does more than one thing: name its parts.");
        }
    }
    return faults;
}

}
