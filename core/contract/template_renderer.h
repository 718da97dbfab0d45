#pragma once

#include "core/contract/template_program.h"

namespace ephor::contract {

/// One render. Lives on the stack of Template::render.
class TemplateRenderer {
public:
    TemplateRenderer(const Json& data, const Partials& partials, const RenderOptions& options);

    Result<std::string> run(const Template& entry);

private:
    Result<void> renderNodes(const std::vector<TemplateNode>& nodes);
    Result<void> renderNode(const TemplateNode& node);
    Result<void> renderVariable(const TemplateNode& node);
    Result<void> renderSection(const TemplateNode& node);
    Result<void> renderItem(const TemplateNode& node, const Json& item);
    Result<void> renderPartial(const TemplateNode& node);
    Result<void> spendStep();
    Result<void> enter(const TemplateNode& node);
    Result<void> append(std::string_view text);
    Result<void> appendEscaped(std::string_view text);

    /// The value, or null where it is undefined and that is allowed.
    Result<const Json*> lookUp(const TemplateNode& node) const;
    const Json* find(const std::vector<std::string_view>& parts) const;
    Error errorAt(const TemplateNode& node, std::string code, std::string message, std::string hint) const;

    const Partials& m_partials;
    const RenderOptions& m_options;
    std::vector<const Json*> m_context;
    const TemplateProgram* m_program = nullptr;
    std::string_view m_partialName;
    std::string m_indentation;
    std::size_t m_depth = 0;
    std::size_t m_steps = 0;
    std::string m_output;
};

}
