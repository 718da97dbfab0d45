#pragma once

#include "core/api/changes.h"
#include "core/api/grants.h"
#include "core/api/insight.h"
#include "core/api/people.h"
#include "core/api/protection.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "tests/ui/support/ui_support.h"

#include <cmath>
#include <nlohmann/json.hpp>

/// Northwind Bank's agents, as a backend would answer them.
namespace ephor::ui::test {

inline Instant ago(std::int64_t minutes)
{
    return fixedInstant() - std::chrono::minutes(minutes);
}

inline Totals totalsOf(std::uint64_t runs, double done, double p95, std::int64_t cents, std::uint64_t unknown = 0)
{
    Totals totals;
    totals.runs = runs;
    totals.done = std::uint64_t(double(runs) * done);
    totals.failed = (runs - totals.done) / 3;
    totals.denied = (runs - totals.done) / 3;
    totals.asked = runs - totals.done - totals.failed - totals.denied;
    totals.verdicts = runs * 3;
    totals.deniedVerdicts = runs / 60;
    totals.askedVerdicts = runs / 40;
    if (runs > 0) {
        totals.p50 = p95 * 0.4;
        totals.p95 = p95;
        totals.p99 = p95 * 2.1;
        totals.cost = Money{cents * 10'000'000};
    }
    totals.costUnknown = unknown;
    totals.tokens = runs * 1'417;
    return totals;
}

inline AgentRow agentRow(const std::string& name, const std::string& title, const std::string& team, AgentHealth health,
    std::uint64_t release, const Totals& totals)
{
    AgentRow row;
    row.name = name;
    row.title = title;
    row.description = title + " for the customers and staff of Northwind Bank.";
    row.team = team;
    row.environment = "production";
    row.ownerName = "Amara Okafor";
    row.health = health;
    row.release = release;
    row.coverage = "enforced";
    row.totals = totals;
    row.tools = 4;
    for (int at = 0; at < 48; ++at)
        row.spark.push_back(double(totals.runs) / 48 * (1 + 0.5 * std::sin(at * 0.3 + double(release))));
    return row;
}

inline std::vector<AgentRow> sixAgents()
{
    std::vector<AgentRow> rows;
    rows.push_back(
        agentRow("hr-helper", "HR helper", "people", AgentHealth::Healthy, 27, totalsOf(2'118, 0.971, 2.4, 2'216)));
    rows.push_back(
        agentRow("it-triage", "IT triage", "it", AgentHealth::Healthy, 18, totalsOf(3'402, 0.982, 2.2, 4'187)));
    rows.push_back(agentRow(
        "expense-audit", "Expense audit", "finance", AgentHealth::Slow, 12, totalsOf(1'204, 0.961, 7.4, 3'105)));
    rows.back().healthDetail = "Slow since 11:50";
    rows.push_back(agentRow("refunds", "Customer refunds", "payments", AgentHealth::RollingOut, 41,
        totalsOf(5'310, 0.979, 2.9, 9'642, 14)));
    rows.back().canary = 42;
    rows.back().share = 0.05;
    rows.back().waiting = 2;
    rows.push_back(
        agentRow("access", "Access provisioning", "it", AgentHealth::Waiting, 9, totalsOf(488, 0.916, 1.8, 490)));
    rows.back().healthDetail = "Healthy, 3 waiting";
    rows.push_back(
        agentRow("contracts", "Contract review", "legal", AgentHealth::Healthy, 15, totalsOf(324, 0.957, 5.6, 1'820)));
    rows.back().coverage = "seen";
    return rows;
}

inline std::vector<SeriesPoint> seriesOf(std::uint64_t runs, double p95)
{
    std::vector<SeriesPoint> points;
    for (int at = 0; at < 48; ++at) {
        const double wave = 1 + 0.6 * std::sin(at * 0.25) + 0.1 * std::sin(at * 1.7);
        points.push_back({ago((48 - at) * 30),
            totalsOf(std::uint64_t(double(runs) / 48 * wave), 0.97, p95 * (1 + 0.1 * std::sin(at)), 200 + at)});
    }
    return points;
}

inline DefinitionSummary summaryOf(
    DefinitionKind kind, const std::string& name, const std::string& title, const std::string& detail = {})
{
    DefinitionSummary summary;
    summary.kind = kind;
    summary.name = name;
    summary.title = title;
    summary.team = "payments";
    summary.ownerName = "Amara Okafor";
    summary.newest = 3;
    summary.production = 2;
    summary.changedAt = ago(60 * 26);
    summary.changedBy = "Jonas Weber";
    summary.usedBy = 1;
    summary.detail = detail;
    return summary;
}

inline AgentBody refundsBody()
{
    AgentBody body;
    body.title = "Customer refunds";
    body.description = "Decides refund requests under the card terms and pays them within the limit.";
    body.prompt = "refunds.system";
    body.model = "large";
    for (const char* tool : {"orders.lookup", "payments.send", "terms.search"})
        body.tools.push_back(tool);
    body.decision.subject = "refund of an order";
    body.decision.outcomeTool = "payments.send";
    body.decision.doneWord = "refunded";
    body.decision.amountPointer = "/amount";
    body.inputSchema.text = R"({"type":"object","properties":{"customer":{"type":"object"}}})";
    return body;
}

template <class Body>
DefinitionVersion versionOf(const DefinitionSummary& summary, const Body& body, std::uint64_t number)
{
    DefinitionVersion version;
    version.definition = summary;
    version.version.number = number;
    version.version.author = "person:Jonas Weber";
    version.version.authorName = "Jonas Weber";
    version.version.at = ago(40);
    version.version.state = number == 2 ? "production" : "draft";
    version.body = documentOf(toJson(body));
    return version;
}

inline std::vector<VersionInfo> threeVersions()
{
    std::vector<VersionInfo> versions;
    for (std::uint64_t number = 3; number >= 1; --number) {
        VersionInfo version;
        version.number = number;
        version.author = "person:Jonas Weber";
        version.authorName = "Jonas Weber";
        version.at = ago(std::int64_t((4 - number) * (4 - number)) * 700);
        version.message = number == 3 ? "cite the clause" : number == 2 ? "shorter greeting" : "first version";
        version.state = number == 3 ? "draft" : number == 2 ? "production" : "previous";
        version.change = number == 3 ? "" : "CH-40" + std::to_string(number);
        versions.push_back(version);
    }
    return versions;
}

inline ReadOverview::Response overview()
{
    ReadOverview::Response response;
    response.agents = sixAgents();
    response.totals = totalsOf(12'846, 0.974, 3.1, 21'460, 14);
    response.before = totalsOf(12'328, 0.973, 2.7, 20'120);
    response.series = seriesOf(12'846, 3.1);
    response.markers
        = {{ago(1'400), "change", "IT triage v18 live", "CH-410, approved by Priya Raman", "changes/CH-410"},
            {ago(300), "rollout", "Customer refunds v42 at 5 %", "CH-418, first step", "changes/CH-418"}};
    return response;
}

inline ReadAgent::Response numbersOf(const std::string& name)
{
    ReadAgent::Response response;
    for (const AgentRow& row : sixAgents()) {
        if (row.name == name)
            response.agent = row;
    }
    response.series = seriesOf(response.agent.totals.runs, response.agent.totals.p95.value_or(1));
    response.byModel["large"] = totalsOf(4'100, 0.98, 2.9, 8'100, 14);
    response.byModel["small"] = totalsOf(1'210, 0.97, 1.1, 1'542);
    return response;
}

inline std::vector<RunSummary> someRuns()
{
    std::vector<RunSummary> runs;
    const RunState states[]{RunState::Waiting, RunState::Done, RunState::Denied, RunState::Done, RunState::Failed,
        RunState::Done, RunState::Done, RunState::Done};
    int at = 0;
    for (const RunState state : states) {
        RunSummary run;
        run.id = "8f3a21c" + std::to_string(at) + "-77aa";
        run.agent = "refunds";
        run.state = state;
        run.releaseNumber = at % 3 == 0 ? 42 : 41;
        run.variant = at % 3 == 0 ? Variant::Canary : Variant::Baseline;
        run.startedAt = ago(3 + at * 7);
        run.durationMicros = std::uint64_t(900'000 + at * 410'000);
        run.cost = Money{13'800'000 + at * 1'000'000};
        run.decision.outcome = state == RunState::Done ? "refunded" : "";
        run.decision.reference = "7731-09" + std::to_string(at);
        runs.push_back(run);
        ++at;
    }
    return runs;
}

inline ReadMatrix::Response matrix()
{
    ReadMatrix::Response response;
    response.tools = {{"orders.lookup", "Look an order up", "payments", SideEffect::Read},
        {"payments.send", "Pay money back", "payments", SideEffect::Irreversible},
        {"terms.search", "Search the card terms", "legal", SideEffect::Read}};
    ephor::MatrixRow row{"refunds", "Customer refunds", "payments", 41, {}};
    row.cells = {{"orders.lookup", ephor::Access::Allow, false, 9'120},
        {"payments.send", ephor::Access::Ask, true, 311}, {"terms.search", ephor::Access::Allow, false, 4'410}};
    response.rows = {row};
    return response;
}

inline void answerAgentDefinitions(ScriptedBackend& backend)
{
    backend.give<ReadOverview>(overview());
    backend.answer<ListDefinitions>([](const ListDefinitions::Request& ask) {
        ListDefinitions::Response response;
        const auto add = [&](const char* name, const char* title, const char* detail = "") {
            response.definitions.push_back(summaryOf(ask.kind, name, title, detail));
        };
        switch (ask.kind) {
        case DefinitionKind::Agent:
            for (const AgentRow& row : sixAgents())
                response.definitions.push_back(summaryOf(ask.kind, row.name, row.title));
            add("onboarding", "Supplier onboarding");
            break;
        case DefinitionKind::Prompt:
            add("refunds.system", "Customer refunds, system prompt");
            break;
        case DefinitionKind::Model:
            add("large", "Large", "simulated");
            add("small", "Small", "simulated");
            break;
        case DefinitionKind::Tool:
            add("orders.lookup", "Look an order up", "read");
            add("payments.send", "Pay money back", "irreversible");
            add("terms.search", "Search the card terms", "read");
            break;
        case DefinitionKind::Policy:
        case DefinitionKind::Protection:
            break;
        }
        return response;
    });
    backend.answer<ReadAgent>([](const ReadAgent::Request& ask) { return numbersOf(ask.agent); });
    backend.answer<GetDefinition>([](const GetDefinition::Request& ask) -> Result<DefinitionVersion> {
        if (ask.kind == DefinitionKind::Prompt) {
            PromptBody body;
            body.title = "System prompt";
            body.text = "You handle refund requests from customers of Northwind Bank.\nYou are talking to "
                        "{{customer.name}}.\n\n{{#order}}\nThe order in question is {{order.id}}.\n{{/order}}\n";
            return versionOf(summaryOf(ask.kind, ask.name, "System prompt"), body, 3);
        }
        if (ask.name == "nobody")
            return fail(ErrorKind::NotFound, "definition.unknown", "There is no such definition.", "Check the name.");
        return versionOf(summaryOf(ask.kind, ask.name, "Customer refunds"), refundsBody(), 3);
    });
    backend.give<ListVersions>({threeVersions()});
    backend.give<DiffVersions>({{{"same", 1, 1, "{", {}}, {"removed", 2, 0, "  \"model\": \"small\",", {12, 17}},
                                    {"added", 0, 2, "  \"model\": \"large\",", {12, 17}}, {"same", 3, 3, "}", {}}},
        1, 1});
}

inline void answerAgentAccess(ScriptedBackend& backend)
{
    backend.give<ListRuns>({someRuns(), {}});
    ApprovalRequest waiting;
    waiting.id = "ap-1";
    waiting.tool = "payments.send";
    waiting.reference = "7731-118";
    waiting.why = "Above the limit of 1,000.00";
    waiting.expiresAt = fixedInstant() + std::chrono::minutes(41);
    backend.give<ListApprovals>({{waiting}, {}});
    backend.give<ListStops>({});
    backend.give<ReadMatrix>(matrix());
    ExplainGrant::Response why;
    why.verdict.word = VerdictWord::Allow;
    why.verdict.reason = "Release v41 allows it.";
    why.verdict.rule = "grant:refunds/orders.lookup";
    why.releaseNumber = 41;
    why.released = GrantRule{"refunds", "orders.lookup", ephor::Access::Allow, Role::Officer, 1, "reads only", {}};
    why.allowed = 9'108;
    why.denied = 12;
    backend.give<ExplainGrant>(why);
}

inline void answerAgentReleases(ScriptedBackend& backend)
{
    Release release;
    release.id = "sha256:4c8b0d01aa";
    release.agent = "refunds";
    release.number = 42;
    release.at = ago(8'000);
    release.change = "CH-418";
    release.pins = {{DefinitionKind::Agent, "refunds", 6}, {DefinitionKind::Prompt, "refunds.system", 3},
        {DefinitionKind::Model, "large", 2}, {DefinitionKind::Tool, "orders.lookup", 1}};
    Release before = release;
    before.id = "sha256:11aa22bb33";
    before.number = 41;
    before.change = "CH-402";
    before.at = ago(60'000);
    Release older = before;
    older.id = "sha256:99aa22bb33";
    older.number = 40;
    older.change = "CH-395";
    backend.give<ListReleases>({{release, before, older}});
    ChangeSummary change;
    change.id = "CH-418";
    change.title = "Cite the clause, refuse above limit";
    change.agent = "refunds";
    change.state = ChangeState::RollingOut;
    change.share = 0.05;
    change.authorName = "Jonas Weber";
    change.approvalsGiven = change.approvalsNeeded = 2;
    change.movedAt = ago(8'000);
    ChangeSummary live = change;
    live.id = "CH-402";
    live.title = "Shorter greeting";
    live.state = ChangeState::Live;
    backend.give<ListChanges>({{change, live}, {}});
    GetChange::Response page;
    page.change.summary = change;
    Rollout rollout;
    rollout.id = "ro-1";
    rollout.change = "CH-418";
    rollout.baseline = "sha256:11aa22bb33";
    rollout.baselineNumber = 41;
    rollout.candidateNumber = 42;
    rollout.steps = {0.05, 0.25, 0.5, 1};
    rollout.share = 0.05;
    rollout.stepAt = ago(8'000);
    page.rollout = rollout;
    backend.give<GetChange>(page);
}

/// Every operation an agent's page asks, answered.
inline void answerAgents(ScriptedBackend& backend)
{
    answerAgentDefinitions(backend);
    answerAgentAccess(backend);
    answerAgentReleases(backend);
    backend.give<ListTeams>({{{"payments", "Payments", 4, 2}, {"it", "IT", 3, 2}}});
    ServiceKey key;
    key.id = "key-1";
    key.name = "Portal";
    key.prefix = "ek_4f2a";
    key.team = "payments";
    key.expiresAt = fixedInstant() + std::chrono::hours(24 * 30);
    backend.give<ListKeys>({{key}});
    backend.give<FirstRequest>({});
    AgentExposure exposure;
    exposure.agent = "refunds";
    exposure.title = "Customer refunds";
    exposure.protection = "customer-data";
    exposure.untrusted = {"mail.read"};
    exposure.sensitive = {"orders.lookup"};
    exposure.acting = {"payments.send"};
    backend.give<ReadExposure>({{exposure}});
}

}
