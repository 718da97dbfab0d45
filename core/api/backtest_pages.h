#pragma once

#include "core/api/policies.h"

namespace ephor {

/// Adds the next page of a backtest to the pages before it, so that both are told as one answer: totals add up, the
/// flips stay newest first.
void addPage(Backtest::Response& whole, Backtest::Response page);

/// How much of its time a backtest has judged, 0 to 1.
double fractionJudged(const Backtest::Response& whole);

}
