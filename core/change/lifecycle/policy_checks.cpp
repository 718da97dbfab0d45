#include "core/change/lifecycle/policy_checks.h"

#include "core/base/clock.h"
#include "core/change/evaluate/backtest.h"
#include "core/change/evaluate/rule_checks.h"
#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/trust/cedar/validator.h"
#include "core/trust/policy/grant_policy.h"

#include <algorithm>

namespace ephor::lifecycle {

namespace {

constexpr int backtestedDays = 30;
// As of policies.backtest: long enough that what a page begins with hardly counts.
constexpr evaluate::PageBudget onePage{50'000, 0, std::chrono::milliseconds(1'500)};

bool movesRules(std::span<const ChangeItem> items, std::span<const GrantEdit> grants)
{
    return !grants.empty() || std::ranges::any_of(items, [](const ChangeItem& item) {
        return item.kind == DefinitionKind::Policy || item.kind == DefinitionKind::Tool;
    });
}

std::string counted(std::uint64_t count, const std::string& one)
{
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

Result<void> checkPolicy(const store::Snapshot& snapshot, const DefinitionRef& pin, const Release& candidate,
    const PolicyGround& ground, CheckResult& check)
{
    EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, pin.kind, pin.name, pin.version));
    EPHOR_TRY(const PolicyBody body, definition::policyFrom(bytes.body));
    EPHOR_TRY(const auto tools, evaluate::everyTool(snapshot));
    EPHOR_TRY(const auto schema, policy::schemaOf(tools));
    for (const Problem& problem : evaluate::problemsOf(body, *schema)) {
        if (problem.warning)
            continue;
        check.passed = false;
        check.detail += pin.name + ", line " + std::to_string(problem.line) + ": " + problem.message + " ";
    }
    // A case says what the rules do; whether they are only observed yet is another matter.
    CandidateRules enforced;
    enforced.policies.push_back({pin.name, body});
    enforced.policies.front().body.mode = RuleMode::Enforce;
    const auto rulesFor = [&](const std::string& agent) -> Result<evaluate::AgentRules> {
        EPHOR_TRY(const auto rules,
            agent == candidate.agent
                ? evaluate::AgentRules::ofRelease(snapshot, candidate, ground.environment, ground.standing)
                : evaluate::AgentRules::inForce(snapshot, agent, ground.environment, ground.standing));
        return rules.with(enforced, ground.now);
    };
    const auto results = evaluate::runCases(body.cases, rulesFor, ground.now);
    for (const PolicyCaseResult& result : results) {
        if (result.passed)
            continue;
        check.passed = false;
        check.detail += "The case \"" + result.name + "\" of " + pin.name + " expects " + result.expect + " and gets "
            + (result.word.empty() ? "no verdict: " + result.reason : result.word) + ". ";
    }
    return {};
}

// A grant is held to the very tools of the release: a limit on a number that is written as a whole one, or on an
// argument that is not there, would bind nothing.
Result<void> checkGrants(
    const store::Snapshot& snapshot, const Release& candidate, const PolicyGround& ground, CheckResult& check)
{
    EPHOR_TRY(
        const auto rules, evaluate::AgentRules::ofRelease(snapshot, candidate, ground.environment, ground.standing));
    EPHOR_TRY(const auto schema, policy::schemaOf(rules.words()));
    std::vector<cedar::PolicySource> sources;
    for (const PolicyText& policy : candidate.policies) {
        if (policy::isGrant(policy.id))
            sources.push_back({policy.id, policy.text});
    }
    EPHOR_TRY(const auto set, cedar::PolicySet::fromPolicies(sources));
    const cedar::Validation validation = cedar::validate(*set, *schema);
    for (const auto* const findings : {&validation.errors, &validation.warnings}) {
        for (const cedar::Finding& finding : *findings) {
            check.passed = false;
            check.detail += std::string(finding.policy->id) + ": " + finding.message + " ";
        }
    }
    return {};
}

/// Judges the calls of the last days, each day in pages.
class DayByDay {
public:
    DayByDay(
        store::Database& database, const BacktestQuestion& question, const PolicyGround& ground, const Clock& clock)
        : m_database(database)
        , m_question(question)
        , m_ground(ground)
        , m_clock(clock)
        , m_begun(clock.steady())
    {
    }

