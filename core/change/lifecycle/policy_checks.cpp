#include "core/change/lifecycle/policy_checks.h"

#include "core/change/evaluate/backtest.h"
#include "core/change/evaluate/rule_checks.h"
#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/trust/cedar/validator.h"
#include "core/trust/policy/grant_policy.h"

#include <algorithm>

namespace ephor::lifecycle {

namespace {

constexpr std::chrono::days backtested(30);

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

Result<CheckResult> checkBacktest(const store::Snapshot& snapshot, const Release& candidate,
    std::span<const ChangeItem> items, std::span<const GrantEdit> grants, const PolicyGround& ground)
{
    CheckResult check{"Backtest", true, false, "No rule moves.", 0};
    if (!movesRules(items, grants))
        return check;
    auto inForce = evaluate::AgentRules::inForce(snapshot, candidate.agent, ground.environment, ground.standing);
    if (!inForce) {
        check.detail = "Nothing is in production to compare with.";
        return check;
    }
    evaluate::BacktestScope scope;
    scope.agent = candidate.agent;
    scope.environment = ground.environment;
    scope.place = {ground.now - backtested, ground.now, {}, {}};
    scope.told = [](const std::string&) { return evaluate::FlipsTold::Names; };
    scope.rulesFor = [&](const std::string&) -> Result<evaluate::BothRules> {
        EPHOR_TRY(
            auto after, evaluate::AgentRules::ofRelease(snapshot, candidate, ground.environment, ground.standing));
        EPHOR_TRY(
            auto before, evaluate::AgentRules::inForce(snapshot, candidate.agent, ground.environment, ground.standing));
        return evaluate::BothRules{std::move(before), std::move(after)};
    };
    EPHOR_TRY(const auto result, evaluate::runBacktest(ground.ledger, snapshot, scope));
    check.passed = result.loosened == 0;
    check.detail = result.flips == 0
        ? "None of the " + counted(result.calls, "call") + " of the last 30 days would have got another verdict."
        : std::to_string(result.flips) + " of the " + counted(result.calls, "call")
            + " of the last 30 days would have got another verdict: " + std::to_string(result.loosened) + " looser, "
            + std::to_string(result.tightened) + " stricter.";
    if (result.unjudged > 0)
        check.detail += " " + counted(result.unjudged, "call") + " could not be judged.";
    return check;
}

}
