#pragma once

#include "core/base/json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::contract {

/// One reference token of RFC 6901, escaped ("~" and "/").
std::string escapePointerToken(std::string_view token);

/// The unescaped tokens of a JSON Pointer; nothing when the text is not one.
std::optional<std::vector<std::string>> pointerTokens(std::string_view pointer);

/// The member or element that `token` names, or null. "-" and indexes with a leading zero name nothing.
const Json* pointerChild(const Json& value, std::string_view token);

}
