#include "core/change/lifecycle/rollout_record.h"

#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::lifecycle {

Result<std::vector<VariantNumbers>> numbersNow(
    const Services& services, const store::Snapshot& snapshot, const Rollout& rollout, const TimeRange& window)
{
    return services.numbers ? services.numbers(snapshot, rollout, window) : variantNumbers(snapshot, rollout, window);
}

Result<void> recordMove(store::Transaction& transaction, const Services& services, const Call& call,
    const Rollout& rollout, const MoveRecord& move, Note& note)
{
    Json numbers = Json::array();
    for (const VariantNumbers& side : move.numbers)
        numbers.push_back(toJson(side));
    const Json data{{"from", move.before}, {"share", rollout.share}, {"state", wordOf(rollout.state)},
        {"numbers", std::move(numbers)}, {"window", toJson(move.window)}, {"stays", move.stays},
        {"surface", wordOf(call.surface())}};
    note.subject = "rollout:" + rollout.id;
    note.reason = move.reason;
    note.refs = {
        {"rollout", rollout.id}, {"change", rollout.change}, {"agent", rollout.agent}, {"release", rollout.candidate}};
    if (!rollout.baseline.empty())
        note.refs["baseline"] = rollout.baseline;
    note.data = documentOf(data);
    note.recorded = true;
    ledger::NewEntry entry;
    entry.kind = ledger::EntryKind::Rollout;
    entry.actor = call.principal().id;
    entry.operation = move.operation;
    entry.subject = note.subject;
    entry.outcome = "done";
    entry.reason = note.reason;
    entry.refs = note.refs;
    entry.data = note.data;
    EPHOR_TRY_VOID(services.ledger.append(transaction, entry));
    return {};
}

}
