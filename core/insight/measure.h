#pragma once

#include "core/insight/sketch.h"
#include "core/insight/telemetry.h"

namespace ephor::insight {

/// What is counted over some runs. Money is in billionths of a dollar.
struct Counts {
    std::uint64_t runs = 0;
    std::uint64_t done = 0;
    std::uint64_t asked = 0; ///< runs that waited for a person
    std::uint64_t denied = 0; ///< runs that a gate ended
    std::uint64_t failed = 0;
    std::uint64_t verdicts = 0; ///< about tool calls
    std::uint64_t deniedVerdicts = 0;
    std::uint64_t askedVerdicts = 0;
    std::int64_t costNanos = 0; ///< of the runs whose cost is known
    std::uint64_t costUnknown = 0; ///< the other runs
    std::uint64_t tokens = 0; ///< input and output, as far as known
    bool operator==(const Counts&) const = default;

    void add(const Counts& other);
};

/// Counts with the durations, in seconds, of the same runs.
struct Measure : Counts {
    Sketch latency;

    /// A run counts once, when it has ended; the verdicts of its tool calls count when they are reported.
    void add(const RunReport& report);
    void add(const Measure& other);
    /// The same from stored parts. Code: sketch.damaged.
    Result<void> add(const Counts& counts, BytesView sketch);
    Totals totals() const;
};

}
