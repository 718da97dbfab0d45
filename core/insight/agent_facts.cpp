#include "core/insight/agent_facts.h"

#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/trust/policy/stop_orders.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace ephor::insight {

namespace {

struct Waiting {
    std::uint64_t count = 0;
    Instant oldest;
};

// What is read once for all agents of one answer.
struct Surroundings {
    std::map<std::string, std::string> serving; ///< agent to release id
    std::map<std::string, Rollout> open;
    std::map<std::string, Waiting> waiting;
    std::vector<StopOrder> stops;
};

template <class T> Result<T> bodyFrom(std::string_view text)
{
    EPHOR_TRY(const Json json, parseJson(text));
    return fromJson<T>(json, UnknownMembers::Ignore);
}

Result<Surroundings> surroundings(const store::Snapshot& snapshot, const std::string& environment, Instant now)
{
    Surroundings found;
    EPHOR_TRY_VOID(snapshot.query("SELECT agent, release FROM serving WHERE environment = ?",
        {std::string_view(environment)}, [&](const store::Row& row) -> Result<void> {
            found.serving.emplace(row.string(0), row.string(1));
            return {};
        }));
    EPHOR_TRY_VOID(snapshot.query("SELECT body FROM rollout WHERE state IN (0, 1) AND environment = ?",
        {std::string_view(environment)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(Rollout rollout, bodyFrom<Rollout>(row.text(0)));
            found.open.insert_or_assign(rollout.agent, std::move(rollout));
            return {};
        }));
    EPHOR_TRY_VOID(snapshot.query("SELECT agent, count(*), min(requested_at) FROM approval"
                                  " WHERE state = 0 AND expires_at > ? GROUP BY agent",
        {std::int64_t(now.time_since_epoch().count())}, [&](const store::Row& row) -> Result<void> {
            found.waiting[row.string(0)] = {std::uint64_t(row.integer(1)), Instant(Duration(row.integer(2)))};
            return {};
        }));
    EPHOR_TRY(found.stops, policy::StopOrders::list(snapshot));
    return found;
}

std::optional<StopOrder> stopOf(const std::vector<StopOrder>& stops, const std::string& agent)
{
    std::optional<StopOrder> strictest;
    for (const StopOrder& stop : stops) {
        const bool covers = stop.tool.empty() && (stop.agent.empty() || stop.agent == agent);
        if (covers && (!strictest || stop.mode > strictest->mode))
            strictest = stop;
    }
    return strictest;
}

// From the release in production, else from the newest version.
Result<void> fillFromVersions(const store::Snapshot& snapshot, const std::string& releaseId, AgentFacts& facts)
{
    std::uint64_t version = 0;
    std::optional<std::uint64_t> tools;
    EPHOR_TRY_VOID(snapshot.query("SELECT body FROM release WHERE id = ?", {std::string_view(releaseId)},
        [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const Release release, bodyFrom<Release>(row.text(0)));
            facts.release = release.number;
            tools = 0;
            for (const DefinitionRef& pin : release.pins) {
                *tools += pin.kind == DefinitionKind::Tool;
                if (pin.kind == DefinitionKind::Agent)
                    version = pin.version;
            }
            return {};
        }));
    const auto bytes = definition::bodyBytes(snapshot, DefinitionKind::Agent, facts.name, version);
    if (!bytes)
        return fail(bytes.error());
    EPHOR_TRY(const AgentBody body, definition::agentFrom(bytes->body));
    facts.description = body.description;
    facts.tools = tools.value_or(body.tools.size());
    return {};
}

Result<std::optional<AgentFacts>> factsOf(
    const store::Snapshot& snapshot, const Surroundings& around, const std::string& name)
{
    std::optional<AgentFacts> facts;
    EPHOR_TRY_VOID(snapshot.query("SELECT d.title, d.team, coalesce(p.name, d.owner), coalesce(t.title, d.team)"
                                  " FROM definition d LEFT JOIN person p ON p.id = d.owner"
                                  " LEFT JOIN team t ON t.name = d.team WHERE d.kind = 'agent' AND d.name = ?",
        {std::string_view(name)}, [&](const store::Row& row) -> Result<void> {
            facts.emplace();
            facts->name = name;
            facts->title = row.text(0).empty() ? name : row.string(0);
            facts->team = row.string(1);
            facts->ownerName = row.string(2);
            facts->teamTitle = row.string(3);
            return {};
        }));
    if (!facts)
        return facts;
    const auto serving = around.serving.find(name);
    EPHOR_TRY_VOID(
        fillFromVersions(snapshot, serving == around.serving.end() ? std::string() : serving->second, *facts));
    if (const auto open = around.open.find(name); open != around.open.end())
        facts->rollout = open->second;
    if (const auto waiting = around.waiting.find(name); waiting != around.waiting.end()) {
        facts->waiting = waiting->second.count;
        facts->oldestWaiting = waiting->second.oldest;
    }
    facts->stop = stopOf(around.stops, name);
    EPHOR_TRY(const auto run, snapshot.integer("SELECT 1 FROM run WHERE agent = ? LIMIT 1", {std::string_view(name)}));
    facts->hasRun = run.has_value();
    return facts;
}

}

Result<std::vector<AgentFacts>> servingAgents(
    const store::Snapshot& snapshot, const std::string& environment, Instant now)
{
    EPHOR_TRY(const Surroundings around, surroundings(snapshot, environment, now));
    std::set<std::string> names;
    for (const auto& [name, release] : around.serving)
        names.insert(name);
    for (const auto& [name, rollout] : around.open)
        names.insert(name);
    std::vector<AgentFacts> agents;
    for (const std::string& name : names) {
        EPHOR_TRY(auto facts, factsOf(snapshot, around, name));
        if (facts)
            agents.push_back(std::move(*facts));
    }
    return agents;
}

Result<AgentFacts> agentFacts(
    const store::Snapshot& snapshot, const std::string& environment, const std::string& name, Instant now)
{
    EPHOR_TRY(const Surroundings around, surroundings(snapshot, environment, now));
    EPHOR_TRY(auto facts, factsOf(snapshot, around, name));
    if (!facts)
        return fail(Error(
            ErrorKind::NotFound, "definition.unknown", "There is no agent of that name.", "See the list of agents.")
                .with("name", name));
    return std::move(*facts);
}

Result<AgentNames> agentNames(const store::Snapshot& snapshot)
{
    AgentNames names;
    EPHOR_TRY_VOID(snapshot.query("SELECT name, team, title FROM definition WHERE kind = 'agent'", {},
        [&](const store::Row& row) -> Result<void> {
            names.emplace(row.string(0), AgentName{row.string(1), row.text(2).empty() ? row.string(0) : row.string(2)});
            return {};
        }));
    return names;
}

Result<std::vector<Rollout>> rollouts(const store::Snapshot& snapshot, const std::string& environment)
{
    std::vector<Rollout> list;
    EPHOR_TRY_VOID(snapshot.query("SELECT body FROM rollout WHERE environment = ?", {std::string_view(environment)},
        [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(list.emplace_back(), bodyFrom<Rollout>(row.text(0)));
            return {};
        }));
    return list;
}

}
