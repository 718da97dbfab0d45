#include "core/contract/template_parser.h"

#include "core/base/text.h"

#include <fmt/format.h>

namespace ephor::contract {

namespace {

// What remains of a token after its standalone neighbours took their lines.
struct TrimmedToken {
    TemplateToken token;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool standalone = false;
    std::string_view indentation;
};

struct OpenSection {
    std::string_view name;
    std::size_t offset;
    TemplateNode node;
};

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

bool canStandAlone(TemplateTokenKind kind)
{
    return kind != TemplateTokenKind::Text && kind != TemplateTokenKind::Variable
        && kind != TemplateTokenKind::Unescaped;
}

std::vector<std::string_view> nameParts(std::string_view name)
{
    return name == "." ? std::vector<std::string_view>() : split(name, '.');
}

class TemplateParser {
public:
    TemplateParser(TemplateProgram& program, const TemplateLimits& limits)
        : m_program(program)
        , m_source(program.source)
        , m_limits(limits)
    {
    }

    Result<void> run();

private:
    void trimStandalone();
    bool lineBegins(std::size_t index, std::string_view& indentation) const;
    bool lineEnds(std::size_t index, std::size_t& taken) const;
    void addText(const TrimmedToken& text);
    void markLine();
    Result<void> addTag(const TrimmedToken& tag);
    Result<void> closeSection(const TemplateToken& tag);
    TextPosition advanceTo(std::size_t offset);
    void noteVariable(const TemplateToken& tag, TemplateUse use);
    void notePartial(const TemplateToken& tag);
    TemplateNode nodeOf(const TemplateToken& tag, TemplateNodeKind kind) const;
    std::vector<TemplateNode>& body() { return m_open.empty() ? m_program.nodes : m_open.back().node.children; }

    std::unexpected<Error> wrong(std::size_t offset, std::string code, std::string message, std::string hint) const
    {
        return fail(templateError(m_source, offset, std::move(code), std::move(message), std::move(hint)));
    }

    TemplateProgram& m_program;
    std::string_view m_source;
    const TemplateLimits& m_limits;
    std::vector<TrimmedToken> m_tokens;
    std::vector<OpenSection> m_open;
    bool m_atLineStart = true;
    std::size_t m_offset = 0; // where m_position is
    TextPosition m_position;
};

Result<void> TemplateParser::run()
{
    TemplateTokens read = readTemplateTokens(m_source);
    if (read.error)
        return fail(std::move(*read.error));
    if (read.tokens.size() > 2 * m_limits.tags + 1)
        return fail(ErrorKind::TooLarge, "template.too-large", "The template has more tags than the limit allows.",
            "Move parts of it to partials, or use a section over a list.");
    for (const TemplateToken& token : read.tokens)
        m_tokens.push_back({token, token.offset, token.offset + token.length, false, {}});
    trimStandalone();
    for (const TrimmedToken& token : m_tokens) {
        if (token.token.kind == TemplateTokenKind::Text)
            addText(token);
        else
            EPHOR_TRY_VOID(addTag(token));
    }
    if (!m_open.empty())
        return wrong(m_open.back().offset, "template.unclosed-section",
            fmt::format("The section {} is not closed.", m_open.back().name),
            fmt::format("Close it with /{}.", m_open.back().name));
    return {};
}

// Judged on the text as written; only then is anything trimmed.
void TemplateParser::trimStandalone()
{
    std::vector<std::size_t> takenFront(m_tokens.size(), 0);
    std::vector<std::size_t> takenBack(m_tokens.size(), 0);
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        std::size_t taken = 0;
        std::string_view indentation;
        if (!canStandAlone(m_tokens[i].token.kind) || !lineBegins(i, indentation) || !lineEnds(i, taken))
            continue;
        m_tokens[i].standalone = true;
        m_tokens[i].indentation = indentation;
        if (i > 0)
            takenBack[i - 1] = indentation.size();
        if (i + 1 < m_tokens.size())
            takenFront[i + 1] = taken;
    }
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        m_tokens[i].begin += takenFront[i];
        m_tokens[i].end -= takenBack[i];
    }
}

bool TemplateParser::lineBegins(std::size_t index, std::string_view& indentation) const
{
    if (index == 0)
        return true;
    const TemplateToken& before = m_tokens[index - 1].token;
    if (before.kind != TemplateTokenKind::Text)
        return false;
    const std::string_view text = before.text(m_source);
    const auto lineEnd = text.rfind('\n');
    if (lineEnd == std::string_view::npos && index != 1)
        return false;
    indentation = lineEnd == std::string_view::npos ? text : text.substr(lineEnd + 1);
    return isBlank(indentation);
}

bool TemplateParser::lineEnds(std::size_t index, std::size_t& taken) const
{
    if (index + 1 >= m_tokens.size())
        return true;
    const TemplateToken& after = m_tokens[index + 1].token;
    if (after.kind != TemplateTokenKind::Text)
        return false;
    const std::string_view text = after.text(m_source);
    const auto lineEnd = text.find('\n');
    if (lineEnd == std::string_view::npos) {
        taken = text.size();
        return index + 2 >= m_tokens.size() && isBlank(text);
    }
    taken = lineEnd + 1;
    std::string_view line = text.substr(0, lineEnd);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return isBlank(line);
}

