#include "core/change/lifecycle/call_counts.h"

namespace ephor::lifecycle {

Result<CallTable> recentCalls(const store::Snapshot& snapshot, Instant now)
{
    const std::int64_t today = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
    CallTable calls;
    EPHOR_TRY_VOID(snapshot.query("SELECT agent, tool, word, sum(count) FROM call_day WHERE day > ? AND day <= ?"
                                  " GROUP BY agent, tool, word",
        {today - countedDays, today}, [&](const store::Row& row) -> Result<void> {
            CallCounts& counts = calls[{row.string(0), row.string(1)}];
            const auto count = std::uint64_t(row.integer(3));
            switch (VerdictWord(row.integer(2))) {
            case VerdictWord::Allow:
            case VerdictWord::Transform:
                counts.allowed += count;
                break;
            case VerdictWord::Ask:
                counts.asked += count;
                break;
            case VerdictWord::Deny:
                counts.denied += count;
                break;
            }
            return {};
        }));
    return calls;
}

}
