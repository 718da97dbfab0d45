#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ephor::temporal {

/// "1h30m" as milliseconds, from one to maximumWindow. Code temporal.window.
Result<std::int64_t> readWindow(std::string_view text);

/// The shortest such text: 5,400,000 is "1h30m", a day "1d".
std::string windowText(std::int64_t milliseconds);

}