void TemplateParser::markLine()
{
    if (!m_atLineStart)
        return;
    body().push_back({TemplateNodeKind::LineStart, {}, {}, {}, 0, {}});
    m_atLineStart = false;
}

// Text is cut at line starts, so that an indented partial can be indented without reading it again.
void TemplateParser::addText(const TrimmedToken& text)
{
    std::string_view rest = m_source.substr(text.begin, text.end > text.begin ? text.end - text.begin : 0);
    while (!rest.empty()) {
        const auto lineEnd = rest.find('\n');
        const auto line = rest.substr(0, lineEnd == std::string_view::npos ? lineEnd : lineEnd + 1);
        // An empty line stays empty.
        if (line != "\n" && line != "\r\n")
            markLine();
        body().push_back({TemplateNodeKind::Text, line, {}, {}, 0, {}});
        m_atLineStart = lineEnd != std::string_view::npos;
        rest.remove_prefix(line.size());
    }
}

TemplateNode TemplateParser::nodeOf(const TemplateToken& tag, TemplateNodeKind kind) const
{
    const std::string_view name = tag.name(m_source);
    return {kind, {}, name, tag.kind == TemplateTokenKind::Partial ? std::vector<std::string_view>() : nameParts(name),
        tag.nameOffset, {}};
}

Result<void> TemplateParser::addTag(const TrimmedToken& tag)
{
    if (tag.standalone)
        m_atLineStart = true;
    else
        markLine();
    switch (tag.token.kind) {
    case TemplateTokenKind::Variable:
    case TemplateTokenKind::Unescaped: {
        const bool escaped = tag.token.kind == TemplateTokenKind::Variable;
        noteVariable(tag.token, TemplateUse::Value);
        body().push_back(nodeOf(tag.token, escaped ? TemplateNodeKind::Variable : TemplateNodeKind::Unescaped));
        return {};
    }
    case TemplateTokenKind::Section:
    case TemplateTokenKind::Inverted: {
        const bool inverted = tag.token.kind == TemplateTokenKind::Inverted;
        if (m_open.size() >= m_limits.sectionDepth)
            return wrong(tag.token.offset, "template.too-deep",
                "Sections are nested more deeply than the limit allows.", "Move inner sections to partials.");
        noteVariable(tag.token, inverted ? TemplateUse::InvertedSection : TemplateUse::Section);
        m_open.push_back({tag.token.name(m_source), tag.token.offset,
            nodeOf(tag.token, inverted ? TemplateNodeKind::Inverted : TemplateNodeKind::Section)});
        return {};
    }
    case TemplateTokenKind::Close:
        return closeSection(tag.token);
    case TemplateTokenKind::Partial: {
        notePartial(tag.token);
        TemplateNode node
            = nodeOf(tag.token, tag.standalone ? TemplateNodeKind::Partial : TemplateNodeKind::InlinePartial);
        node.text = tag.indentation;
        body().push_back(std::move(node));
        return {};
    }
    default:
        return {};
    }
}

Result<void> TemplateParser::closeSection(const TemplateToken& tag)
{
    const std::string_view name = tag.name(m_source);
    if (m_open.empty())
        return wrong(tag.offset, "template.section-unopened",
            fmt::format("The section {} is closed but was not opened.", name),
            fmt::format("Open it with #{} before.", name));
    if (m_open.back().name != name)
        return wrong(tag.offset, "template.section-mismatch",
            fmt::format("The section {} is closed while {} is open.", name, m_open.back().name),
            fmt::format("Close {} first.", m_open.back().name));
    TemplateNode node = std::move(m_open.back().node);
    m_open.pop_back();
    body().push_back(std::move(node));
    return {};
}

// Tags come in order: counting on from the last one keeps a long template from costing the square of its length.
TextPosition TemplateParser::advanceTo(std::size_t offset)
{
    for (; m_offset < offset; ++m_offset) {
        if (m_source[m_offset] == '\n')
            m_position = {m_position.line + 1, 1};
        else
            ++m_position.column;
    }
    return m_position;
}

void TemplateParser::noteVariable(const TemplateToken& tag, TemplateUse use)
{
    const TextPosition position = advanceTo(tag.nameOffset);
    TemplateVariable variable{std::string(tag.name(m_source)), use, tag.nameOffset, position.line, position.column, {}};
    for (const OpenSection& section : m_open)
        variable.within.emplace_back(section.name);
    m_program.variables.push_back(std::move(variable));
}

void TemplateParser::notePartial(const TemplateToken& tag)
{
    const TextPosition position = advanceTo(tag.nameOffset);
    m_program.partials.push_back({std::string(tag.name(m_source)), tag.nameOffset, position.line, position.column});
}

}

Result<std::shared_ptr<const TemplateProgram>> parseTemplate(std::string_view text, const TemplateLimits& limits)
{
    if (text.size() > limits.sourceBytes)
        return fail(ErrorKind::TooLarge, "template.too-large", "The template is larger than the limit allows.",
            "Move parts of it to partials, or data out of it.");
    auto program = std::make_shared<TemplateProgram>();
    program->source = text;
    EPHOR_TRY_VOID(TemplateParser(*program, limits).run());
    return program;
}

}
