#pragma once

#include "core/domain/run.h"
#include "core/store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::insight {

// How this room reads the table of runs (core/run/runtime writes it). Each is served by an index, whatever its length.

/// The newest run of an agent.
inline constexpr std::string_view newestRunSql = "SELECT body FROM run WHERE agent = ? ORDER BY id DESC LIMIT 1";
/// The newest runs whose id begins in a range.
inline constexpr std::string_view runsByIdSql
    = "SELECT body FROM run WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?";
/// The newest runs with one business reference.
inline constexpr std::string_view runsByReferenceSql
    = "SELECT body FROM run WHERE reference <> '' AND reference = ? ORDER BY id DESC LIMIT ?";
/// Runs that have not ended, by state.
inline constexpr std::string_view openRunsSql = "SELECT state, count(*) FROM run WHERE state IN (0, 1) GROUP BY state";

Result<std::optional<RunSummary>> newestRun(const store::Snapshot& snapshot, const std::string& agent);
Result<std::vector<RunSummary>> runsByPrefix(
    const store::Snapshot& snapshot, const std::string& prefix, std::int64_t limit);
Result<std::vector<RunSummary>> runsByReference(
    const store::Snapshot& snapshot, const std::string& reference, std::int64_t limit);

}
