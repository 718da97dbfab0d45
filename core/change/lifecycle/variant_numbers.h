#pragma once

#include "core/api/page.h"
#include "core/domain/change.h"
#include "core/domain/metrics.h"
#include "core/store/database.h"

#include <functional>
#include <vector>

namespace ephor::lifecycle {

/// The numbers of both sides of a rollout over a window.
using CompareVariants
    = std::function<Result<std::vector<VariantNumbers>>(const store::Snapshot&, const Rollout&, TimeRange)>;

/// The same from the headers of runs: every run that began in the window, counted exactly. Baseline first; only the
/// candidate when there is no baseline. Success is Done out of the runs that ended; denials are denied verdicts out of
/// denied verdicts and calls that left. Units are different people, else conversations; runs with neither are one
/// each, since nothing says that two of them are the same. Quantiles (nearest rank) are over ended runs, in seconds.
/// The cost is that of runs whose cost is known; empty when there are none.
Result<std::vector<VariantNumbers>> variantNumbers(
    const store::Snapshot& snapshot, const Rollout& rollout, TimeRange window);

/// From the rollout's start to its end, or to now while it is open or when it took everything at once.
TimeRange windowOf(const Rollout& rollout, Instant now);

}
