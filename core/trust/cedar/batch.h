#pragma once

#include "core/base/json.h"

namespace ephor::cedar {

/// One line of `ephor policy check --batch`: {"policies": text or {id: text}, "entities": […], "schema"?: text or
/// object, "request": {"principal", "action", "resource", "context"?}, "mode"?: "cedar" or "ephor" (ephor when left
/// out), "validate"?: true} to {"decision": "allow" or "deny", "reasons": [ids], "errors": [{"policy", "message",
/// "line", "column"}]}, with validate also {"valid", "findings", "warnings"}; or to {"error": {"code", "message", …}}.
/// Never throws; thread-safe.
Json checkPolicyItem(const Json& item);

}
