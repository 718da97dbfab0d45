#pragma once

#include "core/api/audit.h"
#include "core/api/insight.h"
#include "tests/ui/support/ui_support.h"

#include <cmath>

/// A Monday at Northwind Bank, as the home screen meets it.
namespace ephor::ui::test {

inline Totals totalsOf(std::uint64_t runs, double load = 1)
{
    Totals totals;
    totals.runs = runs;
    totals.denied = runs / 90;
    totals.failed = runs / 150;
    totals.done = runs - totals.denied - totals.failed;
    totals.asked = runs / 100;
    totals.verdicts = runs * 3;
    totals.deniedVerdicts = runs / 60;
    totals.askedVerdicts = runs / 34;
    if (runs > 0) {
        totals.p50 = 1.2 + 0.1 * load;
        totals.p95 = 2.6 + 0.5 * load;
        totals.p99 = 5.3 + 1.5 * load;
        totals.cost = Money{std::int64_t(runs) * 16'700'000};
    }
    return totals;
}

inline AgentRow agentOf(
    const char* name, const char* title, AgentHealth health, std::uint64_t release, std::uint64_t runs)
{
    AgentRow agent;
    agent.name = name;
    agent.title = title;
    agent.team = "retail";
    agent.health = health;
    agent.release = release;
    agent.totals = totalsOf(runs);
    for (int at = 0; at < 24; ++at)
        agent.spark.push_back(double(runs) / 24 * (1 + 0.4 * std::sin(at * 0.9 + double(runs % 7))));
    return agent;
}

inline ReadOverview::Response busyOverview()
{
    ReadOverview::Response overview;
    overview.totals = totalsOf(12'846);
    overview.before = totalsOf(12'330, 0.2);
    const Instant start = fixedInstant() - std::chrono::hours(24);
    for (int at = 0; at < 48; ++at) {
        const double hour = std::fmod(14.3 + at / 2.0, 24.0);
        const double shape = 0.16 + 0.84 * std::exp(-std::pow((hour - 11) / 3.2, 2)) + 0.1 * std::sin(at * 1.7);
        SeriesPoint point;
        point.at = start + std::chrono::minutes(30 * at);
        point.totals = totalsOf(std::uint64_t(std::max(12.0, shape * 540)), at > 42 ? 1.8 : 0.4 + 0.2 * std::sin(at));
        overview.series.push_back(point);
    }
    overview.agents = {agentOf("hr", "HR helper", AgentHealth::Healthy, 27, 2'118),
        agentOf("refunds", "Customer refunds", AgentHealth::RollingOut, 41, 5'310),
        agentOf("expense", "Expense audit", AgentHealth::Slow, 12, 1'204),
        agentOf("triage", "IT triage", AgentHealth::Healthy, 18, 3'402),
        agentOf("access", "Access provisioning", AgentHealth::Healthy, 9, 488),
        agentOf("contracts", "Contract review", AgentHealth::Healthy, 15, 324)};
    overview.agents[1].canary = 42;
    overview.agents[1].share = 0.05;
    overview.agents[2].healthDetail = "Slow since 11:50";
    overview.agents[2].totals.p95 = 7.4;
    overview.agents[4].waiting = 3;
    overview.waiting = 7;
    overview.oldestWaiting = fixedInstant() - std::chrono::minutes(38);
    overview.markers = {
        {fixedInstant() - std::chrono::hours(5), "rollout", "IT triage v18 live", "By Jonas Weber", "changes/CH-17"}};
    return overview;
}

inline WhatChanged::Response busyChanges()
{
    using std::chrono::hours;
    using std::chrono::minutes;
    const Instant now = fixedInstant();
    return {now - hours(68) - minutes(38),
        {{now - minutes(28), "denial", "2 calls refused for Customer refunds",
             "Of 15,930 tool calls, none of them was sent", "activity/runs?agent=refunds&denied=true"},
            {now - minutes(150), "health", "Expense audit is slower", "p95 7.4 s, was 4.1 s, on 1,204 runs",
                "agents/expense"},
            {now - hours(5), "rollout", "IT triage v18 live", "By Jonas Weber", "changes/CH-17"},
            {now - hours(20), "change", "CH-18 submitted: Cite the clause number", "Contract review. By Nils Okafor",
                "changes/CH-18"},
            {now - hours(30), "grant", "Customer refunds now asks before payments.send",
                "By Priya Raman: refunds above the limit", "agents/refunds"},
            {now - hours(61), "stop", "Stop lifted: mail.send", "By Ines Marchetti", "assurance/record/1281"},
            {now - hours(64), "person", "Lena Fischer added", "By Jonas Weber", "assurance/record/1188"}}};
}

inline ReadInbox::Response busyInbox()
{
    using std::chrono::minutes;
    const Instant now = fixedInstant();
    ReadInbox::Response inbox;
    inbox.items = {{"action", "ap-1", "Ledger write for Leila Haddad", "Access provisioning · 1 of 2 approvals",
                       now - minutes(20), now + minutes(41), "inbox/ap-1"},
        {"action", "ap-2", "Send a payment for 7731-118", "Customer refunds · 0 of 2 approvals", now - minutes(33),
            now + minutes(72), "inbox/ap-2"},
        {"change", "CH-18", "CH-18, cite the clause number", "Contract review · 6 of 6 checks",
            now - minutes(300), {}, "changes/CH-18"},
        {"ratify", "CH-2", "CH-2, first release", "HR helper · self-approved by Jonas Weber", now - minutes(4'000), {},
            "changes/CH-2"}};
    return inbox;
}

inline RecordStatus busyRecord()
{
    RecordStatus record;
    record.size = 1'284'030;
    record.verified = 1'284'023;
    record.verifiedAt = fixedInstant() - std::chrono::minutes(1);
    record.outsideCopy = 1'284'000;
    record.outsideCopyAt = fixedInstant() - std::chrono::minutes(14);
    return record;
}

}
