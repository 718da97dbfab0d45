#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace ephor::contract {

/// How much of ECMA-262's grammar is insisted on.
enum class RegexSyntax {
    Strict, ///< exactly the grammar of a RegExp with the u flag: what `format: regex` asserts
    Lenient, ///< also what people write in schemas: escaped punctuation (`\-`), and single `{`, `}`, `]` as themselves
};

/// Translates a pattern of ECMA-262 (2024, unicode mode) into one for PCRE2 in UTF mode that matches the same strings.
/// \d \w \s \b keep their ECMAScript meaning, `.` stops at ECMAScript's line ends, `$` only matches at the very end.
/// Codes: schema.pattern-syntax, with the byte offset as field `offset`.
Result<std::string> translateEcmaRegex(std::string_view pattern, RegexSyntax syntax);

}
