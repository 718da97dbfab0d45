#pragma once

#include "app/ephor/output.h"

#include <functional>
#include <iosfwd>
#include <string>

namespace ephor::cli {

/// A verb that needs no workspace: one JSON item in, one out, never throwing.
using PureVerb = std::function<Json(const Json& item)>;

/// With --batch: reads JSON Lines and answers a line for a line, bad lines included, and ends with Done when every line
/// was answered. Longer lines than 16 MiB are answered with an error and skipped.
Exit runBatch(std::istream& in, std::ostream& out, const PureVerb& verb);

/// Without: `text` is one item. An {"error": …} answer is Failed; {"valid": false} is CheckFailed.
Exit runOnce(const std::string& text, std::ostream& out, std::ostream& err, const PureVerb& verb);

/// {"value": …} → {"canonical", "sha256"} or {"error"}.
Json canonicalizeItem(const Json& item);

}
