#pragma once

#include "core/api/page.h"

#include <array>
#include <vector>

namespace ephor::insight {

/// The widths of rollup rows, finest first. Each divides the next, and all begin at 1970 UTC, so that any stretch of
/// time between two minutes is made of a few rows.
inline constexpr std::array<std::chrono::seconds, 4> rollupWidths{
    std::chrono::minutes(1), std::chrono::minutes(10), std::chrono::hours(1), std::chrono::days(1)};

using Second = std::chrono::sys_seconds;

/// The largest multiple of `width` since 1970 that is not after `moment`.
Second floorTo(Instant moment, std::chrono::seconds width);

/// Cuts a range in up to `slices` slices of about the same length and returns their edges, one more than slices.
/// Edges lie on a grid that the rollups can be read by cheaply: at least `finest`, and coarser the longer a slice is,
/// but at most an eighth of it. The first and the last edge lie outside the range or on it. No slice is shorter than
/// `finest`, so that a short range has fewer. `range.from` < `range.to`.
std::vector<Second> sliceEdges(const TimeRange& range, std::uint64_t slices, std::chrono::seconds finest);

/// Rows of one width from `from` (inclusive) to `to` (exclusive).
struct GridSegment {
    std::chrono::seconds width;
    Second from;
    Second to;
    bool operator==(const GridSegment&) const = default;
};

/// The coarsest rows that cover everything between the edges exactly once, none of them across an edge. In order.
std::vector<GridSegment> segmentsBetween(const std::vector<Second>& edges);

}
