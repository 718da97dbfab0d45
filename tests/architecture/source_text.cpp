#include "tests/architecture/source_text.h"

#include <algorithm>
#include <cctype>

namespace ephor::architecture {

namespace {

class Blanker {
public:
    explicit Blanker(std::string_view source)
        : m_source(source)
        , m_out(source)
    {
    }

    std::string comments()
    {
        while (m_at < m_source.size())
            step();
        return std::move(m_out);
    }

private:
    bool startsWith(std::string_view text) const { return m_source.substr(m_at).starts_with(text); }

    void blankTo(std::size_t end)
    {
        end = std::min(end, m_source.size());
        for (; m_at < end; ++m_at) {
            if (m_source[m_at] != '\n')
                m_out[m_at] = ' ';
        }
    }

    std::size_t endOf(std::string_view mark, std::size_t from) const
    {
        const std::size_t found = m_source.find(mark, from);
        return found == std::string_view::npos ? m_source.size() : found + mark.size();
    }

    void step()
    {
        const char character = m_source[m_at];
        if (startsWith("//"))
            blankTo(m_source.find('\n', m_at));
        else if (startsWith("/*"))
            blankTo(endOf("*/", m_at + 2));
        else if (startsWith("R\"") && (m_at == 0 || !isWordCharacter(m_source[m_at - 1])))
            rawString();
        else if (character == '"' || (character == '\'' && !isDigitSeparator()))
            quoted(character);
        else
            ++m_at;
    }

    bool isDigitSeparator() const
    {
        return m_at > 0 && std::isxdigit(static_cast<unsigned char>(m_source[m_at - 1])) != 0
            && m_at + 1 < m_source.size() && std::isxdigit(static_cast<unsigned char>(m_source[m_at + 1])) != 0;
    }

    void rawString()
    {
        const std::size_t open = m_source.find('(', m_at);
        if (open == std::string_view::npos) {
            m_at = m_source.size();
            return;
        }
        const std::string close = ")" + std::string(m_source.substr(m_at + 2, open - m_at - 2)) + "\"";
        const std::size_t end = endOf(close, open);
        m_at += 2;
        blankTo(end - 1);
        m_at = end;
    }

    void quoted(char quote)
    {
        std::size_t end = m_at + 1;
        while (end < m_source.size() && m_source[end] != quote && m_source[end] != '\n')
            end += m_source[end] == '\\' ? 2 : 1;
        ++m_at;
        blankTo(end);
        m_at = std::min(end + 1, m_source.size());
    }

    std::string_view m_source;
    std::string m_out;
    std::size_t m_at = 0;
};

bool isBlank(char character)
{
    return character == ' ' || character == '\t';
}

/// A directive ends at the first line break that no backslash escapes.
std::size_t directiveEnd(std::string_view text, std::size_t from)
{
    std::size_t end = text.find('\n', from);
    while (end != std::string_view::npos && end > 0 && text[end - 1] == '\\')
        end = text.find('\n', end + 1);
    return end == std::string_view::npos ? text.size() : end;
}

}

std::vector<Include> includesOf(std::string_view source)
{
    std::vector<Include> includes;
    const std::string bare = Blanker(source).comments();
    std::size_t line = 0;
    for (std::size_t at = 0; at < bare.size();) {
        ++line;
        const std::size_t end = std::min(bare.find('\n', at), bare.size());
        std::size_t cursor = at;
        const auto skipBlanks = [&] {
            while (cursor < end && isBlank(bare[cursor]))
                ++cursor;
        };
        skipBlanks();
        if (cursor < end && bare[cursor] == '#') {
            ++cursor;
            skipBlanks();
            if (std::string_view(bare).substr(cursor).starts_with("include")) {
                cursor += 7;
                skipBlanks();
                const bool isQuoted = cursor < end && bare[cursor] == '"';
                const std::size_t close = source.find(isQuoted ? '"' : '>', cursor + 1);
                if (close < end)
                    includes.push_back({line, std::string(source.substr(cursor + 1, close - cursor - 1)), isQuoted});
            }
        }
        at = end + 1;
    }
    return includes;
}

std::string bareCode(std::string_view source)
{
    std::string bare = Blanker(source).comments();
    bool atLineStart = true;
    for (std::size_t at = 0; at < bare.size(); ++at) {
        if (bare[at] == '#' && atLineStart) {
            for (const std::size_t end = directiveEnd(bare, at); at < end; ++at) {
                if (bare[at] != '\n')
                    bare[at] = ' ';
            }
        }
        if (at < bare.size() && !isBlank(bare[at]))
            atLineStart = bare[at] == '\n';
    }
    return bare;
}

std::size_t lineAt(std::string_view text, std::size_t offset)
{
    return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

std::size_t lineCount(std::string_view text)
{
    const auto breaks = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    return text.empty() || text.ends_with('\n') ? breaks : breaks + 1;
}

bool isWordCharacter(char character)
{
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

std::string_view wordBefore(std::string_view text, std::size_t end)
{
    while (end > 0 && std::isspace(static_cast<unsigned char>(text[end - 1])) != 0)
        --end;
    std::size_t begin = end;
    while (begin > 0 && (isWordCharacter(text[begin - 1]) || text[begin - 1] == ':' || text[begin - 1] == '~'))
        --begin;
    while (begin < end && text[begin] == ':')
        ++begin;
    return text.substr(begin, end - begin);
}

std::size_t closingOf(std::string_view bare, std::size_t open)
{
    std::size_t depth = 0;
    for (std::size_t at = open; at < bare.size(); ++at) {
        const char character = bare[at];
        if (character == '(' || character == '{' || character == '[')
            ++depth;
        else if ((character == ')' || character == '}' || character == ']') && --depth == 0)
            return at;
    }
    return bare.size();
}

}
