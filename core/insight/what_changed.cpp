#include "core/insight/what_changed.h"

#include "core/base/clock.h"
#include "core/insight/agent_facts.h"
#include "core/insight/agent_health.h"
#include "core/insight/overview.h"
#include "core/insight/recorded_acts.h"
#include "core/insight/rollout_words.h"
#include "core/base/text.h"
#include "core/insight/words.h"
#include "core/trust/identity/sessions.h"

#include <algorithm>

namespace ephor::insight {

namespace {

constexpr std::chrono::days withoutVisit{7};
constexpr std::chrono::days longestLookBack{90}; // further back it is no news but history
constexpr std::uint64_t mostChangedItems = 200;

Result<Instant> lookBackTo(const store::Snapshot& snapshot, const Call& call, Instant asked, Instant now)
{
    Instant since = asked;
    if (since == Instant()) {
        EPHOR_TRY(since, identity::visitBefore(snapshot, call.principal().session));
    }
    if (since == Instant() || since > now)
        since = now - withoutVisit;
    return std::max(since, now - longestLookBack);
}

struct AgentNews {
    Measure measure;
    Instant lastRun;
    Instant lastDenial;
};

// What the numbers of one agent say beside those of the stretch before.
void addNews(const std::string& agent, const std::string& title, const AgentNews& news, const Measure& before,
    std::vector<ChangedItem>& items)
{
    const Totals totals = news.measure.totals();
    const Totals earlier = before.totals();
    if (isFailing(totals) && !isFailing(earlier))
        items.push_back({news.lastRun, "health", title + " fails more often", failingWords(totals), "agents/" + agent});
    else if (isSlower(totals, earlier))
        items.push_back({news.lastRun, "health", title + " is slower",
            slowerWords(totals, earlier) + ", on " + countWords(totals.runs, "run"), "agents/" + agent});
    if (totals.deniedVerdicts > 0)
        items.push_back({news.lastDenial, "denial", countWords(totals.deniedVerdicts, "call") + " refused for " + title,
            "Of " + countWords(totals.verdicts, "tool call") + ", none of them was sent",
            "activity/runs?agent=" + agent + "&denied=true"});
}

Result<std::vector<ChangedItem>> derivedItems(
    const TelemetryStore& telemetry, const AgentNames& names, const TimeRange& range)
{
    std::map<std::string, AgentNews, std::less<>> news;
    const auto edges = telemetry.edges(range, 1);
    EPHOR_TRY_VOID(telemetry.rollups(edges, [&](const RollupRow& row) -> Result<void> {
        if (!names.contains(row.key.agent))
            return {};
        AgentNews& agent = news[row.key.agent];
        const Instant end = std::min<Instant>(row.start + row.width, range.to);
        agent.lastRun = std::max(agent.lastRun, end);
        if (row.counts.deniedVerdicts > 0)
            agent.lastDenial = std::max(agent.lastDenial, end);
        return agent.measure.add(row.counts, row.sketch);
    }));
    EPHOR_TRY(const AgentMeasures before,
        measuresByAgent(telemetry, telemetry.edges(rangeBefore(edges), 1),
            [&](const std::string& agent) { return news.contains(agent); }));
    std::vector<ChangedItem> items;
    for (const auto& [agent, fresh] : news) {
        const auto earlier = before.find(agent);
        addNews(agent, names.find(agent)->second.title, fresh, earlier == before.end() ? Measure() : earlier->second,
            items);
    }
    return items;
}

}

Result<WhatChanged::Response> readChanged(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const WhatChanged::Request& request)
{
    const Instant now = services.clock.now();
    const auto limit = std::size_t(std::clamp<std::uint64_t>(request.limit, 1, mostChangedItems));
    WhatChanged::Response response;
    EPHOR_TRY(response.since, lookBackTo(snapshot, call, request.since, now));
    EPHOR_TRY(AgentNames names, agentNames(snapshot));
    std::erase_if(names,
        [&](const auto& agent) { return !call.holds(Permission::View, {agent.second.team, services.environment}); });
    const auto append
        = [&](std::vector<ChangedItem> items) { std::ranges::move(items, std::back_inserter(response.items)); };
    EPHOR_TRY(auto acts, recordedActs(snapshot, names, response.since, limit));
    append(std::move(acts));
    // The range is half open, and what happened this very microsecond belongs to it.
    const TimeRange range{response.since, now + Duration(1)};
    EPHOR_TRY(auto moves, releaseItems(snapshot, services.environment, names, range, limit));
    append(std::move(moves));
    EPHOR_TRY(auto derived, derivedItems(services.telemetry, names, range));
    append(std::move(derived));
    std::ranges::sort(response.items, std::greater(),
        [](const ChangedItem& item) { return std::pair(item.at, std::string_view(item.title)); });
    if (response.items.size() > limit)
        response.items.resize(limit);
    return response;
}

}
