#pragma once

#include "core/base/json.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::contract {

/// What becomes of values in {{name}}; {{{name}}} and {{& name}} are never escaped.
enum class Escape {
    None, ///< prompts are not HTML
    Html, ///< & < > " ' as entities
};

/// What happens to a name the data does not have.
enum class Undefined {
    Refuse, ///< the render fails
    Empty, ///< it counts as nothing, as the public Mustache specification says
};

/// What a template and one render may cost.
struct TemplateLimits {
    std::size_t sourceBytes = 1024 * 1024; ///< of one template
    std::size_t tags = 20'000; ///< in one template; twice as many where no text stands between them
    std::size_t sectionDepth = 64; ///< sections inside sections
    std::size_t outputBytes = 4 * 1024 * 1024; ///< more than any model reads
    std::size_t renderDepth
        = 512; ///< sections and partials inside one another: ends a partial that includes itself for ever
    std::size_t steps = 1'000'000; ///< tags and texts visited, so that empty sections over long lists end too
};

struct RenderOptions {
    Undefined undefined = Undefined::Refuse;
    Escape escape = Escape::None;
    TemplateLimits limits;
};

/// How a name is used.
enum class TemplateUse { Value, Section, InvertedSection };

/// A name a template asks the data for.
struct TemplateVariable {
    std::string name; ///< as written, dots included; "." is the current item
    TemplateUse use = TemplateUse::Value;
    std::size_t offset = 0; ///< of the name, in bytes
    std::size_t line = 1; ///< both from 1, the column in bytes
    std::size_t column = 1;
    std::vector<std::string> within; ///< the sections around it, outermost first: there the name may be one of an item
};

/// A partial a template includes.
struct TemplatePartial {
    std::string name;
    std::size_t offset = 0;
    std::size_t line = 1;
    std::size_t column = 1;
};

class Template;
/// The texts that {{> name}} includes.
using Partials = std::map<std::string, Template, std::less<>>;

struct TemplateProgram;

/// A logic-less template (mustache(5): interpolation, sections, inverted sections, comments, partials, delimiters),
/// parsed once. Immutable, cheap to copy, thread-safe. Values are inert: what they contain is never read as a template.
class Template {
public:
    /// Errors carry line and column (1-based, in bytes) as fields.
    /// Codes: template.unclosed-tag, template.unclosed-section, template.section-mismatch, template.section-unopened,
    /// template.delimiters, template.name, template.unsupported-tag, template.too-large, template.too-deep.
    static Result<Template> parse(std::string_view text, const TemplateLimits& limits = {});

    /// Every use of every name, in the order of the text; names inside partials are their templates' own.
    const std::vector<TemplateVariable>& variables() const;
    const std::vector<TemplatePartial>& partials() const;
    const std::string& source() const;

    /// Strings are inserted as they are, numbers as canonical JSON writes them, true and false by name, null as
    /// nothing, arrays and objects as compact JSON. A section is left out for null, false, 0, "", and an empty array.
    /// Undefined names and partials are refused unless `options.undefined` says otherwise, also where they begin a
    /// section. Codes: template.undefined-variable, template.undefined-partial (fields name, line, column, and partial
    /// when it stands in one), template.output-limit, template.render-depth, template.step-limit.
    Result<std::string> render(
        const Json& data, const Partials& partials = {}, const RenderOptions& options = {}) const;

private:
    explicit Template(std::shared_ptr<const TemplateProgram> program);
    friend class TemplateRenderer;
    std::shared_ptr<const TemplateProgram> m_program;
};

/// What a stretch of a template's text is, for an editor.
enum class TemplateSpanKind {
    Delimiter, ///< {{ and }}, with the sigil
    VariableName,
    SectionName, ///< of an opening, inverted or closing tag
    PartialName,
    Comment,
    Error, ///< from where the text cannot be read on, to its end
};

struct TemplateSpan {
    TemplateSpanKind kind = TemplateSpanKind::Delimiter;
    std::size_t offset = 0; ///< bytes
    std::size_t length = 0;
    bool operator==(const TemplateSpan&) const = default;
};

/// The spans that are not plain text, in order, without overlaps. Works on any text, also one that does not parse.
std::vector<TemplateSpan> highlightTemplate(std::string_view text);

}
