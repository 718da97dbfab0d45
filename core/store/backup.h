#pragma once

#include "core/store/connection.h"

namespace ephor::store {

/// Copies what `source` sees to a new file at `path`, by way of a file beside it, so that it is complete or absent.
Result<void> backUp(Connection& source, const std::string& path);

}
