#include "core/insight/run_record.h"

#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::insight {

namespace {

Result<std::vector<RunSummary>> runsOf(
    const store::Snapshot& snapshot, std::string_view sql, std::initializer_list<store::Value> values)
{
    std::vector<RunSummary> runs;
    EPHOR_TRY_VOID(snapshot.query(sql, values, [&](const store::Row& row) -> Result<void> {
        EPHOR_TRY(const Json json, parseJson(row.text(0)));
        EPHOR_TRY(runs.emplace_back(), fromJson<RunSummary>(json, UnknownMembers::Ignore));
        return {};
    }));
    return runs;
}

}

Result<std::optional<RunSummary>> firstRun(const store::Snapshot& snapshot, const std::string& agent)
{
    EPHOR_TRY(auto runs, runsOf(snapshot, firstRunSql, {std::string_view(agent)}));
    return runs.empty() ? std::nullopt : std::optional(std::move(runs.front()));
}

Result<std::vector<RunSummary>> runsByPrefix(
    const store::Snapshot& snapshot, const std::string& prefix, std::int64_t limit)
{
    const std::string end = prefix + "~";
    return runsOf(snapshot, runsByIdSql, {std::string_view(prefix), std::string_view(end), limit});
}

Result<std::vector<RunSummary>> runsByShortId(
    const store::Snapshot& snapshot, const std::string& shortId, std::int64_t limit)
{
    return runsOf(snapshot, runsByShortIdSql, {std::string_view(shortId), limit});
}

Result<std::vector<std::string>> idsOfShort(const store::Snapshot& snapshot, const std::string& shortId)
{
    // Eight random digits stand for one id; more than a few mean that somebody made them.
    constexpr std::int64_t mostIds = 32;
    std::vector<std::string> ids;
    EPHOR_TRY_VOID(
        snapshot.query(idsOfShortSql, {std::string_view(shortId), mostIds}, [&](const store::Row& row) -> Result<void> {
            ids.push_back(row.string(0));
            return {};
        }));
    return ids;
}

Result<std::vector<RunSummary>> runsByReference(
    const store::Snapshot& snapshot, const std::string& reference, std::int64_t limit)
{
    return runsOf(snapshot, runsByReferenceSql, {std::string_view(reference), limit});
}

}
