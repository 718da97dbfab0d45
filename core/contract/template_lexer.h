#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::contract {

enum class TemplateTokenKind { Text, Variable, Unescaped, Section, Inverted, Close, Partial, Comment, Delimiters };

/// A piece of template text between two tags, or one tag. Offsets are bytes from the start of the template.
struct TemplateToken {
    TemplateTokenKind kind = TemplateTokenKind::Text;
    std::size_t offset = 0;
    std::size_t length = 0;
    std::size_t nameOffset = 0; // of what stands between sigil and closing delimiter, without white space
    std::size_t nameLength = 0;
    std::size_t openLength = 0; // opening delimiter with what follows it up to the sigil's end
    std::size_t closeLength = 0; // closing delimiter, with "}" or "=" before it

    std::string_view text(std::string_view source) const { return source.substr(offset, length); }
    std::string_view name(std::string_view source) const { return source.substr(nameOffset, nameLength); }
};

struct TemplateTokens {
    std::vector<TemplateToken> tokens; // in order, without gaps up to where the error is
    std::optional<Error> error; // with fields line and column
    std::size_t errorOffset = 0;
};

/// Cuts a template into text and tags (mustache(5)): delimiters may change on the way. Never fails as a whole: the
/// tokens before an error are there for an editor to show. Codes: template.unclosed-tag, template.delimiters,
/// template.name, template.unsupported-tag.
TemplateTokens readTemplateTokens(std::string_view source);

/// An error at a place of a template, with line and column (1-based, in bytes) as fields.
Error templateError(
    std::string_view source, std::size_t offset, std::string code, std::string message, std::string hint);

}
