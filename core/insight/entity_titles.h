#pragma once

#include "core/store/database.h"

#include <functional>
#include <map>
#include <string>

namespace ephor::insight {

/// What detectors call the kinds that they find, by name: "CREDIT_CARD" → "Card number". Those that Ephor knows by
/// itself, and those of the newest versions of protections; where two of these name one kind, the first by name holds.
using EntityTitles = std::map<std::string, std::string, std::less<>>;
Result<EntityTitles> entityTitles(const store::Snapshot& snapshot);

}
