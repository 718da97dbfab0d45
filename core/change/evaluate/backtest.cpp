#include "core/change/evaluate/backtest.h"

#include "core/change/evaluate/rule_checks.h"
#include "core/domain/reflect.h"
#include "core/run/runtime/recorded_calls.h"
#include "core/trust/identity/known_principal.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

namespace ephor::evaluate {

namespace {

// Runs looked up at once: what a page of many small ones holds in memory.
constexpr std::int64_t mostRuns = 20'000;

using Steady = std::chrono::steady_clock;

std::uint64_t microsSince(Steady::time_point began)
{
    return std::uint64_t(std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - began).count());
}

int openness(const std::string& word)
{
    return word == "allow" ? 2 : word == "ask" ? 1 : 0;
}

struct RunRow {
    Instant startedAt;
    std::string id;
    std::string agent;
    std::string team;
    std::string requester;
    std::string person;
    std::string conversation;
};

class Backtester {
public:
    Backtester(const ledger::Ledger& ledger, const store::Snapshot& snapshot, const BacktestScope& scope)
        : m_ledger(ledger)
        , m_snapshot(snapshot)
        , m_scope(scope)
    {
    }

    /// Of a day before the page: what rules over a session count, and nothing else.
    Result<void> remember(const RunRow& run)
    {
        if (m_scope.told(run.team) == FlipsTold::None)
            return {};
        BothRules* const rules = rulesOf(run.agent);
        if (rules == nullptr || !(rules->inForce.asksSessions() || rules->candidate.asksSessions()))
            return {};
        EPHOR_TRY(const auto recorded, runtime::recordedCalls(m_ledger, m_snapshot, run.id));
        EPHOR_TRY(const Principal requester, principalOf(run.requester));
        std::uint64_t made = 0;
        for (const runtime::RecordedCall& call : recorded.calls) {
            if (!call.word)
                continue;
            const AgentRules::Question question = questionOf(run, call, made);
            (void)rules->inForce.judge(question, requester);
            (void)rules->candidate.judge(question, requester);
            made += call.left ? 1 : 0;
        }
        return {};
    }

    Result<void> take(const RunRow& run)
    {
        if (m_scope.told(run.team) == FlipsTold::None)
            return {};
        EPHOR_TRY(const auto recorded, runtime::recordedCalls(m_ledger, m_snapshot, run.id));
        ++m_response.runs;
        m_response.unjudged += recorded.erased ? 1 : 0;
        EPHOR_TRY(const Principal requester, principalOf(run.requester));
        BothRules* const rules = rulesOf(run.agent);
        std::uint64_t made = 0;
        for (const runtime::RecordedCall& call : recorded.calls) {
            // What another gate decided, it would decide again.
            if (!call.word)
                continue;
            if (rules == nullptr)
                ++m_response.unjudged;
            else
                judge(run, call, requester, *rules, made);
            made += call.left ? 1 : 0;
        }
        return {};
    }

