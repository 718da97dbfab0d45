#include "core/contract/template_lexer.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace ephor::contract {

namespace {

constexpr std::string_view templateSpace = " \t\r\n\v\f";

std::size_t skipSpace(std::string_view text, std::size_t at)
{
    const auto found = text.find_first_not_of(templateSpace, at);
    return found == std::string_view::npos ? text.size() : found;
}

// Dots separate the parts of a name; "." alone is the current item.
bool isTemplateDottedName(std::string_view name)
{
    if (name == ".")
        return true;
    return !name.empty() && name.front() != '.' && name.back() != '.' && name.find("..") == std::string_view::npos;
}

class TemplateLexer {
public:
    explicit TemplateLexer(std::string_view source)
        : m_source(source)
    {
    }

    TemplateTokens run()
    {
        while (m_at < m_source.size() && !m_result.error) {
            const auto open = m_source.find(m_open, m_at);
            const auto end = std::min(open, m_source.size());
            if (end > m_at)
                m_result.tokens.push_back({TemplateTokenKind::Text, m_at, end - m_at, 0, 0, 0, 0});
            m_at = end;
            if (open != std::string_view::npos)
                readTag();
        }
        return std::move(m_result);
    }

private:
    void wrong(std::size_t offset, std::string code, std::string message, std::string hint)
    {
        m_result.error = templateError(m_source, offset, std::move(code), std::move(message), std::move(hint));
        m_result.errorOffset = m_at;
    }

    void readTag();
    bool checkName(const TemplateToken& token);
    void changeDelimiters(const TemplateToken& token);

    std::string_view m_source;
    std::size_t m_at = 0;
    std::string m_open = "{{";
    std::string m_close = "}}";
    TemplateTokens m_result;
};

void TemplateLexer::readTag()
{
    constexpr std::array sigils{
        std::pair{'#', TemplateTokenKind::Section},
        std::pair{'^', TemplateTokenKind::Inverted},
        std::pair{'/', TemplateTokenKind::Close},
        std::pair{'>', TemplateTokenKind::Partial},
        std::pair{'!', TemplateTokenKind::Comment},
        std::pair{'&', TemplateTokenKind::Unescaped},
        std::pair{'{', TemplateTokenKind::Unescaped},
        std::pair{'=', TemplateTokenKind::Delimiters},
    };
    TemplateToken token{TemplateTokenKind::Variable, m_at, 0, 0, 0, 0, 0};
    std::size_t inside = skipSpace(m_source, m_at + m_open.size());
    const char sigil = inside < m_source.size() ? m_source[inside] : '\0';
    std::string close = m_close;
    // Delimiters may themselves begin with a sigil's character: what closes the tag is never its sigil.
    if (!m_source.substr(inside).starts_with(m_close)) {
        for (const auto& [character, kind] : sigils) {
            if (sigil == character)
                token.kind = kind;
        }
        if (token.kind != TemplateTokenKind::Variable)
            ++inside;
    }
    if (sigil == '{' && token.kind == TemplateTokenKind::Unescaped)
        close = "}" + m_close;
    else if (token.kind == TemplateTokenKind::Delimiters)
        close = "=" + m_close;
    const auto end = m_source.find(close, inside);
    if (end == std::string_view::npos) {
        wrong(m_at, "template.unclosed-tag", "A tag is not closed.", fmt::format("Close it with {}.", close));
        return;
    }
    token.openLength = token.kind == TemplateTokenKind::Variable ? m_open.size() : inside - m_at;
    token.closeLength = close.size();
    token.length = end + close.size() - m_at;
    token.nameOffset = std::min(skipSpace(m_source, inside), end);
    const auto name = trim(m_source.substr(token.nameOffset, end - token.nameOffset));
    token.nameLength = name.size();
    if (!checkName(token))
        return;
    m_result.tokens.push_back(token);
    m_at += token.length;
    if (token.kind == TemplateTokenKind::Delimiters)
        changeDelimiters(token);
}

bool TemplateLexer::checkName(const TemplateToken& token)
{
    if (token.kind == TemplateTokenKind::Comment || token.kind == TemplateTokenKind::Delimiters)
        return true;
    const std::string_view name = token.name(m_source);
    if (token.kind == TemplateTokenKind::Variable && !name.empty() && (name[0] == '$' || name[0] == '<')) {
        wrong(token.offset, "template.unsupported-tag",
            "Blocks and parents of Mustache's inheritance are not supported.", "Use a partial: {{> name}}.");
        return false;
    }
    const bool partial = token.kind == TemplateTokenKind::Partial;
    if (partial && name.starts_with('*')) {
        wrong(token.offset, "template.unsupported-tag", "A partial's name cannot be looked up in the data.",
            "Write the name of the partial.");
        return false;
    }
    const bool spaced = name.find_first_of(templateSpace) != std::string_view::npos;
    if (name.empty() || spaced || (!partial && !isTemplateDottedName(name))) {
        wrong(token.offset, "template.name", name.empty() ? "A tag has no name." : "A tag's name is not a dotted name.",
            "Write names without white space, their parts separated by single dots.");
        return false;
    }
    return true;
}

void TemplateLexer::changeDelimiters(const TemplateToken& token)
{
    const std::string_view both = token.name(m_source);
    const auto gap = both.find_first_of(templateSpace);
    const auto open = both.substr(0, gap);
    const auto close = gap == std::string_view::npos ? std::string_view() : both.substr(skipSpace(both, gap));
    if (open.empty() || close.empty() || close.find_first_of(templateSpace) != std::string_view::npos
        || both.find('=') != std::string_view::npos) {
        wrong(token.offset, "template.delimiters", "A change of delimiters needs two of them, without \"=\".",
            "Write for instance {{=<% %>=}}.");
        return;
    }
    m_open = open;
    m_close = close;
}

}

TemplateTokens readTemplateTokens(std::string_view source)
{
    return TemplateLexer(source).run();
}

Error templateError(
    std::string_view source, std::size_t offset, std::string code, std::string message, std::string hint)
{
    const TextPosition position = positionAt(source, offset);
    return Error(ErrorKind::Invalid, std::move(code), std::move(message), std::move(hint))
        .with("line", std::to_string(position.line))
        .with("column", std::to_string(position.column));
}

}
