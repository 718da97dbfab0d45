#pragma once

#include "core/trust/guard/json_view.h"

#include <optional>
#include <string_view>

namespace ephor::guard {

/// A text as it reads to whoever unwraps the JSON in it: the escapes of JSON (`\uXXXX`, a pair of them, `\"`, `\/`,
/// `\b`, `\f`, `\n`, `\r`, `\t`) are the characters they stand for, wherever they stand and however often they are escaped
/// again, since JSON stands in prose, in lines, in strings of other JSON and cut off. Only ever for finding, and beside
/// the text itself: a path like `C:\new` means none. Nothing where no escape stands in the text. UTF-8; linear.
std::optional<JsonView> behindEscapes(std::string_view text);

/// How many bytes of a growing text stand before an escape that its end may have cut; all, where none is.
std::size_t wholeEscapes(std::string_view text);

}
