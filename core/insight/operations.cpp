#include "core/insight/operations.h"

#include "core/api/insight.h"
#include "core/api/protection.h"
#include "core/api/workspace.h"
#include "core/base/clock.h"
#include "core/insight/agent_facts.h"
#include "core/insight/entity_titles.h"
#include "core/insight/find.h"
#include "core/insight/inbox.h"
#include "core/insight/overview.h"
#include "core/insight/run_record.h"
#include "core/insight/what_changed.h"

#include <algorithm>
#include <charconv>

namespace ephor::insight {

namespace {

// What the quantiles of the workspace's own counters look back on.
constexpr std::chrono::hours metricsWindow{1};

// The guard says on its span how many messages came in ("1 message", "3 messages"); the run's header does not.
std::optional<std::uint64_t> messagesIn(const std::vector<Span>& spans)
{
    const auto guard = std::ranges::find_if(spans, [](const Span& span) {
        return span.kind == SpanKind::Guard
            && (span.detail.ends_with(" message") || span.detail.ends_with(" messages"));
    });
    std::uint64_t count = 0;
    if (guard == spans.end()
        || std::from_chars(guard->detail.data(), guard->detail.data() + guard->detail.size(), count).ec != std::errc())
        return std::nullopt;
    return count;
}

Result<FirstRequest::Response> firstRequest(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const FirstRequest::Request& request)
{
    FirstRequest::Response response;
    EPHOR_TRY(const AgentNames names, agentNames(snapshot));
    const auto agent = names.find(request.agent);
    if (agent == names.end())
        return fail(Error(
            ErrorKind::NotFound, "definition.unknown", "There is no agent of that name.", "See the list of agents.")
                .with("name", request.agent));
    EPHOR_TRY_VOID(call.allow({agent->second.team, services.environment}));
    EPHOR_TRY(const auto run, firstRun(snapshot, request.agent));
    if (!run)
        return response;
    EPHOR_TRY(const auto spans, services.telemetry.spans(run->id));
    response.seen = true;
    response.at = run->startedAt;
    response.caller = run->caller;
    response.messages = messagesIn(spans);
    response.carriedPerson = !run->person.empty();
    response.carriedConversation = !run->conversation.empty();
    response.run = run->id;
    return response;
}

Result<void> addRunNumbers(const Services& services, std::map<std::string, double>& values)
{
    EPHOR_TRY(const Counts all, services.telemetry.allCounts());
    values["runs_total"] = double(all.runs);
    values["runs_done_total"] = double(all.done);
    values["runs_denied_total"] = double(all.denied);
    values["runs_failed_total"] = double(all.failed);
    values["runs_stopped_total"] = double(all.runs - all.done - all.denied - all.failed);
    values["runs_asked_total"] = double(all.asked);
    values["runs_cost_unknown_total"] = double(all.costUnknown);
    values["runs_cost_dollars_total"] = double(all.costNanos) / 1e9;
    values["run_tokens_total"] = double(all.tokens);
    values["tool_verdicts_total"] = double(all.verdicts);
    values["tool_verdicts_denied_total"] = double(all.deniedVerdicts);
    values["tool_verdicts_asked_total"] = double(all.askedVerdicts);
    const Instant now = services.clock.now();
    Measure recent;
    EPHOR_TRY_VOID(services.telemetry.rollups(services.telemetry.edges({now - metricsWindow, now}, 1),
        [&](const RollupRow& row) { return recent.add(row.counts, row.sketch); }));
    const Totals totals = recent.totals();
    const auto add = [&](const char* name, const std::optional<double>& value) {
        if (value)
            values[name] = *value;
    };
    add("run_duration_seconds_p50", totals.p50);
    add("run_duration_seconds_p95", totals.p95);
    add("run_duration_seconds_p99", totals.p99);
    return {};
}

// Names as Prometheus has them, without the program's prefix; what is not known is left out.
Result<ReadMetrics::Response> readMetrics(const Services& services, const store::Snapshot& snapshot)
{
    ReadMetrics::Response response;
    auto& values = response.values;
    const TelemetryCounters counters = services.telemetry.counters();
    values["telemetry_queue"] = double(counters.queued);
    values["telemetry_reports_total"] = double(counters.reports);
    values["telemetry_reports_dropped_total"] = double(counters.dropped);
    EPHOR_TRY_VOID(addRunNumbers(services, values));
    values["runs_running"] = 0;
    values["runs_waiting"] = 0;
    EPHOR_TRY_VOID(snapshot.query(openRunsSql, {}, [&](const store::Row& row) -> Result<void> {
        values[RunState(row.integer(0)) == RunState::Running ? "runs_running" : "runs_waiting"]
            = double(row.integer(1));
        return {};
    }));
    EPHOR_TRY(const auto waiting, snapshot.integer("SELECT count(*) FROM approval WHERE state = 0", {}));
    values["approvals_waiting"] = double(waiting.value_or(0));
    EPHOR_TRY(const auto last, snapshot.integer("SELECT max(idx) FROM leaf", {}));
    values["ledger_entries"] = last ? double(*last + 1) : 0;
    return response;
}

constexpr std::uint64_t longestDays = 365;

Result<Instant> daysAgo(const Services& services, std::uint64_t days)
{
    if (days < 1 || days > longestDays)
        return fail(ErrorKind::Invalid, "insight.days", "Counts go back 1 to 365 days.", "Choose a number in between.");
    return services.clock.now() - std::chrono::days(days);
}

Result<CountFindings::Response> countFindings(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const CountFindings::Request& request)
{
    EPHOR_TRY(const Instant from, daysAgo(services, request.days));
    EPHOR_TRY(const AgentNames names, agentNames(snapshot));
    EPHOR_TRY(auto counts, services.telemetry.findings(from, request.agent));
    std::erase_if(counts, [&](const FindingCount& count) {
        const auto agent = names.find(count.agent);
        return agent == names.end() || !call.holds(Permission::View, {agent->second.team, services.environment});
    });
    EPHOR_TRY(const EntityTitles titles, entityTitles(snapshot));
    for (FindingCount& count : counts) {
        if (const auto title = titles.find(count.what); title != titles.end())
            count.title = title->second;
    }
    return CountFindings::Response{std::move(counts)};
}

Result<ListOutages::Response> listOutages(const Services& services, const ListOutages::Request& request)
{
    EPHOR_TRY(const Instant from, daysAgo(services, request.days));
    EPHOR_TRY(auto outages, services.telemetry.outages(from));
    return ListOutages::Response{std::move(outages)};
}

}

void addHandlers(HandlerTable& table, const Services& services)
{
    table.read<CountFindings>(
        [services](const store::Snapshot& snapshot, const Call& call, const CountFindings::Request& request) {
            return countFindings(services, snapshot, call, request);
        });
    table.read<ListOutages>([services](const store::Snapshot&, const Call&, const ListOutages::Request& request) {
        return listOutages(services, request);
    });
    table.read<ReadOverview>(
        [services](const store::Snapshot& snapshot, const Call& call, const ReadOverview::Request& request) {
            return readOverview(services, snapshot, call, request);
        });
    table.read<ReadAgent>(
        [services](const store::Snapshot& snapshot, const Call& call, const ReadAgent::Request& request) {
            return readAgent(services, snapshot, call, request);
        });
    table.read<WhatChanged>(
        [services](const store::Snapshot& snapshot, const Call& call, const WhatChanged::Request& request) {
            return readChanged(services, snapshot, call, request);
        });
    table.read<ReadInbox>([services](const store::Snapshot& snapshot, const Call& call, const ReadInbox::Request&) {
        return readInbox(services, snapshot, call);
    });
    table.read<FirstRequest>(
        [services](const store::Snapshot& snapshot, const Call& call, const FirstRequest::Request& request) {
            return firstRequest(services, snapshot, call, request);
        });
    table.read<FindAnything>(
        [services](const store::Snapshot& snapshot, const Call& call, const FindAnything::Request& request) {
            return findAnything(services, snapshot, call, request);
        });
    table.read<ReadMetrics>([services](const store::Snapshot& snapshot, const Call&, const ReadMetrics::Request&) {
        return readMetrics(services, snapshot);
    });
}

}
