#pragma once

#include "core/base/json.h"

namespace ephor::temporal {

/// One line of `ephor policy trace --batch`: {"policies": text or {id: text}, "events": [{"session"?, "at", "kind",
/// "id"?, "denied"?, "principal", "action", "resource", "context"?}], "entities"?, "mode"?} to {"verdicts": [{"event",
/// "decision", "reasons", "errors"}]}, one for each request; or to {"error": …, "verdicts": those before it}
/// (docs/formats/temporal.md). Never throws; thread-safe.
Json tracePolicyItem(const Json& item);

/// The verbs of the plain language, with rules over a session and the "events" they ask for (docs/formats/verbs.md).
/// Never throw; thread-safe.
Json checkPolicyItem(const Json& item);
Json explainPolicyItem(const Json& item);
Json diffPolicyItem(const Json& item);

}
