#include "core/change/evaluate/backtest.h"

#include "core/change/evaluate/rule_checks.h"
#include "core/domain/reflect.h"
#include "core/run/runtime/recorded_calls.h"
#include "core/trust/identity/known_principal.h"

#include <chrono>
#include <deque>
#include <nlohmann/json.hpp>
#include <optional>

namespace ephor::evaluate {

namespace {

// More than this nobody reads; the totals count them all.
constexpr std::size_t mostShownFlips = 500;

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

    Result<void> take(const RunRow& run)
    {
        if (!m_scope.mayOpen(run.team))
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

    Backtest::Response response() &&
    {
        m_response.first.assign(m_flips.begin(), m_flips.end());
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
        EPHOR_TRY(Principal found, identity::knownPrincipal(m_snapshot, id, m_scope.until));
        return m_principals.emplace(id, std::move(found)).first->second;
    }

    void judge(const RunRow& run, const runtime::RecordedCall& call, const Principal& requester, BothRules& rules,
        std::uint64_t made)
    {
        const AgentRules::Question question{call.tool, call.arguments, call.at, run.conversation, run.person, run.id,
            made, call.id, call.left ? call.answeredAt : std::nullopt, call.answer};
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
        m_flips.push_front({run.id, run.agent, call.tool, call.at, run.person, wordBefore, wordAfter,
            ephor::wordOf(*call.word), after->rule, after->reason});
        if (m_flips.size() > mostShownFlips)
            m_flips.pop_back();
    }

    const ledger::Ledger& m_ledger;
    const store::Snapshot& m_snapshot;
    const BacktestScope& m_scope;
    std::map<std::string, std::optional<BothRules>> m_rules;
    std::map<std::string, Principal> m_principals;
    std::deque<VerdictFlip> m_flips; ///< newest first
    Backtest::Response m_response;
};

}

Result<Backtest::Response> runBacktest(
    const ledger::Ledger& ledger, const store::Snapshot& snapshot, const BacktestScope& scope)
{
    const auto began = Steady::now();
    Backtester backtester(ledger, snapshot, scope);
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT id, agent, json_extract(body, '$.team'), requester, person, conversation FROM run WHERE"
        " environment = ?1 AND (?2 = '' OR agent = ?2) AND started_at >= ?3 AND started_at <"
        " ?4 AND json_extract(body, '$.toolCalls') + denied + json_extract(body, '$.asked') > 0"
        " ORDER BY started_at",
        {std::string_view(scope.environment), std::string_view(scope.agent),
            std::int64_t(scope.from.time_since_epoch().count()), std::int64_t(scope.until.time_since_epoch().count())},
        [&](const store::Row& row) {
            return backtester.take(
                {row.string(0), row.string(1), row.string(2), row.string(3), row.string(4), row.string(5)});
        }));
    Backtest::Response response = std::move(backtester).response();
    response.tookMicros = microsSince(began);
    return response;
}

}
