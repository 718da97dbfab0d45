#pragma once

#include "core/trust/cedar/value.h"

#include <string>

namespace ephor::cedar {

/// A value as people read it: like toText(), but moments as dates, spans in days, hours, minutes and seconds, and the
/// members of sets and records in an order that is the same each time.
std::string plainText(const Value& value);

}
