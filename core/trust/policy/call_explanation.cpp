#include "core/trust/policy/call_explanation.h"

#include "core/domain/reflect.h"
#include "core/trust/cedar/explain.h"
#include "core/trust/temporal/session_history.h"

#include <nlohmann/json.hpp>

namespace ephor::policy {

namespace {

bool decides(const RuleSet& rules, const cedar::Policy& policy)
{
    return rules.mode(policy) == RuleMode::Enforce
        && !(policy.effect == cedar::Effect::Forbid && rules.obligations(policy).approval);
}

Result<temporal::SessionState> sessionOf(
    const std::shared_ptr<const cedar::PolicySet>& policies, const CallFacts& facts, const PastEvents& past)
{
    EPHOR_TRY(const std::vector<PastEvent> events, past());
    std::vector<temporal::Event> known;
    for (const PastEvent& event : events) {
        const auto at = std::chrono::floor<std::chrono::milliseconds>(event.at).time_since_epoch().count();
        known.push_back({event.kind, at, event.request.get()});
    }
    return temporal::SessionState::replay(temporal::Plan::compile(policies), known, facts.entities);
}

CallExplanation explained(const cedar::PolicySet& policies, const CallFacts& facts, const cedar::History* history)
{
    const CallRequests requests = requestsOf(facts);
    const auto why = [&](const cedar::Request& request) {
        return documentOf(toJson(cedar::explain(policies, facts.entities, request, cedar::Mode::Ephor, history)));
    };
    return {why(requests.agent), why(requests.requester)};
}

}

Result<CallExplanation> explainCall(const RulesInForce& rules, const CallFacts& facts, const PastEvents& past)
{
    std::vector<cedar::PolicySource> sources;
    for (const RuleSet* const set : {&rules.standing, &rules.released}) {
        for (const cedar::Policy& policy : set->policies().policies()) {
            if (decides(*set, policy))
                sources.push_back({std::string(policy.id), std::string(policy.text())});
        }
    }
    EPHOR_TRY(const auto all, cedar::PolicySet::fromPolicies(sources, {}, cedar::Grammar::Temporal));
    if (all->temporalOperations().empty())
        return explained(*all, facts, nullptr);
    EPHOR_TRY(const temporal::SessionState session, sessionOf(all, facts, past));
    const auto now = std::chrono::floor<std::chrono::milliseconds>(facts.now).time_since_epoch().count();
    const temporal::SessionHistory history(session, session.next(now));
    return explained(*all, facts, &history);
}

}
