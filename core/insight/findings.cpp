#include "core/insight/findings.h"

#include <chrono>
#include <map>
#include <set>
#include <tuple>

namespace ephor::insight {

namespace {

constexpr std::string_view outagePrefix = "outage:";

std::int64_t dayOf(Instant at)
{
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

std::int64_t microsOf(Instant at)
{
    return at.time_since_epoch().count();
}

struct CountPlace {
    std::int64_t day;
    std::string agent;
    TextSurface surface;
    std::string tool;
    std::string what;
    ProtectAction action;
    auto operator<=>(const CountPlace&) const = default;
};

struct Counted {
    std::uint64_t count = 0;
    std::set<std::string> runs;
    std::int64_t last = 0;
    std::string lastRun;
};

Result<void> addCount(store::Transaction& transaction, const CountPlace& place, const Counted& counted)
{
    EPHOR_TRY_VOID(transaction.run(
        "INSERT INTO finding(day, agent, surface, tool, what, action, count, runs, last, last_run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(day, agent, surface, tool, what, action) DO UPDATE SET count = count + excluded.count,"
        " runs = runs + excluded.runs, last_run = CASE WHEN excluded.last >= last THEN excluded.last_run ELSE last_run "
        "END, last = max(last, excluded.last)",
        {place.day, std::string_view(place.agent), std::int64_t(place.surface), std::string_view(place.tool),
            std::string_view(place.what), std::int64_t(place.action), std::int64_t(counted.count),
            std::int64_t(counted.runs.size()), counted.last, std::string_view(counted.lastRun)}));
    return {};
}

Result<void> addOutage(store::Transaction& transaction, std::string_view cause, Instant at, std::uint64_t blocked)
{
    EPHOR_TRY(const auto since,
        transaction.integer("SELECT max(since) FROM outage WHERE cause = ? AND lasting = 1", {cause}));
    if (since) {
        EPHOR_TRY_VOID(transaction.run(
            "UPDATE outage SET last = max(last, ?), blocked = blocked + ? WHERE cause = ? AND since = ?",
            {microsOf(at), std::int64_t(blocked), cause, *since}));
        return {};
    }
    EPHOR_TRY_VOID(
        transaction.run("INSERT INTO outage(cause, since, last, blocked, lasting) VALUES (?, ?, ?, ?, 1)"
                        " ON CONFLICT(cause, since) DO UPDATE SET blocked = blocked + excluded.blocked, lasting = 1",
            {cause, microsOf(at), microsOf(at), std::int64_t(blocked)}));
    return {};
}

}

Result<void> writeFindings(store::Transaction& transaction, const std::deque<RunReport>& reports)
{
    std::map<CountPlace, Counted> counts;
    for (const RunReport& report : reports) {
        const Instant at = report.summary.startedAt + Duration(std::int64_t(report.summary.durationMicros));
        std::map<std::string, std::uint64_t> outages;
        bool passed = false;
        for (const Inspected& text : report.inspected) {
            bool failed = false;
            for (const Noticed& noticed : text.noticed) {
                if (noticed.what.starts_with(outagePrefix)) {
                    outages[noticed.what.substr(outagePrefix.size())] += noticed.count;
                    failed = true;
                    continue;
                }
                Counted& counted = counts[{dayOf(report.summary.startedAt), report.summary.agent, text.surface,
                    text.tool, noticed.what, noticed.action}];
                counted.count += noticed.count;
                counted.runs.insert(report.summary.id);
                if (microsOf(at) >= counted.last) {
                    counted.last = microsOf(at);
                    counted.lastRun = report.summary.id;
                }
            }
            passed = passed || !failed;
        }
        if (passed && outages.empty())
            EPHOR_TRY_VOID(
                transaction.run("UPDATE outage SET lasting = 0 WHERE lasting = 1 AND last < ?", {microsOf(at)}));
        for (const auto& [cause, blocked] : outages)
            EPHOR_TRY_VOID(addOutage(transaction, cause, at, blocked));
    }
    for (const auto& [place, counted] : counts)
        EPHOR_TRY_VOID(addCount(transaction, place, counted));
    return {};
}

Result<std::vector<FindingCount>> readFindings(const store::Snapshot& snapshot, Instant from, const std::string& agent)
{
    std::vector<FindingCount> counts;
    EPHOR_TRY_VOID(
        snapshot.query("SELECT agent, surface, tool, what, action, sum(count), sum(runs), max(last), last_run"
                       " FROM finding WHERE day >= ? AND (?2 = '' OR agent = ?2)"
                       " GROUP BY agent, surface, tool, what, action ORDER BY sum(count) DESC, what, agent",
            {dayOf(from), std::string_view(agent)}, [&](const store::Row& row) -> Result<void> {
                FindingCount count;
                count.agent = row.string(0);
                count.surface = TextSurface(row.integer(1));
                count.tool = row.string(2);
                count.what = row.string(3);
                count.action = ProtectAction(row.integer(4));
                count.count = std::uint64_t(row.integer(5));
                count.runs = std::uint64_t(row.integer(6));
                count.last = Instant(Duration(row.integer(7)));
                count.lastRun = row.string(8);
                counts.push_back(std::move(count));
                return {};
            }));
    return counts;
}

Result<std::vector<Outage>> readOutages(const store::Snapshot& snapshot, Instant from)
{
    std::vector<Outage> outages;
    EPHOR_TRY_VOID(snapshot.query("SELECT cause, since, last, blocked, lasting FROM outage"
                                  " WHERE last >= ? OR lasting = 1 ORDER BY since DESC",
        {microsOf(from)}, [&](const store::Row& row) -> Result<void> {
            Outage outage;
            outage.cause = row.string(0);
            outage.since = Instant(Duration(row.integer(1)));
            outage.last = Instant(Duration(row.integer(2)));
            outage.blocked = std::uint64_t(row.integer(3));
            outage.lasting = row.integer(4) != 0;
            const std::string what = outage.blocked == 1 ? "1 text" : std::to_string(outage.blocked) + " texts";
            outage.sentence = outage.lasting
                ? "Ephor holds back " + what + ": the " + outage.cause + " does not work."
                : "Ephor held back " + what + " while the " + outage.cause + " did not work.";
            outages.push_back(std::move(outage));
            return {};
        }));
    return outages;
}

Result<void> removeFindings(store::Transaction& transaction, Instant until)
{
    EPHOR_TRY_VOID(transaction.run("DELETE FROM finding WHERE day < ?", {dayOf(until)}));
    return {};
}

}
