#include "core/contract/template.h"

#include "core/contract/template_parser.h"
#include "core/contract/template_renderer.h"

namespace ephor::contract {

Template::Template(std::shared_ptr<const TemplateProgram> program)
    : m_program(std::move(program))
{
}

Result<Template> Template::parse(std::string_view text, const TemplateLimits& limits)
{
    EPHOR_TRY(auto program, parseTemplate(text, limits));
    return Template(std::move(program));
}

const std::vector<TemplateVariable>& Template::variables() const
{
    return m_program->variables;
}

const std::vector<TemplatePartial>& Template::partials() const
{
    return m_program->partials;
}

const std::string& Template::source() const
{
    return m_program->source;
}

Result<std::string> Template::render(const Json& data, const Partials& partials, const RenderOptions& options) const
{
    return TemplateRenderer(data, partials, options).run(*this);
}

}
