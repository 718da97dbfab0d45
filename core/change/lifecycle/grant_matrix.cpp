#include "core/api/grants.h"
#include "core/change/evaluate/rule_list.h"
#include "core/change/lifecycle/call_counts.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/change/lifecycle/operation_parts.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "core/trust/policy/cell_verdict.h"
#include "core/trust/policy/tightenings.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

namespace ephor::lifecycle {

namespace {

// The releases in production, by agent.
Result<std::map<std::string, Release>> productionReleases(
    const store::Snapshot& snapshot, const std::string& environment)
{
    EPHOR_TRY(const auto serving, route::serving(snapshot));
    std::map<std::string, Release> releases;
    for (const route::Serving& each : serving) {
        if (each.environment == environment && !each.production.empty()) {
            EPHOR_TRY(releases[each.agent], route::release(snapshot, each.production));
        }
    }
    return releases;
}

std::vector<MatrixCell> cellsOf(const std::string& agent, const Release& release, const std::vector<MatrixTool>& tools,
    const policy::TighteningTable& tightenings, const CallTable& calls, Instant now)
{
    std::vector<MatrixCell> cells;
    for (const MatrixTool& tool : tools) {
        const GrantRule rule = ruleInForce(release.grants, tightenings, agent, tool.name, now);
        const policy::Tightening* const over = tightenings.find(agent, tool.name);
        const auto counted = calls.find({agent, tool.name});
        const bool standing = findRule(release.grants, tool.name) != nullptr || over != nullptr;
        // A cell without a rule is left out, unless calls that were denied by default are to be seen in it.
        if (standing || counted != calls.end())
            cells.push_back(
                {tool.name, rule.access, over != nullptr, counted != calls.end() ? counted->second.total() : 0});
    }
    return cells;
}

Result<ReadMatrix::Response> readMatrix(const Services& services, const store::Snapshot& snapshot, const Call& call)
{
    const Instant now = services.clock.now();
    EPHOR_TRY(const auto tools, definition::list(snapshot, DefinitionKind::Tool, definition::Retired::Hide));
    EPHOR_TRY(const auto agents, definition::list(snapshot, DefinitionKind::Agent, definition::Retired::Hide));
    EPHOR_TRY(const auto releases, productionReleases(snapshot, services.environment));
    EPHOR_TRY(const auto tightenings, readTightenings(snapshot));
    EPHOR_TRY(const CallTable calls, recentCalls(snapshot, now));
    ReadMatrix::Response response;
    for (const DefinitionSummary& tool : tools) {
        if (!call.holds(Permission::View, {tool.team, services.environment}))
            continue;
        EPHOR_TRY(const SideEffect effect, enumeratorFrom<SideEffect>(tool.detail));
        response.tools.push_back({tool.name, tool.title, tool.team, effect});
    }
    for (const DefinitionSummary& agent : agents) {
        if (!call.holds(Permission::View, {agent.team, services.environment}))
            continue;
        const auto found = releases.find(agent.name);
        const Release release = found != releases.end() ? found->second : Release{};
        response.rows.push_back({agent.name, agent.title, agent.team, release.number,
            cellsOf(agent.name, release, response.tools, tightenings, calls, now)});
    }
    EPHOR_TRY_VOID(snapshot.query("SELECT name, title FROM team", {}, [&](const store::Row& row) -> Result<void> {
        if (std::ranges::find(response.rows, row.string(0), &MatrixRow::team) != response.rows.end())
            response.teamTitles.emplace(row.string(0), row.string(1));
        return {};
    }));
    std::ranges::stable_sort(response.tools, {}, [](const MatrixTool& tool) { return std::tie(tool.team, tool.name); });
    std::ranges::stable_sort(response.rows, {}, [](const MatrixRow& row) { return std::tie(row.team, row.agent); });
    return response;
}

Result<ListTightenings::Response> listTightenings(
    const Services& services, const store::Snapshot& snapshot, const Call& call)
{
    EPHOR_TRY(const auto agents, definition::list(snapshot, DefinitionKind::Agent, definition::Retired::Show));
    EPHOR_TRY(const auto releases, productionReleases(snapshot, services.environment));
    EPHOR_TRY(const CallTable calls, recentCalls(snapshot, services.clock.now()));
    EPHOR_TRY(auto standing, policy::Tightenings::list(snapshot));
    std::ranges::stable_sort(standing, std::greater(), &policy::Tightening::at);
    ListTightenings::Response response;
    for (const policy::Tightening& each : standing) {
        StandingTightening shown;
        shown.agent = each.agent;
        shown.tool = each.tool;
        shown.access = each.access;
        shown.by = each.by;
        shown.reason = each.reason;
        shown.at = each.at;
        const auto agent = std::ranges::find(agents, each.agent, &DefinitionSummary::name);
        if (agent != agents.end()) {
            shown.agentTitle = agent->title;
            shown.team = agent->team;
        }
        // One over every agent concerns whoever may see any.
        if (agent != agents.end() && !call.holds(Permission::View, {shown.team, services.environment}))
            continue;
        if (const auto release = releases.find(each.agent); release != releases.end()) {
            shown.releaseNumber = release->second.number;
            if (const GrantRule* const rule = findRule(release->second.grants, each.tool))
                shown.released = *rule;
        }
        if (const auto counted = calls.find({each.agent, each.tool}); counted != calls.end())
            shown.calls = counted->second.total();
        response.tightenings.push_back(std::move(shown));
    }
    return response;
}

Result<ExplainGrant::Response> explainGrant(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const ExplainGrant::Request& request)
{
    const Instant now = services.clock.now();
    EPHOR_TRY(const DefinitionSummary agent, definition::get(snapshot, DefinitionKind::Agent, request.agent));
    EPHOR_TRY_VOID(call.allow({agent.team, services.environment}));
    EPHOR_TRY_VOID(definition::get(snapshot, DefinitionKind::Tool, request.tool));
    EPHOR_TRY(const auto serving, route::servingOf(snapshot, request.agent, services.environment));
    Release release;
    if (serving && !serving->production.empty()) {
        EPHOR_TRY(release, route::release(snapshot, serving->production));
    }
    EPHOR_TRY(const auto tightenings, readTightenings(snapshot));
    const auto ruling = policy::cellVerdict(release.grants, tightenings, request.agent, request.tool, now);
    ExplainGrant::Response response;
    response.verdict = {{}, "permission", ruling.word, ruling.reason, ruling.rule, ruling.askWhom};
    response.releaseNumber = release.number;
    if (const GrantRule* const rule = findRule(release.grants, request.tool))
        response.released = *rule;
    if (const policy::Tightening* const over = tightenings.find(request.agent, request.tool)) {
        GrantRule rule;
        rule.agent = over->agent;
        rule.tool = over->tool;
        rule.access = over->access;
        rule.reason = over->reason;
        response.tightening = std::move(rule);
        response.tightenedBy = over->by;
    }
    EPHOR_TRY(const CallTable calls, recentCalls(snapshot, now));
    if (const auto counted = calls.find({request.agent, request.tool}); counted != calls.end()) {
        response.allowed = counted->second.allowed;
        response.asked = counted->second.asked;
        response.denied = counted->second.denied;
    }
    EPHOR_TRY(response.rules,
        evaluate::textRulesOver(*services.tightenings.table(), services.environment, snapshot, agent, request.tool));
    return response;
}

}

void addGrantReads(HandlerTable& table, const ServicesPointer& services)
{
    table.read<ReadMatrix>([services](const store::Snapshot& snapshot, const Call& call, const ReadMatrix::Request&) {
        return readMatrix(*services, snapshot, call);
    });
    table.read<ListTightenings>(
        [services](const store::Snapshot& snapshot, const Call& call, const ListTightenings::Request&) {
            return listTightenings(*services, snapshot, call);
        });
    table.read<ExplainGrant>(
        [services](const store::Snapshot& snapshot, const Call& call, const ExplainGrant::Request& request) {
            return explainGrant(*services, snapshot, call, request);
        });
}

}
