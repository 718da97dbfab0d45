#include "core/insight/rollout_words.h"

#include "core/domain/reflect.h"
#include "core/insight/words.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace ephor::insight {

namespace {

bool isWithin(Instant at, const TimeRange& range)
{
    return at >= range.from && at < range.to;
}

std::string moveWords(const Rollout& rollout, const RolloutStep& step)
{
    const std::string version = " v" + std::to_string(rollout.candidateNumber);
    if (step.act == "roll-back")
        return version + " rolled back";
    if (step.act == "pause")
        return version + " paused at " + percentWords(step.share);
    if (step.act == "resume")
        return version + " resumed at " + percentWords(step.share);
    return step.share >= 1 ? version + " live" : version + " at " + percentWords(step.share);
}

// A move that ended a rollout, well or not, is none that goes on.
std::string kindOf(const RolloutStep& step)
{
    if (step.act == "roll-back")
        return "rollback";
    if (step.act == "pause")
        return "pause";
    return step.share >= 1 ? "release" : "rollout";
}

std::string byWords(const RolloutStep& step)
{
    return step.reason.empty() ? "By " + step.by : "By " + step.by + ": " + step.reason;
}

std::string routeOf(const std::string& change, const std::string& agent)
{
    return change.empty() ? "agents/" + agent : "changes/" + change;
}

}

Result<std::vector<ChangedItem>> releaseItems(const store::Snapshot& snapshot, const std::string& environment,
    const AgentNames& names, const TimeRange& range, std::size_t limit)
{
    std::vector<ChangedItem> items;
    std::set<std::string> rolledOut;
    EPHOR_TRY(const auto all, rollouts(snapshot, environment));
    for (const Rollout& rollout : all) {
        rolledOut.insert(rollout.candidate);
        const auto agent = names.find(rollout.agent);
        if (agent == names.end())
            continue;
        for (const RolloutStep& step : rollout.history) {
            if (isWithin(step.at, range))
                items.push_back({step.at, kindOf(step), agent->second.title + moveWords(rollout, step), byWords(step),
                    routeOf(rollout.change, rollout.agent)});
        }
    }
    const auto micros = [](Instant at) { return std::int64_t(at.time_since_epoch().count()); };
    EPHOR_TRY_VOID(snapshot.query("SELECT body FROM release WHERE at >= ? AND at < ?",
        {micros(range.from), micros(range.to)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const Json json, parseJson(row.text(0)));
            EPHOR_TRY(const Release release, fromJson<Release>(json, UnknownMembers::Ignore));
            const auto agent = names.find(release.agent);
            if (agent != names.end() && !rolledOut.contains(release.id))
                items.push_back(
                    {release.at, "release", agent->second.title + " v" + std::to_string(release.number) + " released",
                        {}, routeOf(release.change, release.agent)});
            return {};
        }));
    std::ranges::sort(items, std::greater(),
        [](const ChangedItem& item) { return std::pair(item.at, std::string_view(item.title)); });
    if (items.size() > limit)
        items.resize(limit);
    return items;
}

}
