#include "core/insight/change_record.h"

#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::insight {

namespace {

// An inbox that is longer says so by its length; nobody reads further down.
constexpr std::int64_t mostWaitingChanges = 500;

Result<ChangeRecord> recordFrom(const store::Row& row)
{
    EPHOR_TRY(const Json json, parseJson(row.text(0)));
    return fromJson<ChangeRecord>(json, UnknownMembers::Ignore);
}

Result<std::vector<ChangeRecord>> recordsOf(
    const store::Snapshot& snapshot, std::string_view sql, std::initializer_list<store::Value> values)
{
    std::vector<ChangeRecord> records;
    EPHOR_TRY_VOID(snapshot.query(sql, values, [&](const store::Row& row) -> Result<void> {
        EPHOR_TRY(records.emplace_back(), recordFrom(row));
        return {};
    }));
    return records;
}

}

Result<std::optional<ChangeRecord>> findChangeRecord(const store::Snapshot& snapshot, const std::string& id)
{
    std::optional<ChangeRecord> found;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT body FROM change WHERE id = ?", {std::string_view(id)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(found, recordFrom(row));
            return {};
        }));
    return found;
}

Result<std::vector<ChangeRecord>> changesForApproval(const store::Snapshot& snapshot)
{
    return recordsOf(snapshot, "SELECT body FROM change WHERE state = ? ORDER BY number LIMIT ?",
        {std::string_view(wordOf(ChangeState::Approval)), mostWaitingChanges});
}

Result<std::vector<ChangeRecord>> changesToRatify(const store::Snapshot& snapshot)
{
    return recordsOf(snapshot,
        "SELECT body FROM change WHERE self_approved = 1 AND state NOT IN (?, ?) ORDER BY number LIMIT ?",
        {std::string_view(wordOf(ChangeState::Withdrawn)), std::string_view(wordOf(ChangeState::Rejected)),
            mostWaitingChanges});
}

}
