#include "core/contract/template.h"
#include "core/contract/template_lexer.h"

namespace ephor::contract {

namespace {

TemplateSpanKind nameSpanKind(TemplateTokenKind kind)
{
    switch (kind) {
    case TemplateTokenKind::Section:
    case TemplateTokenKind::Inverted:
    case TemplateTokenKind::Close:
        return TemplateSpanKind::SectionName;
    case TemplateTokenKind::Partial:
        return TemplateSpanKind::PartialName;
    default:
        return TemplateSpanKind::VariableName;
    }
}

}

std::vector<TemplateSpan> highlightTemplate(std::string_view text)
{
    std::vector<TemplateSpan> spans;
    const TemplateTokens read = readTemplateTokens(text);
    for (const TemplateToken& token : read.tokens) {
        if (token.kind == TemplateTokenKind::Text)
            continue;
        if (token.kind == TemplateTokenKind::Comment) {
            spans.push_back({TemplateSpanKind::Comment, token.offset, token.length});
            continue;
        }
        if (token.kind == TemplateTokenKind::Delimiters) {
            spans.push_back({TemplateSpanKind::Delimiter, token.offset, token.length});
            continue;
        }
        spans.push_back({TemplateSpanKind::Delimiter, token.offset, token.openLength});
        spans.push_back({nameSpanKind(token.kind), token.nameOffset, token.nameLength});
        spans.push_back(
            {TemplateSpanKind::Delimiter, token.offset + token.length - token.closeLength, token.closeLength});
    }
    if (read.error && read.errorOffset < text.size())
        spans.push_back({TemplateSpanKind::Error, read.errorOffset, text.size() - read.errorOffset});
    return spans;
}

}
