#pragma once

#include "core/base/json.h"

namespace ephor::contract {

/// One line of `ephor schema check --batch`: {"schema", "instance", "format"?: true to assert formats,
/// "remotes"?: {uri: schema}} to {"valid", "errors": [{"instancePath", "schemaPath", "keyword", "message"}]},
/// or to {"error": {"code", "message", ...}} when the item or its schema is wrong, or a limit was reached.
/// Never throws; thread-safe.
Json checkSchemaItem(const Json& item);

/// One line of `ephor template render --batch`: {"template", "partials"?: {name: text}, "data"?, "strict"?: false for
/// undefined names to count as nothing, "escape"?: "html"} to {"text"}, or to {"error": {"code", "message", "line"?,
/// "column"?, "partial"? ...}}. Never throws; thread-safe.
Json renderTemplateItem(const Json& item);

}
