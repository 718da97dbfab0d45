#pragma once

#include "core/trust/guard/protection.h"

#include <string>
#include <vector>

namespace ephor::guard {

/// What `after` lets through and `before` did not, a line each: "Card number in the answer: redacted, now noticed".
/// Rules about certain tools are compared by those tools. Nothing: it is as strict or stricter everywhere.
std::vector<std::string> loosened(const Protection& before, const Protection& after);

}
