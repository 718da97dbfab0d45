#pragma once

#include "core/base/json.h"

namespace ephor::sanitize {

/// One line of `ephor sanitize --batch`: {"text", "sink"?: "model" unless named, "allow"?: hosts} to {"text",
/// "removed":
/// [{"kind", "start", "end", "revealed"?}]}, in code points of the given text; or to {"error": …}, as for a sink that
/// there is none of. Kinds and sinks are the words of sanitizer.h in lower case with hyphens. Never throws;
/// thread-safe.
Json sanitizeItem(const Json& item);

}
