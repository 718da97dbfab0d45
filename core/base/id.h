#pragma once

#include "core/base/clock.h"

#include <string>
#include <string_view>

namespace ephor {

/// A new UUID version 7 (RFC 9562) in lower-case text: ids sort by the time they were made.
/// Within one process later ids are always greater, also inside one millisecond. Thread-safe.
std::string newId(const Clock& clock);

/// True for the text form of any UUID.
bool isId(std::string_view text);

}
