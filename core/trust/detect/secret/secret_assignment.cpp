#include "core/trust/detect/secret/secret_assignment.h"

#include <algorithm>
#include <array>

namespace ephor::detect {

namespace {

constexpr std::size_t longestNameRest = 40;
constexpr std::size_t longestGlue = 12; ///< brackets, quotes and spaces between a name and its sign
constexpr std::size_t longestSpaces = 8; ///< tables align their values

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

std::size_t skipSpaces(std::string_view text, std::size_t at)
{
    const std::size_t last = std::min(text.size(), at + longestSpaces);
    while (at < last && isSpace(text[at]))
        ++at;
    return at;
}

// A quote, with the backslashes that a quotation inside a quotation brings along.
std::size_t skipQuote(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && text[end] == '\\' && end - at < 3)
        ++end;
    return end < text.size() && isQuote(text[end]) ? end + 1 : at;
}

// Signs that give a name its value, longest first.
constexpr std::string_view signs[] = {"=>", ":=", "==", "=", ":", ">", "(", ","};
// The same in sentences.
constexpr std::string_view wordSigns[]
    = {" is: ", " ist: ", " is ", " ist ", " lautet: ", " lautet ", " est : ", " est ", " es: ", " es "};

// Past the sign between a name and its value, if one stands at `at`.
std::optional<std::size_t> skipSign(std::string_view text, std::size_t at)
{
    for (const std::string_view word : wordSigns) {
        if (text.substr(at, word.size()) == word)
            return at + word.size();
    }
    const std::size_t last = std::min(text.size(), at + longestGlue);
    while (
        at < last && (isSpace(text[at]) || isQuote(text[at]) || text[at] == ']' || text[at] == ')' || text[at] == '\\'))
        ++at;
    constexpr std::string_view attribute = "value=";
    if (text.substr(at, attribute.size()) == attribute)
        return at + attribute.size();
    for (const std::string_view sign : signs) {
        if (text.substr(at, sign.size()) != sign)
            continue;
        at += sign.size();
        const std::size_t next = skipSpaces(text, at);
        if (sign == ":" && text.substr(next, 1) == ":")
            return std::nullopt;
        // A comma and a bracket only introduce what is quoted: f("password", "…"), setPassword("…").
        if ((sign == "," || sign == "(") && skipQuote(text, next) == next)
            return std::nullopt;
        return at;
    }
    return std::nullopt;
}

bool endsBareValue(char c)
{
    static constexpr auto ends = [] {
        std::array<bool, 256> table{};
        for (const char end : std::string_view(" \t\r\n\"'`;,<>()[]{}|&\\"))
            table[std::uint8_t(end)] = true;
        table[0] = true;
        return table;
    }();
    return ends[std::uint8_t(c)];
}

std::optional<Span> quotedValue(std::string_view text, std::size_t start, std::size_t longest)
{
    const char quote = text[start - 1];
    const std::size_t last = std::min(text.size(), start + longest + 1);
    std::size_t end = start;
    while (end < last && text[end] != quote && text[end] != '\n' && !isSpace(text[end]))
        ++end;
    if (end >= last || text[end] != quote)
        return std::nullopt;
    while (end > start && text[end - 1] == '\\')
        --end;
    return Span{start, end};
}

std::optional<Span> bareValue(std::string_view text, std::size_t start, std::size_t longest)
{
    const std::size_t last = std::min(text.size(), start + longest + 1);
    std::size_t end = start;
    while (end < last && !endsBareValue(text[end]))
        ++end;
    if (end > start + longest)
        return std::nullopt;
    if (end < text.size()
        && (text[end] == '(' || text[end] == '[' || (text[end] == '<' && text.substr(end, 2) != "</")))
        return std::nullopt;
    while (end > start && std::string_view(".:?").find(text[end - 1]) != std::string_view::npos && end - start > 1)
        --end;
    return Span{start, end};
}

// --password VALUE
bool isOption(std::string_view text, std::size_t nameEnd)
{
    std::size_t start = nameEnd;
    while (start > 0 && nameEnd - start < longestNameRest && contains(Alphabet::Base64Url, text[start - 1]))
        --start;
    return text.substr(start, 2) == "--";
}

std::optional<Assigned> valueFrom(std::string_view text, std::size_t at, std::string_view rest, std::size_t longest)
{
    at = skipSpaces(text, at);
    // b"…", r"…" and @"…" are strings with a mark.
    if (at + 1 < text.size() && isQuote(text[at + 1]) && !isQuote(text[at]) && text[at] != '\\')
        ++at;
    const std::size_t inside = skipQuote(text, at);
    const bool quoted = inside != at;
    const auto value = quoted ? quotedValue(text, inside, longest) : bareValue(text, at, longest);
    if (!value || value->start == value->end)
        return std::nullopt;
    return Assigned{*value, quoted, false, rest};
}

}

std::optional<Assigned> assignedAfter(std::string_view text, std::size_t keywordEnd)
{
    std::size_t at = keywordEnd;
    const std::size_t last = std::min(text.size(), keywordEnd + longestNameRest);
    while (at < last && (contains(Alphabet::Base64Url, text[at]) || text[at] == '.'))
        ++at;
    const std::string_view rest = text.substr(keywordEnd, at - keywordEnd);
    if (const auto start = skipSign(text, at)) {
        // password.encode("…") says what is done with a password.
        if (text[*start - 1] == '(' && rest.contains('.'))
            return std::nullopt;
        auto assigned = valueFrom(text, *start, rest, longestAssigned);
        if (assigned)
            assigned->listed = text[*start - 1] == ',';
        return assigned;
    }
    if (at < text.size() && isSpace(text[at]) && isOption(text, keywordEnd))
        return valueFrom(text, at, rest, longestAssigned);
    return std::nullopt;
}

std::optional<Assigned> assignedNear(std::string_view text, std::size_t keywordEnd)
{
    std::size_t at = keywordEnd;
    const std::size_t last = std::min(text.size(), keywordEnd + longestNameRest);
    for (; at < last && text[at] != '\n'; ++at) {
        if (contains(Alphabet::Base64Url, text[at]) || text[at] == '.')
            continue;
        const auto start = skipSign(text, at);
        if (start)
            return valueFrom(text, *start, text.substr(keywordEnd, at - keywordEnd), longestAssignedNear);
        if (!isSpace(text[at]))
            return std::nullopt;
    }
    return std::nullopt;
}

}
