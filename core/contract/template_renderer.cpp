#include "core/contract/template_renderer.h"

#include "core/contract/template_lexer.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utility>

namespace ephor::contract {

namespace {

// As JavaScript judges, which the specification gives as its example.
bool isFalsy(const Json* value)
{
    if (value == nullptr || value->is_null())
        return true;
    if (value->is_boolean())
        return !value->get<bool>();
    if (value->is_number_float())
        return value->get<double>() == 0 || std::isnan(value->get<double>());
    if (value->is_number())
        return *value == 0;
    if (value->is_string())
        return value->get_ref<const std::string&>().empty();
    return value->is_array() && value->empty();
}

std::string printedText(const Json& value)
{
    if (value.is_null())
        return {};
    if (value.is_number_float())
        return std::isfinite(value.get<double>()) ? ecmaNumber(value.get<double>()) : std::string();
    if (value.is_number() || value.is_boolean())
        return value.dump();
    const auto canonical = canonicalJson(value);
    return canonical ? *canonical : compactJson(value);
}

}

TemplateRenderer::TemplateRenderer(const Json& data, const Partials& partials, const RenderOptions& options)
    : m_partials(partials)
    , m_options(options)
    , m_context{&data}
{
}

Result<std::string> TemplateRenderer::run(const Template& entry)
{
    m_program = entry.m_program.get();
    EPHOR_TRY_VOID(renderNodes(m_program->nodes));
    return std::move(m_output);
}

Error TemplateRenderer::errorAt(const TemplateNode& node, std::string code, std::string message, std::string hint) const
{
    Error error = templateError(m_program->source, node.offset, std::move(code), std::move(message), std::move(hint));
    error.fields.emplace(error.fields.begin(), "name", std::string(node.name));
    if (!m_partialName.empty())
        error.fields.emplace_back("partial", std::string(m_partialName));
    return error;
}

Result<void> TemplateRenderer::append(std::string_view text)
{
    if (text.size() > m_options.limits.outputBytes - m_output.size())
        return fail(ErrorKind::TooLarge, "template.output-limit", "The rendered text is larger than the limit allows.",
            "Shorten the values, or raise the limit.");
    m_output += text;
    return {};
}

Result<void> TemplateRenderer::appendEscaped(std::string_view text)
{
    while (!text.empty()) {
        const auto special = text.find_first_of("&<>\"'");
        EPHOR_TRY_VOID(append(text.substr(0, special)));
        if (special == std::string_view::npos)
            break;
        switch (text[special]) {
        case '&':
            EPHOR_TRY_VOID(append("&amp;"));
            break;
        case '<':
            EPHOR_TRY_VOID(append("&lt;"));
            break;
        case '>':
            EPHOR_TRY_VOID(append("&gt;"));
            break;
        case '"':
            EPHOR_TRY_VOID(append("&quot;"));
            break;
        default:
            EPHOR_TRY_VOID(append("&#39;"));
            break;
        }
        text.remove_prefix(special + 1);
    }
    return {};
}

Result<void> TemplateRenderer::renderNodes(const std::vector<TemplateNode>& nodes)
{
    for (const TemplateNode& node : nodes)
        EPHOR_TRY_VOID(renderNode(node));
    return {};
}

Result<void> TemplateRenderer::spendStep()
{
    if (++m_steps > m_options.limits.steps)
        return fail(ErrorKind::Exhausted, "template.step-limit", "The template took more steps than the limit allows.",
            "Shorten the lists in the data, or raise the limit.");
    return {};
}

Result<void> TemplateRenderer::renderNode(const TemplateNode& node)
{
    EPHOR_TRY_VOID(spendStep());
    switch (node.kind) {
    case TemplateNodeKind::Text:
        return append(node.text);
    case TemplateNodeKind::LineStart:
        return append(m_indentation);
    case TemplateNodeKind::Variable:
    case TemplateNodeKind::Unescaped:
        return renderVariable(node);
    case TemplateNodeKind::Section:
    case TemplateNodeKind::Inverted:
        return renderSection(node);
    case TemplateNodeKind::Partial:
    case TemplateNodeKind::InlinePartial:
        return renderPartial(node);
    }
    return {};
}

// The first part binds to the innermost context that has it; the others are looked for only inside what it names.
const Json* TemplateRenderer::find(const std::vector<std::string_view>& parts) const
{
    if (parts.empty())
        return m_context.back();
    const Json* value = nullptr;
    for (auto context = m_context.rbegin(); context != m_context.rend() && value == nullptr; ++context) {
        if (!(*context)->is_object())
            continue;
        const auto found = (*context)->find(parts.front());
        if (found != (*context)->end())
            value = &*found;
    }
    for (std::size_t i = 1; i < parts.size() && value != nullptr; ++i) {
        if (!value->is_object())
            return nullptr;
        const auto found = value->find(parts[i]);
        value = found == value->end() ? nullptr : &*found;
    }
    return value;
}

Result<const Json*> TemplateRenderer::lookUp(const TemplateNode& node) const
{
    const Json* value = find(node.parts);
    if (value == nullptr && m_options.undefined == Undefined::Refuse)
        return fail(
            errorAt(node, "template.undefined-variable", fmt::format("The variable {} is not defined.", node.name),
                "Give it a value; null or false for one that may be left out."));
    return value;
}

Result<void> TemplateRenderer::renderVariable(const TemplateNode& node)
{
    EPHOR_TRY(const Json* value, lookUp(node));
    if (value == nullptr)
        return {};
    const bool escaped = node.kind == TemplateNodeKind::Variable && m_options.escape == Escape::Html;
    if (value->is_string()) {
        const auto& text = value->get_ref<const std::string&>();
        return escaped ? appendEscaped(text) : append(text);
    }
    const std::string text = printedText(*value);
    return escaped ? appendEscaped(text) : append(text);
}

Result<void> TemplateRenderer::renderSection(const TemplateNode& node)
{
    EPHOR_TRY(const Json* value, lookUp(node));
    if (node.kind == TemplateNodeKind::Inverted)
        return isFalsy(value) ? renderItem(node, *m_context.back()) : Result<void>();
    if (isFalsy(value))
        return {};
    if (!value->is_array())
        return renderItem(node, *value);
    for (const Json& item : *value) {
        EPHOR_TRY_VOID(spendStep());
        EPHOR_TRY_VOID(renderItem(node, item));
    }
    return {};
}

// Whoever enters goes out by lowering the depth; a failure ends the whole render.
Result<void> TemplateRenderer::enter(const TemplateNode& node)
{
    if (m_depth >= m_options.limits.renderDepth)
        return fail(errorAt(node, "template.render-depth",
            "Sections and partials are nested more deeply than the limit allows.",
            "Let a partial that includes itself end on the data."));
    ++m_depth;
    return {};
}

Result<void> TemplateRenderer::renderItem(const TemplateNode& node, const Json& item)
{
    EPHOR_TRY_VOID(enter(node));
    m_context.push_back(&item);
    auto rendered = renderNodes(node.children);
    m_context.pop_back();
    --m_depth;
    return rendered;
}

Result<void> TemplateRenderer::renderPartial(const TemplateNode& node)
{
    const auto found = m_partials.find(node.name);
    if (found == m_partials.end()) {
        if (m_options.undefined == Undefined::Empty)
            return {};
        return fail(errorAt(node, "template.undefined-partial",
            fmt::format("The partial {} is not defined.", node.name), "Add the partial, or remove the tag."));
    }
    EPHOR_TRY_VOID(enter(node));
    const TemplateProgram* const outerProgram = std::exchange(m_program, found->second.m_program.get());
    const std::string_view outerName = std::exchange(m_partialName, node.name);
    std::string outerIndentation = m_indentation;
    if (node.kind == TemplateNodeKind::Partial)
        m_indentation += node.text;
    else
        m_indentation.clear();
    auto rendered = renderNodes(m_program->nodes);
    --m_depth;
    m_indentation = std::move(outerIndentation);
    m_partialName = outerName;
    m_program = outerProgram;
    return rendered;
}

}
