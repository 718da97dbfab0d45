#include "core/change/evaluate/backtest_operation.h"

#include "core/api/handlers.h"
#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/change/evaluate/backtest.h"
#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/trust/policy/tightenings.h"

#include <nlohmann/json.hpp>

namespace ephor::evaluate {

namespace {

constexpr std::uint64_t longestBacktestDays = 366;
// A page is short enough that its end is soon told, and long enough that what it begins with hardly counts.
constexpr PageBudget onePage{50'000, 2'000, std::chrono::milliseconds(1'500)};

/// What is judged, with every draft in full.
struct Judged {
    CandidateRules rules;
    std::optional<Release> release; ///< of a change: in the place of `rules`
    bool isRecorded = false; ///< it stood in the record before it was asked about
};

Result<Judged> judgedOf(const Services& services, const store::Snapshot& snapshot, const Backtest::Request& request)
{
    const bool typed = request.candidate != CandidateRules{};
    if (int(typed) + int(!request.change.empty()) + int(!request.saved.empty()) > 1)
        return fail(ErrorKind::Invalid, "policy.one-candidate",
            "A backtest judges typed rules, saved policies or a change, not several at once.", "Leave the others out.");
    Judged judged;
    judged.isRecorded = !typed;
    judged.rules = request.candidate;
    if (!request.change.empty()) {
        EPHOR_TRY(judged.release, services.candidateOf(snapshot, request.change));
    }
    for (const SavedPolicy& saved : request.saved) {
        EPHOR_TRY(
            const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Policy, saved.name, saved.version));
        EPHOR_TRY(PolicyBody body, definition::policyFrom(bytes.body));
        // What it would do once enforced is what is asked.
        body.mode = RuleMode::Enforce;
        judged.rules.policies.push_back({saved.name, std::move(body)});
    }
    return judged;
}

// Whoever may open runs judges them by anything; whoever edits, by what the record has: each probe of what somebody
// may not read leaves its rules behind.
FlipsTold toldTo(const Call& call, const Scope& scope, const Judged& judged)
{
    if (call.holds(Permission::OpenSealed, scope))
        return FlipsTold::Whole;
    return judged.isRecorded && call.holds(Permission::EditDefinitions, scope) ? FlipsTold::Names : FlipsTold::None;
}

Result<void> mayAsk(const Call& call, const Scope& scope, const Judged& judged)
{
    if (toldTo(call, scope, judged) != FlipsTold::None)
        return {};
    if (call.holds(Permission::EditDefinitions, scope))
        return fail(ErrorKind::Forbidden, "policy.unsaved",
            "Rules that are only typed are judged for people who may open the recorded runs.",
            "Save the policy, or draft a change, and backtest that.");
    return call.allow(Permission::EditDefinitions, scope);
}

Result<BacktestPlace> beginning(const Backtest::Request& request, Instant now)
{
    if (request.days < 1 || request.days > longestBacktestDays)
        return fail(ErrorKind::Invalid, "policy.days", "A backtest looks at the last 1 to 366 days.",
            "Choose a number of days in between.");
    if (!request.cursor.empty())
        return placeFrom(request.cursor);
    return BacktestPlace{now - std::chrono::days(request.days), now, {}, {}};
}

// Names what was judged by its bytes, so that two backtests of the same rules can be told for such.
std::string digestOf(const Judged& judged)
{
    const Json json = judged.release ? toJson(*judged.release) : toJson(judged.rules);
    const auto canonical = canonicalJson(json);
    return definition::digestOf(canonical ? *canonical : compactJson(json));
}

Note noteOf(const Backtest::Request& request, const Judged& judged, const Backtest::Response& response)
{
    Note note;
    note.subject = request.agent.empty() && !judged.release
        ? "policies"
        : "agent:" + (judged.release ? std::string(judged.release->agent) : std::string(request.agent));
    note.refs["candidate"] = digestOf(judged);
    if (!request.change.empty())
        note.refs["change"] = request.change;
    for (const SavedPolicy& saved : request.saved)
        note.refs["policy:" + std::string(saved.name)] = std::to_string(saved.version);
    note.data = documentOf(Json{{"from", formatInstant(response.from)}, {"through", formatInstant(response.through)},
        {"until", formatInstant(response.until)}, {"calls", response.calls}, {"flips", response.flips},
        {"loosened", response.loosened}, {"typed", !judged.isRecorded}});
    return note;
}

}

Result<Backtest::Response> backtest(const Services& services, const store::Snapshot& snapshot, const Call& call,
    const Backtest::Request& request, Note& note)
{
    const Instant now = services.clock.now();
    BacktestScope scope;
    EPHOR_TRY(scope.place, beginning(request, now));
    EPHOR_TRY(const Judged judged, judgedOf(services, snapshot, request));
    scope.agent = judged.release ? judged.release->agent : std::string(request.agent);
    scope.environment = services.environment;
    scope.budget = onePage;
    scope.told = [&](const std::string& team) { return toldTo(call, {team, services.environment}, judged); };
    if (scope.agent.empty()) {
        EPHOR_TRY_VOID(mayAsk(call, {}, judged));
    } else {
        EPHOR_TRY(const auto agent, definition::get(snapshot, DefinitionKind::Agent, scope.agent));
        EPHOR_TRY_VOID(mayAsk(call, {agent.team, services.environment}, judged));
    }
    scope.rulesFor = [&](const std::string& agent) -> Result<BothRules> {
        const auto standing = services.tightenings.table();
        EPHOR_TRY(AgentRules inForce, AgentRules::inForce(snapshot, agent, services.environment, standing));
        if (judged.release) {
            EPHOR_TRY(
                AgentRules candidate, AgentRules::ofRelease(snapshot, *judged.release, services.environment, standing));
            return BothRules{std::move(inForce), std::move(candidate)};
        }
        EPHOR_TRY(AgentRules candidate, inForce.with(judged.rules, now));
        return BothRules{std::move(inForce), std::move(candidate)};
    };
    // A candidate that cannot be read is told before thousands of runs are opened.
    if (!scope.agent.empty()) {
        EPHOR_TRY([[maybe_unused]] const BothRules rules, scope.rulesFor(scope.agent));
    }
    EPHOR_TRY(Backtest::Response response, runBacktest(services.ledger, snapshot, scope));
    note = noteOf(request, judged, response);
    return response;
}

}
