#include "core/run/runtime/run_store.h"

#include "core/domain/json_text.h"
#include "core/domain/reflect.h"
#include "core/domain/short_id.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

constexpr store::Migration runtimeMigrations[] = {
    {"run/runtime", 1, "runs and their journal",
        "CREATE TABLE run(id TEXT PRIMARY KEY, agent TEXT NOT NULL, environment TEXT NOT NULL, release TEXT NOT NULL,"
        " variant INTEGER NOT NULL, state INTEGER NOT NULL, started_at INTEGER NOT NULL, person TEXT NOT NULL,"
        " conversation TEXT NOT NULL, reference TEXT NOT NULL, denied INTEGER NOT NULL, requester TEXT NOT NULL,"
        " body TEXT NOT NULL) STRICT, WITHOUT ROWID;"
        "CREATE INDEX run_agent ON run(agent, id);"
        "CREATE INDEX run_open ON run(state, id) WHERE state IN (0, 1);"
        "CREATE INDEX run_reference ON run(reference) WHERE reference <> '';"
        "CREATE TABLE run_step(run TEXT NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, entry INTEGER NOT NULL,"
        " call TEXT NOT NULL, approval TEXT NOT NULL, PRIMARY KEY(run, seq)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE call_day(day INTEGER NOT NULL, agent TEXT NOT NULL, tool TEXT NOT NULL, word INTEGER NOT NULL,"
        " count INTEGER NOT NULL, PRIMARY KEY(agent, tool, word, day)) STRICT, WITHOUT ROWID;"},
    {"run/runtime", 2, "runs of a conversation",
        "CREATE INDEX run_conversation ON run(conversation, started_at) WHERE conversation <> '';"},
    {"run/runtime", 3, "people who are to be erased",
        "CREATE TABLE erasure_wish(person TEXT PRIMARY KEY, asked_by TEXT NOT NULL, asked_by_name TEXT NOT NULL,"
        " asked_at INTEGER NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;"},
    {"run/runtime", 4, "runs of a person", "CREATE INDEX run_person ON run(person) WHERE person <> '';"},
};

constexpr std::size_t shortestPrefix = 6;
constexpr std::int64_t countingStopsAt = 10'000; // a list says "10,000+" rather than scan a year of runs for a number

std::int64_t microsOf(Instant instant)
{
    return instant.time_since_epoch().count();
}

Result<RunSummary> runOf(std::string_view body)
{
    EPHOR_TRY(const Json json, parseJson(body));
    return fromJson<RunSummary>(json, UnknownMembers::Ignore);
}

// The conditions of a filter with the values they bind, in order.
struct Where {
    std::string sql = "1";
    std::vector<store::Value> values;
    std::unique_ptr<std::string> pasted; ///< what some of the values point into

    void add(std::string_view condition, std::initializer_list<store::Value> bound)
    {
        sql += " AND ";
        sql += condition;
        values.insert(values.end(), bound);
    }
};

Where whereOf(const RunFilter& filter, std::string_view hiddenText)
{
    Where where;
    if (!filter.agent.empty())
        where.add("agent = ?", {std::string_view(filter.agent)});
    if (!filter.team.empty())
        where.add("agent IN (SELECT name FROM definition WHERE kind = 'agent' AND team = ?)",
            {std::string_view(filter.team)});
    if (!filter.release.empty())
        where.add("release = ?", {std::string_view(filter.release)});
    if (filter.variant)
        where.add("variant = ?", {std::int64_t(*filter.variant)});
    if (filter.denied)
        where.add("denied > 0", {});
    if (microsOf(filter.range.from) != 0)
        where.add("started_at >= ?", {microsOf(filter.range.from)});
    if (microsOf(filter.range.to) != 0)
        where.add("started_at < ?", {microsOf(filter.range.to)});
    if (!filter.states.empty()) {
        std::string marks;
        for (std::size_t i = 0; i < filter.states.size(); ++i)
            marks += i == 0 ? "?" : ", ?";
        where.sql += " AND state IN (" + marks + ")";
        for (const RunState state : filter.states)
            where.values.emplace_back(std::int64_t(state));
    }
    if (!filter.text.empty()) {
        const std::string_view text = filter.text;
        where.pasted = std::make_unique<std::string>(pastedId(text));
        const std::string_view id = *where.pasted;
        if (isShortId(id))
            where.add("(reference IN (?, ?) OR person IN (?, ?) OR conversation IN (?, ?) OR substr(id, 1, 8) = ?"
                      " OR substr(id, -8) = ?)",
                {text, hiddenText, text, hiddenText, text, hiddenText, id, id});
        else
            where.add("(reference IN (?, ?) OR person IN (?, ?) OR conversation IN (?, ?) OR (id >= ? AND substr(id, "
                      "1, length(?)) = ?)"
                      " OR id IN (SELECT run FROM approval WHERE id = ?))",
                {text, hiddenText, text, hiddenText, text, hiddenText, id, id, id, id});
    }
    return where;
}

}

