#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"

#include <string_view>

namespace ephor::provider {

/// Answers one item of `ephor wire parse --dialect <dialect>`: {"body", "status"?, "stream"?, "headers"?} becomes
/// {"events", "result"} or {"error"}, as docs/formats/wire-openai-chat.md shows. Never fails: an item that makes no
/// sense is answered with an error of kind "invalid-item". The clock is asked only when a header holds a date.
Json parseWireItem(const Json& item, std::string_view dialect, const Clock& clock = systemClock());

/// The dialects parseWireItem knows, for usage texts.
std::string_view knownDialects();

}
