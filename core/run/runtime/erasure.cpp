#include "core/run/runtime/erasure.h"

#include "core/domain/reflect.h"
#include "core/run/runtime/sealing_subject.h"
#include "core/trust/guard/protection.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// What stands for a name that was erased; a run of nobody has none.
constexpr const char* erasedName = "[erased]";

bool standsIn(const std::string& text, const KnownPerson& person)
{
    return std::ranges::any_of(person.names, [&](const std::string& name) { return text.find(name) != text.npos; });
}

Result<std::vector<RunSummary>> runsOfPerson(const store::Snapshot& snapshot, const KnownPerson& person)
{
    std::vector<RunSummary> runs;
    for (const std::string& name : person.names) {
        EPHOR_TRY_VOID(snapshot.query("SELECT body FROM run WHERE person = ? AND person <> ''",
            {std::string_view(name)}, [&](const store::Row& row) -> Result<void> {
                EPHOR_TRY(const Json body, parseJson(row.text(0)));
                EPHOR_TRY(runs.emplace_back(), fromJson<RunSummary>(body, UnknownMembers::Ignore));
                return {};
            }));
    }
    std::ranges::sort(runs, {}, &RunSummary::startedAt);
    return runs;
}

Result<bool> hasSealed(const store::Snapshot& snapshot, const KnownPerson& person)
{
    for (const std::string& subject : person.subjects) {
        EPHOR_TRY(const auto key,
            snapshot.integer("SELECT 1 FROM subject_key WHERE subject = ? AND wrapped IS NOT NULL LIMIT 1",
                {std::string_view(subject)}));
        if (key)
            return true;
    }
    return false;
}

// The one name in the list of runs that has this hash; nothing while there is none.
Result<std::optional<std::string>> nameBehind(
    const store::Snapshot& snapshot, const guard::Protection& protection, const std::string& hash)
{
    std::optional<std::string> found;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT DISTINCT person FROM run WHERE person <> ''", {}, [&](const store::Row& row) -> Result<void> {
            if (!found && protection.hiddenName(row.text(0)) == hash)
                found = row.string(0);
            return {};
        }));
    return found;
}

}

Result<KnownPerson> knownPerson(
    const store::Snapshot& snapshot, const guard::Protection& protection, const std::string& person)
{
    KnownPerson known;
    if (guard::Protection::isHiddenName(person)) {
        known.hidden = person;
        known.names = {person};
        EPHOR_TRY(const auto name, nameBehind(snapshot, protection, person));
        if (name)
            known.names.push_back(*name);
    } else {
        known.hidden = protection.hiddenName(person);
        known.names = {person, known.hidden};
    }
    known.subjects.push_back(personsSubject(protection, known.hidden));
    for (const std::string& name : known.names)
        known.subjects.push_back(formerPersonsSubject(name));
    return known;
}

Result<ErasureReach> reachOf(const store::Snapshot& snapshot, const KnownPerson& person)
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

Result<std::vector<RunSummary>> takeNamesOut(store::Transaction& transaction, const KnownPerson& person)
{
    EPHOR_TRY(auto runs, runsOfPerson(transaction, person));
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
    if (wish && wish->at + std::chrono::duration_cast<Duration>(erasureWishHolds) < now)
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