    bool isFull(std::uint64_t micros) const
    {
        const PageBudget& budget = m_scope.budget;
        return (budget.calls > 0 && m_response.calls + m_response.unjudged >= budget.calls)
            || (budget.flips > 0 && m_response.flips >= budget.flips)
            || (budget.time.count() > 0 && micros >= std::uint64_t(budget.time.count()) * 1'000);
    }

    Backtest::Response response() &&
    {
        std::ranges::reverse(m_response.first);
        return std::move(m_response);
    }

private:
    BothRules* rulesOf(const std::string& agent)
    {
        const auto known = m_rules.find(agent);
        if (known != m_rules.end())
            return known->second ? &*known->second : nullptr;
        auto rules = m_scope.rulesFor(agent);
        std::optional<BothRules>& kept = m_rules[agent];
        if (rules)
            kept.emplace(std::move(*rules));
        return kept ? &*kept : nullptr;
    }

    Result<Principal> principalOf(const std::string& id)
    {
        const auto known = m_principals.find(id);
        if (known != m_principals.end())
            return known->second;
        EPHOR_TRY(
            Principal found, identity::knownPrincipal(m_snapshot, id, m_scope.rolesAt.value_or(m_scope.place.until)));
        return m_principals.emplace(id, std::move(found)).first->second;
    }

    static AgentRules::Question questionOf(const RunRow& run, const runtime::RecordedCall& call, std::uint64_t made)
    {
        return {call.tool, call.arguments, call.at, run.conversation, run.person, run.id, made, call.id,
            call.left ? call.answeredAt : std::nullopt, call.answer};
    }

    void judge(const RunRow& run, const runtime::RecordedCall& call, const Principal& requester, BothRules& rules,
        std::uint64_t made)
    {
        const AgentRules::Question question = questionOf(run, call, made);
        const auto began = Steady::now();
        const auto before = rules.inForce.judge(question, requester);
        const auto after = rules.candidate.judge(question, requester);
        m_response.judgingMicros += microsSince(began);
        if (!before || !after) {
            ++m_response.unjudged;
            return;
        }
        ++m_response.calls;
        const std::string wordBefore = wordOf(*before);
        const std::string wordAfter = wordOf(*after);
        if (wordBefore == wordAfter)
            return;
        ++m_response.flips;
        ++(openness(wordAfter) > openness(wordBefore) ? m_response.loosened : m_response.tightened);
        if (m_scope.budget.flips == 0)
            return;
        VerdictFlip& flip = m_response.first.emplace_back();
        flip = {run.id, run.agent, call.tool, call.at, {}, wordBefore, wordAfter, ephor::wordOf(*call.word),
            after->rule, {}};
        if (m_scope.told(run.team) != FlipsTold::Whole)
            return;
        flip.person = run.person;
        flip.reason = after->reason;
    }

    const ledger::Ledger& m_ledger;
    const store::Snapshot& m_snapshot;
    const BacktestScope& m_scope;
    std::map<std::string, std::optional<BothRules>> m_rules;
    std::map<std::string, Principal> m_principals;
    Backtest::Response m_response;
};

std::int64_t countOf(Instant instant)
{
    return instant.time_since_epoch().count();
}

/// A lone run is its own session; those of conversations outlast theirs.
enum class Sessions { Every, Lasting };

// Runs of the scope that made or wanted calls, in order of time, after `place` and before `until`.
Result<std::vector<RunRow>> runsOf(const store::Snapshot& snapshot, const BacktestScope& scope,
    std::pair<Instant, std::string_view> place, std::pair<Instant, std::string_view> until, Sessions sessions)
{
    std::vector<RunRow> runs;
    const bool lasting = sessions == Sessions::Lasting;
    constexpr std::string_view sql
        = "SELECT started_at, id, agent, json_extract(body, '$.team'), requester, person, conversation FROM run"
          " WHERE environment = ?1 AND (?2 = '' OR agent = ?2) AND started_at >= ?3 AND (started_at, id) > (?3, ?4)"
          " AND (started_at, id) <= (?5, ?6)"
          " AND json_extract(body, '$.toolCalls') + denied + json_extract(body, '$.asked') > 0"
          " AND (?7 = 0 OR conversation <> '') ORDER BY started_at, id LIMIT ?8";
    EPHOR_TRY_VOID(snapshot.query(sql,
        {std::string_view(scope.environment), std::string_view(scope.agent), countOf(place.first), place.second,
            countOf(until.first), until.second, std::int64_t(lasting ? 1 : 0), lasting ? std::int64_t(-1) : mostRuns},
        [&](const store::Row& row) -> Result<void> {
            runs.push_back({Instant(Instant::duration(row.integer(0))), row.string(1), row.string(2), row.string(3),
                row.string(4), row.string(5), row.string(6)});
            return {};
        }));
    return runs;
}

// No id of a run is as great.
constexpr std::string_view greatestId = "\x7f";

}

Result<Backtest::Response> runBacktest(
    const ledger::Ledger& ledger, const store::Snapshot& snapshot, const BacktestScope& scope)
{
    const auto began = Steady::now();
    const BacktestPlace& place = scope.place;
    Backtester backtester(ledger, snapshot, scope);
    const Instant start = place.run.empty() ? place.from : place.startedAt;
    EPHOR_TRY(const auto before,
        runsOf(snapshot, scope, {start - std::chrono::duration_cast<Duration>(sessionLookback), {}}, {start, place.run},
            Sessions::Lasting));
    for (const RunRow& run : before)
        EPHOR_TRY_VOID(backtester.remember(run));
    const std::uint64_t remembering = microsSince(began);
    EPHOR_TRY(const auto runs, runsOf(snapshot, scope, {start, place.run}, {place.until, greatestId}, Sessions::Every));
    BacktestPlace reached = place;
    bool isLast = std::int64_t(runs.size()) < mostRuns;
    for (const RunRow& run : runs) {
        EPHOR_TRY_VOID(backtester.take(run));
        reached.startedAt = run.startedAt;
        reached.run = run.id;
        // A page judges for at least as long as it remembered: else long days would be remembered over and over.
        const std::uint64_t judging = microsSince(began) - remembering;
        if (&run != &runs.back() && backtester.isFull(judging > remembering ? judging : 0)) {
            isLast = false;
            break;
        }
    }
    Backtest::Response response = std::move(backtester).response();
    response.tookMicros = microsSince(began);
    response.from = place.from;
    response.until = place.until;
    response.through = isLast ? place.until : reached.startedAt;
    if (!isLast)
        response.next = textOf(reached);
    return response;
}

}
