#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace ephor::evaluate {

/// How far a backtest has come: the cursor between two of its pages.
struct BacktestPlace {
    Instant from; ///< of the whole backtest
    Instant until;
    Instant startedAt; ///< of the last run judged
    std::string run; ///< its id; empty: none is judged yet
    bool operator==(const BacktestPlace&) const = default;
};

std::string textOf(const BacktestPlace& place);
/// Code: policy.cursor for anything that textOf does not write.
Result<BacktestPlace> placeFrom(std::string_view text);

}
