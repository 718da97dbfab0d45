#pragma once

#include "core/base/json.h"

namespace ephor::detect {

/// One line of `ephor scan --batch`: {"text", "entities"?: names to look for, "profile"?: "ephor" or "presidio"} to
/// {"findings": [{"entity", "start", "end", "score"}]} in code points, in the order of their start; or to
/// {"error": …} for a profile or an entity that there is none of. Never throws; thread-safe.
Json scanItem(const Json& item);

}