std::span<const store::Migration> migrations()
{
    return runtimeMigrations;
}

// A member's name between quotes stands nowhere else in JSON: inside a text its quotes would be escaped.
RunHeader::RunHeader(const RunSummary& run)
{
    m_text = jsonTextOf(run);
    const auto open = [this](std::string_view member) {
        const std::size_t place = m_text.find(member) + member.size();
        const std::size_t length = m_text.find_first_of(",}", place) - place;
        m_text.erase(place, length);
        for (std::size_t& other : m_places)
            other -= other > place ? length : 0;
        m_places.push_back(place);
    };
    if (!run.firstEntry)
        open("\"firstEntry\":");
    open("\"lastEntry\":");
    std::ranges::sort(m_places);
}

std::string RunHeader::with(std::uint64_t entry) const
{
    const std::string index = std::to_string(entry);
    std::string body;
    body.reserve(m_text.size() + m_places.size() * index.size());
    std::size_t from = 0;
    for (const std::size_t place : m_places) {
        body.append(m_text, from, place - from).append(index);
        from = place;
    }
    return body.append(m_text, from);
}

Result<void> addRun(store::Transaction& transaction, const RunSummary& run, const std::string& requester)
{
    return addRun(transaction, run, requester, jsonTextOf(run));
}

Result<void> addRun(
    store::Transaction& transaction, const RunSummary& run, const std::string& requester, std::string_view body)
{
    EPHOR_TRY([[maybe_unused]] auto added,
        transaction.run(
            "INSERT INTO run(id, agent, environment, release, variant, state, started_at, person, conversation,"
            " reference, denied, requester, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {std::string_view(run.id), std::string_view(run.agent), std::string_view(run.environment),
                std::string_view(run.release), std::int64_t(run.variant), std::int64_t(run.state),
                microsOf(run.startedAt), std::string_view(run.person), std::string_view(run.conversation),
                std::string_view(run.decision.reference), std::int64_t(run.denied), std::string_view(requester),
                body}));
    return {};
}

Result<void> updateRun(store::Transaction& transaction, const RunSummary& run, std::string_view body)
{
    EPHOR_TRY([[maybe_unused]] auto changed,
        transaction.run("UPDATE run SET state = ?, denied = ?, body = ? WHERE id = ?",
            {std::int64_t(run.state), std::int64_t(run.denied), body, std::string_view(run.id)}));
    return {};
}

Result<RunSummary> findRun(const store::Snapshot& snapshot, const std::string& idOrPrefix)
{
    if (idOrPrefix.size() < shortestPrefix)
        return fail(ErrorKind::Invalid, "run.short-prefix", "A run is named by at least six characters of its id.",
            "Add more of it.");
    std::vector<std::string> bodies;
    const std::string id = pastedId(idOrPrefix);
    const std::string end = id + "~";
    const auto take = [&](const store::Row& row) -> Result<void> {
        bodies.push_back(row.string(0));
        return {};
    };
    // Eight digits are mostly the end of an id, since that is what people are shown.
    if (isShortId(id)) {
        EPHOR_TRY_VOID(snapshot.query("SELECT body FROM run WHERE id IN (SELECT id FROM run WHERE substr(id, -8) = ?1"
                                      " OR substr(id, 1, 8) = ?1 LIMIT 2)",
            {std::string_view(id)}, take));
    } else {
        EPHOR_TRY_VOID(snapshot.query("SELECT body FROM run WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
            {std::string_view(id), std::string_view(end)}, take));
    }
    if (bodies.empty())
        return fail(Error(ErrorKind::NotFound, "run.unknown", "There is no such run.", "See the list of runs.")
                .with("id", idOrPrefix));
    if (bodies.size() > 1)
        return fail(
            Error(ErrorKind::Invalid, "run.ambiguous", "This stands for more than one run.", "Add more of the id.")
                .with("id", idOrPrefix));
    return runOf(bodies.front());
}

