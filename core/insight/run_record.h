#pragma once

#include "core/domain/run.h"
#include "core/store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::insight {

// How this room reads the table of runs (core/run/runtime writes it). Each is served by an index.

/// The first run of an agent: ids begin with their time.
inline constexpr std::string_view firstRunSql = "SELECT body FROM run WHERE agent = ? ORDER BY id LIMIT 1";
/// The newest runs whose id begins in a range.
inline constexpr std::string_view runsByIdSql
    = "SELECT body FROM run WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?";
/// The newest runs with one business reference.
inline constexpr std::string_view runsByReferenceSql
    = "SELECT body FROM run WHERE reference <> '' AND reference = ? ORDER BY id DESC LIMIT ?";
/// The newest runs whose id has this end. Reads all ids, but of a narrow index: some milliseconds for 20,000 runs.
inline constexpr std::string_view runsByShortIdSql
    = "SELECT body FROM run WHERE id IN (SELECT id FROM run WHERE substr(id, -8) = ?) ORDER BY id DESC LIMIT ?";
inline constexpr std::string_view idsOfShortSql
    = "SELECT id FROM run WHERE substr(id, -8) = ?1 UNION SELECT id FROM approval WHERE substr(id, -8) = ?1 LIMIT ?2";
/// Runs that have not ended, by state.
inline constexpr std::string_view openRunsSql = "SELECT state, count(*) FROM run WHERE state IN (0, 1) GROUP BY state";

Result<std::optional<RunSummary>> firstRun(const store::Snapshot& snapshot, const std::string& agent);
Result<std::vector<RunSummary>> runsByPrefix(
    const store::Snapshot& snapshot, const std::string& prefix, std::int64_t limit);
/// The newest runs whose id ends in these eight characters (core/domain/short_id.h).
Result<std::vector<RunSummary>> runsByShortId(
    const store::Snapshot& snapshot, const std::string& shortId, std::int64_t limit);
/// Ids of the runs and the requests to people that these eight characters can stand for.
Result<std::vector<std::string>> idsOfShort(const store::Snapshot& snapshot, const std::string& shortId);
Result<std::vector<RunSummary>> runsByReference(
    const store::Snapshot& snapshot, const std::string& reference, std::int64_t limit);

}
