#include "core/trust/policy/retirements.h"

namespace ephor::policy {

Result<std::vector<Retirement>> listRetirements(const store::Snapshot& snapshot)
{
    std::vector<Retirement> list;
    EPHOR_TRY_VOID(snapshot.query("SELECT rule, by, by_name, reason, at FROM house_rule_retirement ORDER BY rule", {},
        [&](const store::Row& row) -> Result<void> {
            list.push_back(
                {row.string(0), row.string(1), row.string(2), row.string(3), Instant(Duration(row.integer(4)))});
            return {};
        }));
    return list;
}

Result<std::optional<Retirement>> findRetirement(const store::Snapshot& snapshot, const std::string& rule)
{
    EPHOR_TRY(auto list, listRetirements(snapshot));
    for (Retirement& each : list) {
        if (each.rule == rule)
            return std::move(each);
    }
    return std::nullopt;
}

Result<void> propose(store::Transaction& transaction, const Retirement& retirement)
{
    EPHOR_TRY_VOID(transaction.run("INSERT INTO house_rule_retirement(rule, by, by_name, reason, at)"
                                   " VALUES (?, ?, ?, ?, ?) ON CONFLICT(rule) DO UPDATE SET by = excluded.by,"
                                   " by_name = excluded.by_name, reason = excluded.reason, at = excluded.at",
        {std::string_view(retirement.rule), std::string_view(retirement.by), std::string_view(retirement.byName),
            std::string_view(retirement.reason), std::int64_t(retirement.at.time_since_epoch().count())}));
    return {};
}

Result<void> dropRetirement(store::Transaction& transaction, const std::string& rule)
{
    EPHOR_TRY_VOID(transaction.run("DELETE FROM house_rule_retirement WHERE rule = ?", {std::string_view(rule)}));
    return {};
}

}
