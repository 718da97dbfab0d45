#include "core/insight/time_grid.h"

#include <algorithm>
#include <ranges>

namespace ephor::insight {

namespace {

// Rounding an edge then moves a slice's length by an eighth at most.
constexpr std::int64_t gridStepsInSlice = 8;

Second ceilTo(Instant moment, std::chrono::seconds width)
{
    const Second floor = floorTo(moment, width);
    return floor == moment ? floor : floor + width;
}

}

Second floorTo(Instant moment, std::chrono::seconds width)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch();
    const auto remainder = (seconds % width + width) % width;
    return Second(seconds - remainder);
}

std::vector<Second> sliceEdges(const TimeRange& range, std::uint64_t slices, std::chrono::seconds finest)
{
    const Second first = floorTo(range.from, finest);
    const Second last = ceilTo(range.to, finest);
    const auto count
        = std::clamp<std::int64_t>(std::int64_t(slices), 1, std::max<std::int64_t>((last - first) / finest, 1));
    std::chrono::seconds grid = finest;
    for (const std::chrono::seconds width : rollupWidths) {
        if (width * gridStepsInSlice * count <= last - first)
            grid = std::max(grid, width);
    }
    std::vector<Second> edges{first};
    for (std::int64_t i = 1; i < count; ++i)
        edges.push_back(floorTo(first + (last - first) * i / count + grid / 2, grid));
    edges.push_back(last);
    return edges;
}

std::vector<GridSegment> segmentsBetween(const std::vector<Second>& edges)
{
    std::vector<GridSegment> segments;
    Second at = edges.front();
    for (const Second edge : edges) {
        while (at < edge) {
            const auto fits = [&](std::chrono::seconds width) {
                return at.time_since_epoch() % width == std::chrono::seconds(0) && at + width <= edge;
            };
            const auto widest = std::ranges::find_if(rollupWidths | std::views::reverse, fits);
            // Edges are whole minutes, so one always fits.
            const std::chrono::seconds width = widest == rollupWidths.rend() ? rollupWidths.front() : *widest;
            if (!segments.empty() && segments.back().width == width && segments.back().to == at)
                segments.back().to += width;
            else
                segments.push_back({width, at, at + width});
            at += width;
        }
    }
    return segments;
}

}
