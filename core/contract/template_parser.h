#pragma once

#include "core/contract/template_lexer.h"
#include "core/contract/template_program.h"

namespace ephor::contract {

/// Builds the tree of a template from its tokens, applying the rule of standalone lines: a line that holds nothing but
/// one tag which prints nothing itself leaves no trace, its line end included.
Result<std::shared_ptr<const TemplateProgram>> parseTemplate(std::string_view text, const TemplateLimits& limits);

}
