#pragma once

#include "core/contract/template.h"

#include <string>
#include <vector>

namespace ephor::contract {

enum class TemplateNodeKind {
    Text,
    Variable,
    Unescaped,
    Section,
    Inverted,
    Partial, ///< on a line of its own: indented as its tag is
    InlinePartial,
    LineStart, ///< where the indentation of a standalone partial goes
};

/// One node of a parsed template; `name` and `text` view into the program's own source.
struct TemplateNode {
    TemplateNodeKind kind = TemplateNodeKind::Text;
    std::string_view text; // of a Text; the indentation of a standalone Partial
    std::string_view name;
    std::vector<std::string_view> parts; // the name at its dots; empty for "."
    std::size_t offset = 0;
    std::vector<TemplateNode> children;
};

struct TemplateProgram {
    std::string source;
    std::vector<TemplateNode> nodes;
    std::vector<TemplateVariable> variables;
    std::vector<TemplatePartial> partials;
};

}
