#include "core/insight/overview.h"

#include "core/base/clock.h"
#include "core/insight/agent_facts.h"
#include "core/insight/agent_health.h"
#include "core/insight/rollout_words.h"

#include <algorithm>
#include <functional>

namespace ephor::insight {

namespace {

constexpr std::chrono::hours rangeWithoutStart{24};
constexpr std::chrono::days longestRange{731}; // rows are kept about as long
constexpr std::uint64_t mostSlices = 1'000; // two for each pixel of the widest chart panel would draw no more
constexpr std::size_t sparkPoints = 24;
constexpr std::size_t mostModels = 5; // with the rest as a sixth: more hues are not told apart
constexpr std::size_t mostMarkers = 100; // more lines in a chart say nothing

std::size_t sliceAt(const std::vector<Second>& edges, Second at)
{
    return std::size_t(std::ranges::upper_bound(edges, at) - edges.begin()) - 1;
}

// Runs by equal parts of the range; a row counts where its middle lies.
class Spark {
public:
    explicit Spark(const std::vector<Second>& edges)
        : m_from(edges.front())
        , m_length(edges.back() - edges.front())
    {
    }
    void add(const RollupRow& row)
    {
        const auto middle = row.start - m_from + row.width / 2;
        const auto at = std::size_t(middle * std::int64_t(sparkPoints) / m_length);
        m_values[std::min(at, sparkPoints - 1)] += double(row.counts.runs);
    }
    const std::vector<double>& values() const { return m_values; }

private:
    Second m_from;
    std::chrono::seconds m_length;
    std::vector<double> m_values = std::vector<double>(sparkPoints, 0.0);
};

struct AgentNumbers {
    explicit AgentNumbers(const std::vector<Second>& edges)
        : spark(edges)
    {
    }
    Measure measure;
    Measure before;
    Spark spark;
};

std::vector<SeriesPoint> seriesOf(const std::vector<Second>& edges, const std::vector<Measure>& slices)
{
    std::vector<SeriesPoint> series;
    series.reserve(slices.size());
    for (std::size_t i = 0; i < slices.size(); ++i)
        series.push_back({edges[i], slices[i].totals()});
    return series;
}

void addCost(ModelCost& cost, const RollupRow& row, std::size_t slice, std::size_t slices)
{
    cost.model = row.key.model;
    cost.slices.resize(slices);
    cost.slices[slice] += row.counts.costNanos;
    cost.costUnknown += row.counts.costUnknown;
    if (row.counts.runs > row.counts.costUnknown)
        cost.cost = Money{(cost.cost ? cost.cost->nanos : 0) + row.counts.costNanos};
}

std::vector<ModelCost> dearestFirst(std::map<std::string, ModelCost> byName)
{
    std::vector<ModelCost> models;
    for (auto& [name, cost] : byName)
        models.push_back(std::move(cost));
    std::ranges::stable_sort(
        models, std::greater(), [](const ModelCost& one) { return one.cost ? one.cost->nanos : -1; });
    if (models.size() <= mostModels + 1)
        return models;
    ModelCost rest;
    rest.slices.resize(models.front().slices.size());
    for (std::size_t at = mostModels; at < models.size(); ++at) {
        const ModelCost& one = models[at];
        rest.costUnknown += one.costUnknown;
        if (one.cost)
            rest.cost = Money{(rest.cost ? rest.cost->nanos : 0) + one.cost->nanos};
        std::ranges::transform(rest.slices, one.slices, rest.slices.begin(), std::plus());
    }
    models.resize(mostModels);
    models.push_back(std::move(rest));
    return models;
}

AgentRow rowOf(const AgentFacts& facts, const AgentNumbers& numbers, const std::string& environment)
{
    AgentRow row;
    row.name = facts.name;
    row.title = facts.title;
    row.description = facts.description;
    row.team = facts.team;
    row.teamTitle = facts.teamTitle;
    row.environment = environment;
    row.ownerName = facts.ownerName;
    row.release = facts.release;
    if (facts.rollout) {
        row.canary = facts.rollout->candidateNumber;
        row.share = facts.rollout->share;
    }
    row.waiting = facts.waiting;
    row.tools = facts.tools;
    // What no run went through is not claimed.
    row.coverage = facts.hasRun ? "enforced" : "";
    row.totals = numbers.measure.totals();
    row.spark = numbers.spark.values();
    Health health = healthOf({row.totals, numbers.before.totals(), facts.waiting, facts.stop, facts.rollout});
    row.health = health.state;
    row.healthDetail = std::move(health.detail);
    return row;
}

void sortByTrouble(std::vector<AgentRow>& rows)
{
    std::ranges::sort(rows, [](const AgentRow& left, const AgentRow& right) {
        const auto key = [](const AgentRow& row) {
            return std::tuple(troubleRank(row.health), -std::int64_t(row.totals.runs), std::string_view(row.name));
        };
        return key(left) < key(right);
    });
}

void countWaiting(const std::vector<AgentFacts>& agents, ReadOverview::Response& response)
{
    for (const AgentFacts& facts : agents) {
        response.waiting += facts.waiting;
        if (facts.oldestWaiting)
            response.oldestWaiting
                = std::min(response.oldestWaiting.value_or(*facts.oldestWaiting), *facts.oldestWaiting);
    }
}

}

Result<TimeRange> closedRange(const TimeRange& range, Instant now)
{
    TimeRange closed = range;
    if (closed.to == Instant())
        closed.to = now;
    if (closed.from == Instant())
        closed.from = closed.to - rangeWithoutStart;
    if (closed.from >= closed.to || closed.to - closed.from > longestRange)
        return fail(Error(ErrorKind::Invalid, "insight.range",
            "The range must begin before it ends, and be no longer than two years.", "Choose another range.")
                .with("from", formatInstant(closed.from))
                .with("to", formatInstant(closed.to)));
    return closed;
}

TimeRange rangeOf(const std::vector<Second>& edges)
{
    return {edges.front(), edges.back()};
}

TimeRange rangeBefore(const std::vector<Second>& edges)
{
    return {edges.front() - (edges.back() - edges.front()), edges.front()};
}

Result<AgentMeasures> measuresByAgent(const TelemetryStore& telemetry, const std::vector<Second>& edges,
    const std::function<bool(const std::string& agent)>& wanted)
{
    AgentMeasures measures;
    EPHOR_TRY_VOID(telemetry.rollups(edges, [&](const RollupRow& row) -> Result<void> {
        if (!wanted(row.key.agent))
            return {};
        return measures[row.key.agent].add(row.counts, row.sketch);
    }));
    return measures;
}

Result<ReadOverview::Response> readOverview(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const ReadOverview::Request& request)
{
    const Instant now = services.clock.now();
    EPHOR_TRY(const TimeRange range, closedRange(request.range, now));
    EPHOR_TRY(AgentNames names, agentNames(snapshot));
    std::erase_if(names, [&](const auto& agent) {
        const std::string& team = agent.second.team;
        return (!request.team.empty() && team != request.team)
            || !call.holds(Permission::View, {team, services.environment});
    });
    EPHOR_TRY(auto serving, servingAgents(snapshot, services.environment, now));
    std::erase_if(serving, [&](const AgentFacts& facts) { return !names.contains(facts.name); });

    const auto edges = services.telemetry.edges(range, std::min(request.slices, mostSlices));
    std::vector<Measure> slices(edges.size() - 1);
    std::map<std::string, AgentNumbers, std::less<>> agents;
    for (const auto& [name, known] : names)
        agents.emplace(name, edges);
    std::map<std::string, ModelCost> models;
    EPHOR_TRY_VOID(services.telemetry.rollups(edges, [&](const RollupRow& row) -> Result<void> {
        const auto agent = agents.find(row.key.agent);
        if (agent == agents.end())
            return {};
        const std::size_t slice = sliceAt(edges, row.start);
        agent->second.spark.add(row);
        addCost(models[row.key.model], row, slice, slices.size());
        EPHOR_TRY_VOID(slices[slice].add(row.counts, row.sketch));
        return agent->second.measure.add(row.counts, row.sketch);
    }));
    EPHOR_TRY_VOID(services.telemetry.rollups(
        services.telemetry.edges(rangeBefore(edges), 1), [&](const RollupRow& row) -> Result<void> {
            const auto agent = agents.find(row.key.agent);
            return agent == agents.end() ? Result<void>() : agent->second.before.add(row.counts, row.sketch);
        }));

    ReadOverview::Response response;
    Measure total;
    Measure before;
    for (const auto& [name, numbers] : agents) {
        total.add(numbers.measure);
        before.add(numbers.before);
    }
    response.totals = total.totals();
    response.before = before.totals();
    response.series = seriesOf(edges, slices);
    response.models = dearestFirst(std::move(models));
    for (const AgentFacts& facts : serving)
        response.agents.push_back(rowOf(facts, agents.at(facts.name), services.environment));
    sortByTrouble(response.agents);
    countWaiting(serving, response);
    EPHOR_TRY(response.markers, releaseItems(snapshot, services.environment, names, rangeOf(edges), mostMarkers));
    return response;
}

Result<ReadAgent::Response> readAgent(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const ReadAgent::Request& request)
{
    const Instant now = services.clock.now();
    EPHOR_TRY(const AgentFacts facts, agentFacts(snapshot, services.environment, request.agent, now));
    EPHOR_TRY_VOID(call.allow({facts.team, services.environment}));
    EPHOR_TRY(const TimeRange range, closedRange(request.range, now));
    const auto edges = services.telemetry.edges(range, std::min(request.slices, mostSlices));
    std::vector<Measure> slices(edges.size() - 1);
    std::vector<Measure> canary(facts.rollout ? slices.size() : 0);
    std::map<std::string, Measure> byModel;
    AgentNumbers numbers(edges);
    EPHOR_TRY_VOID(services.telemetry.rollups(edges, [&](const RollupRow& row) -> Result<void> {
        if (row.key.agent != facts.name)
            return {};
        const std::size_t slice = sliceAt(edges, row.start);
        numbers.spark.add(row);
        if (facts.rollout && row.key.variant == Variant::Canary && row.key.release == facts.rollout->candidate)
            EPHOR_TRY_VOID(canary[slice].add(row.counts, row.sketch));
        EPHOR_TRY_VOID(byModel[row.key.model].add(row.counts, row.sketch));
        EPHOR_TRY_VOID(slices[slice].add(row.counts, row.sketch));
        return numbers.measure.add(row.counts, row.sketch);
    }));
    EPHOR_TRY_VOID(services.telemetry.rollups(
        services.telemetry.edges(rangeBefore(edges), 1), [&](const RollupRow& row) -> Result<void> {
            return row.key.agent == facts.name ? numbers.before.add(row.counts, row.sketch) : Result<void>();
        }));
    ReadAgent::Response response;
    response.agent = rowOf(facts, numbers, services.environment);
    response.series = seriesOf(edges, slices);
    if (facts.rollout)
        response.canary = seriesOf(edges, canary);
    for (const auto& [model, measure] : byModel)
        response.byModel.emplace(model, measure.totals());
    return response;
}

}
