#pragma once

#include "core/run/provider/scenario.h"

#include <functional>

namespace ephor::provider {

/// Looks a placeholder's value up; nothing when it has none in this call.
using PlaceholderLookup = std::function<std::optional<Json>(std::string_view name)>;

/// The placeholders of a text, in order: "Order {{order}}" has "order". A part behind a bar is no part of the name.
std::vector<std::string> placeholdersOf(std::string_view text);

/// Fills a text; a placeholder without a value becomes nothing.
std::string fillText(std::string_view text, const PlaceholderLookup& lookup);

/// Fills every string inside a value. A string that is one placeholder only takes over the value's type, and
/// "{{amount|number}}" reads a number from text; without a value it becomes null.
Json fillJson(const Json& value, const PlaceholderLookup& lookup);

/// Follows dotted members and array positions into a value ("items.0.price").
std::optional<Json> valueAt(const Json& value, std::string_view path);

}
