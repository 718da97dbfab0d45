#pragma once

#include "core/run/provider/wire.h"

namespace ephor::provider {

/// Reads a Chat Completions usage object, its newer names and those of compatible servers. Prompt tokens include the
/// cached ones in this dialect. Members that are missing, negative, or no whole number stay unknown; the total is
/// summed when only the two parts are given. Nothing when `usage` is no object or tells nothing.
std::optional<Usage> readUsage(const Json& usage);

}