Result<std::string> requesterOf(const store::Snapshot& snapshot, const std::string& run)
{
    EPHOR_TRY(const auto requester, snapshot.text("SELECT requester FROM run WHERE id = ?", {std::string_view(run)}));
    return requester.value_or("");
}

Result<ListRuns::Response> listRuns(
    const store::Snapshot& snapshot, const ListRuns::Request& request, std::string_view hiddenText)
{
    ListRuns::Response response;
    Where where = whereOf(request.filter, hiddenText);
    const std::string counting = "SELECT count(*) FROM (SELECT 1 FROM run WHERE " + where.sql + " LIMIT "
        + std::to_string(countingStopsAt) + ")";
    if (request.page.cursor.empty()) {
        EPHOR_TRY_VOID(snapshot.queryWith(counting, where.values, [&](const store::Row& row) -> Result<void> {
            response.page.total = std::uint64_t(row.integer(0));
            response.page.exact = row.integer(0) < countingStopsAt;
            return {};
        }));
    } else {
        where.add("id < ?", {std::string_view(request.page.cursor)});
    }
    const auto limit = std::int64_t(std::clamp<std::uint64_t>(request.page.limit, 1, largestPage));
    where.values.emplace_back(limit);
    EPHOR_TRY_VOID(snapshot.queryWith("SELECT body FROM run WHERE " + where.sql + " ORDER BY id DESC LIMIT ?",
        where.values, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(response.runs.emplace_back(), runOf(row.text(0)));
            return {};
        }));
    if (std::int64_t(response.runs.size()) == limit)
        response.page.next = response.runs.back().id;
    return response;
}

Result<std::vector<RunSummary>> unfinishedRuns(const store::Snapshot& snapshot)
{
    std::vector<RunSummary> runs;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT body FROM run WHERE state IN (0, 1) ORDER BY id", {}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(runs.emplace_back(), runOf(row.text(0)));
            return {};
        }));
    return runs;
}

Result<void> addStep(store::Transaction& transaction, const JournalStep& step)
{
    EPHOR_TRY([[maybe_unused]] auto added,
        transaction.run("INSERT INTO run_step(run, seq, kind, entry, call, approval) VALUES (?, ?, ?, ?, ?, ?)",
            {std::string_view(step.run), std::int64_t(step.seq), std::int64_t(step.kind), std::int64_t(step.entry),
                std::string_view(step.call), std::string_view(step.approval)}));
    return {};
}

Result<std::vector<JournalStep>> journal(const store::Snapshot& snapshot, const std::string& run)
{
    std::vector<JournalStep> steps;
    EPHOR_TRY_VOID(snapshot.query("SELECT seq, kind, entry, call, approval FROM run_step WHERE run = ? ORDER BY seq",
        {std::string_view(run)}, [&](const store::Row& row) -> Result<void> {
            steps.push_back({run, std::uint64_t(row.integer(0)), JournalKind(row.integer(1)),
                std::uint64_t(row.integer(2)), row.string(3), row.string(4)});
            return {};
        }));
    return steps;
}

Result<void> countVerdict(
    store::Transaction& transaction, Instant at, const std::string& agent, const std::string& tool, VerdictWord word)
{
    const auto day = std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
    EPHOR_TRY([[maybe_unused]] auto counted,
        transaction.run("INSERT INTO call_day(day, agent, tool, word, count) VALUES (?, ?, ?, ?, 1)"
                        " ON CONFLICT(agent, tool, word, day) DO UPDATE SET count = count + 1",
            {std::int64_t(day), std::string_view(agent), std::string_view(tool), std::int64_t(word)}));
    return {};
}

Result<UnitCoverage> unitCoverage(const store::Snapshot& snapshot, const std::string& agent, std::uint64_t lookback)
{
    UnitCoverage coverage;
    EPHOR_TRY_VOID(snapshot.query("SELECT count(*), total(person = '' AND conversation = '') FROM"
                                  " (SELECT person, conversation FROM run WHERE agent = ? ORDER BY id DESC LIMIT ?)",
        {std::string_view(agent), std::int64_t(lookback)}, [&](const store::Row& row) -> Result<void> {
            coverage.requests = std::uint64_t(row.integer(0));
            coverage.withoutUnit = std::uint64_t(row.integer(1));
            return {};
        }));
    return coverage;
}

}
