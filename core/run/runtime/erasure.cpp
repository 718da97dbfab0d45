#include "core/run/runtime/erasure.h"

#include "core/domain/reflect.h"
#include "core/run/runtime/recorder.h"
#include "core/run/runtime/run_store.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

constexpr std::chrono::days wishHolds(14);
// What stands for a name that was erased; a run of nobody has none.
constexpr const char* erasedName = "[erased]";

bool standsIn(const std::string& text, const PersonNames& person)
{
    return std::ranges::any_of(
        person, [&](const std::string& name) { return !name.empty() && text.find(name) != text.npos; });
}

Result<std::vector<RunSummary>> runsOfPerson(const store::Snapshot& snapshot, const PersonNames& person)
{
    std::vector<RunSummary> runs;
    EPHOR_TRY_VOID(snapshot.query("SELECT body FROM run WHERE person IN (?, ?) AND person <> '' ORDER BY started_at",
        {std::string_view(person[0]), std::string_view(person[1])}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const Json body, parseJson(row.text(0)));
            EPHOR_TRY(runs.emplace_back(), fromJson<RunSummary>(body, UnknownMembers::Ignore));
            return {};
        }));
    return runs;
}

Result<bool> hasSealed(const store::Snapshot& snapshot, const PersonNames& person)
{
    for (const std::string& name : person) {
        RunSummary run;
        run.person = name;
        const std::string subject = Recorder::sealingSubject(run);
        EPHOR_TRY(const auto key,
            snapshot.integer("SELECT 1 FROM subject_key WHERE subject = ? AND wrapped IS NOT NULL LIMIT 1",
                {std::string_view(subject)}));
        if (key)
            return true;
    }
    return false;
}

}

Result<ErasureReach> reachOf(const store::Snapshot& snapshot, const PersonNames& person)
{
    ErasureReach reach;
    EPHOR_TRY(const auto runs, runsOfPerson(snapshot, person));
    for (const RunSummary& run : runs) {
        reach.underWay += run.state == RunState::Running || run.state == RunState::Waiting;
        reach.namedOpenly += standsIn(run.conversation, person) || standsIn(run.decision.reference, person);
    }
    reach.runs = runs.size();
    if (!runs.empty()) {
        reach.first = runs.front().startedAt;
        reach.last = runs.back().startedAt;
    }
    EPHOR_TRY(reach.sealed, hasSealed(snapshot, person));
    return reach;
}

Result<std::vector<RunSummary>> takeNamesOut(store::Transaction& transaction, const PersonNames& person)
{
    EPHOR_TRY(const auto runs, runsOfPerson(transaction, person));
    for (RunSummary run : runs) {
        run.person = erasedName;
        if (standsIn(run.conversation, person))
            run.conversation = erasedName;
        if (standsIn(run.decision.reference, person))
            run.decision.reference = erasedName;
        const std::string body = compactJson(toJson(run));
        EPHOR_TRY([[maybe_unused]] const auto changed,
            transaction.run("UPDATE run SET person = ?, conversation = ?, reference = ?, body = ? WHERE id = ?",
                {std::string_view(run.person), std::string_view(run.conversation),
                    std::string_view(run.decision.reference), std::string_view(body), std::string_view(run.id)}));
    }
    return runs;
}

Result<std::optional<ErasureWish>> wishFor(const store::Snapshot& snapshot, const std::string& person, Instant now)
{
    std::optional<ErasureWish> wish;
    EPHOR_TRY_VOID(snapshot.query("SELECT asked_by, asked_by_name, asked_at, reason FROM erasure_wish WHERE person = ?",
        {std::string_view(person)}, [&](const store::Row& row) -> Result<void> {
            wish = ErasureWish{row.string(0), row.string(1), Instant(Duration(row.integer(2))), row.string(3)};
            return {};
        }));
    if (wish && wish->at + std::chrono::duration_cast<Duration>(wishHolds) < now)
        wish.reset();
    return wish;
}

Result<void> keepWish(store::Transaction& transaction, const std::string& person, const ErasureWish& wish)
{
    EPHOR_TRY([[maybe_unused]] const auto kept,
        transaction.run("INSERT OR REPLACE INTO erasure_wish(person, asked_by, asked_by_name, asked_at, reason)"
                        " VALUES (?, ?, ?, ?, ?)",
            {std::string_view(person), std::string_view(wish.by), std::string_view(wish.byName),
                std::int64_t(wish.at.time_since_epoch().count()), std::string_view(wish.reason)}));
    return {};
}

Result<void> dropWish(store::Transaction& transaction, const std::string& person)
{
    EPHOR_TRY([[maybe_unused]] const auto dropped,
        transaction.run("DELETE FROM erasure_wish WHERE person = ?", {std::string_view(person)}));
    return {};
}

}
