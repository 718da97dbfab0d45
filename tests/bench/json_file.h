#pragma once

#include "core/base/json.h"

#include <string>

namespace ephor::bench {

/// The JSON of a file; throws std::runtime_error when it is missing or is none.
Json readJsonFile(const std::string& path);
std::string readWholeFile(const std::string& path);

}
