#pragma once

#include "core/base/json.h"

namespace ephor::temporal {

/// One line of `ephor policy trace --batch`: {"policies": text or {id: text}, "events": [{"session"?, "at", "kind",
/// "id"?, "denied"?, "principal", "action", "resource", "context"?}], "entities"?, "mode"?} to {"verdicts": [{"event",
/// "decision", "reasons", "errors"}]}, one for each request; or to {"error": …, "verdicts": those before it}
/// (docs/formats/temporal.md). Never throws; thread-safe.
Json tracePolicyItem(const Json& item);

}