    /// False where nothing is in production.
    Result<bool> judge()
    {
        for (; m_days < backtestedDays; ++m_days) {
            // Both ends of a place are in it.
            const Instant until
                = m_ground.now - std::chrono::days(m_days) - (m_days > 0 ? Instant::duration(1) : Instant::duration(0));
            evaluate::BacktestPlace place{m_ground.now - std::chrono::days(m_days + 1), until, {}, {}};
            bool goesOn = true;
            while (goesOn) {
                if (m_pages > 0 && m_clock.steady() - m_begun >= longestBacktest)
                    return true;
                EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
                    EPHOR_TRY(goesOn, page(snapshot, place));
                    return {};
                }));
                if (!m_compares || !m_isWanted)
                    return m_compares;
            }
        }
        return true;
    }

    const Backtest::Response& sum() const { return m_sum; }

    std::string inWords() const
    {
        const std::string when
            = m_days == 0 ? "of the last hours" : "of the last " + counted(std::uint64_t(m_days), "day");
        std::string words = m_sum.flips == 0
            ? "None of the " + counted(m_sum.calls, "call") + " " + when + " would have got another verdict."
            : std::to_string(m_sum.flips) + " of the " + counted(m_sum.calls, "call") + " " + when
                + " would have got another verdict: " + std::to_string(m_sum.loosened) + " looser, "
                + std::to_string(m_sum.tightened) + " stricter.";
        if (m_sum.unjudged > 0)
            words += " " + counted(m_sum.unjudged, "call") + " could not be judged.";
        if (m_days < backtestedDays)
            words += " What came before was not judged in the time there was; a backtest of the change tells it.";
        return words;
    }

private:
    // Whether the day goes on after the page.
    Result<bool> page(const store::Snapshot& snapshot, evaluate::BacktestPlace& place)
    {
        if (m_pages++ == 0)
            compile(snapshot);
        m_isWanted = m_question.isWanted(snapshot);
        if (!m_compares || !m_isWanted)
            return false;
        evaluate::BacktestScope scope;
        scope.agent = m_question.candidate.agent;
        scope.environment = m_ground.environment;
        scope.place = place;
        scope.rolesAt = m_ground.now;
        scope.budget = onePage;
        scope.told = [](const std::string&) { return evaluate::FlipsTold::Names; };
        scope.rulesFor = [&](const std::string&) -> Result<evaluate::BothRules> {
            if (!m_rules)
                return fail(ErrorKind::Invalid, "policy.unreadable", "The rules of the change cannot be read.");
            return *m_rules;
        };
        EPHOR_TRY(const auto judged, evaluate::runBacktest(m_ground.ledger, snapshot, scope));
        m_sum.calls += judged.calls;
        m_sum.flips += judged.flips;
        m_sum.loosened += judged.loosened;
        m_sum.tightened += judged.tightened;
        m_sum.unjudged += judged.unjudged;
        if (judged.next.empty())
            return false;
        EPHOR_TRY(place, evaluate::placeFrom(judged.next));
        return true;
    }

    // Rules are the same for every page; what they remember of sessions is not.
    void compile(const store::Snapshot& snapshot)
    {
        auto before = evaluate::AgentRules::inForce(
            snapshot, m_question.candidate.agent, m_ground.environment, m_ground.standing);
        m_compares = before.has_value();
        auto after
            = evaluate::AgentRules::ofRelease(snapshot, m_question.candidate, m_ground.environment, m_ground.standing);
        if (before && after)
            m_rules.emplace(evaluate::BothRules{std::move(*before), std::move(*after)});
    }

    store::Database& m_database;
    const BacktestQuestion& m_question;
    const PolicyGround& m_ground;
    const Clock& m_clock;
    Duration m_begun;
    int m_days = 0; ///< judged whole
    std::size_t m_pages = 0;
    bool m_compares = true;
    bool m_isWanted = true;
    std::optional<evaluate::BothRules> m_rules; ///< before any call was judged
    Backtest::Response m_sum;
};

}

Result<CheckResult> checkPolicies(const store::Snapshot& snapshot, const Release& candidate, const PolicyGround& ground)
{
    CheckResult check{"Policies", true, true, {}, 0};
    EPHOR_TRY_VOID(checkGrants(snapshot, candidate, ground, check));
    std::uint64_t policies = 0;
    for (const DefinitionRef& pin : candidate.pins) {
        if (pin.kind != DefinitionKind::Policy)
            continue;
        ++policies;
        EPHOR_TRY_VOID(checkPolicy(snapshot, pin, candidate, ground, check));
    }
    if (check.passed)
        check.detail = policies == 0
            ? "The agent names no policy."
            : (policies == 1 ? std::string("The policy is") : counted(policies, "policie") + " are")
                + " valid, and every case comes out.";
    return check;
}

Result<CheckResult> checkBacktest(
    store::Database& database, const BacktestQuestion& question, const PolicyGround& ground, const Clock& clock)
{
    CheckResult check{"Backtest", true, false, "No rule moves.", 0};
    if (!movesRules(question.items, question.grants))
        return check;
    DayByDay days(database, question, ground, clock);
    EPHOR_TRY(const bool compared, days.judge());
    if (!compared) {
        check.detail = "Nothing is in production to compare with.";
        return check;
    }
    check.passed = days.sum().loosened == 0;
    check.detail = days.inWords();
    return check;
}

}
