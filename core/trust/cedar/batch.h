#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/session_events.h"

namespace ephor::cedar {

/// One line of `ephor policy check --batch`: {"policies": text or {id: text}, "entities": […], "schema"?: text or
/// object, "request": {"principal", "action", "resource", "context"?}, "mode"?: "cedar" or "ephor" (ephor when left
/// out), "validate"?: true} to {"decision": "allow" or "deny", "reasons": [ids], "errors": [{"policy", "message",
/// "line", "column"}]}, with validate also {"valid", "findings", "warnings"}; or to {"error": {"code", "message", …}}.
/// With a dialect, rules over a session are read too, and "events"? (docs/formats/temporal.md) tell what happened;
/// where there are none, "needsEvents" names the policies that ask for them. Never throws; thread-safe.
Json checkPolicyItem(const Json& item, const SessionDialect* dialect = nullptr);

}
