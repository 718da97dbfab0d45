#include "core/trust/policy/call_explanation.h"

#include "core/domain/reflect.h"
#include "core/trust/cedar/explain.h"

#include <nlohmann/json.hpp>

namespace ephor::policy {

namespace {

bool decides(const RuleSet& rules, const cedar::Policy& policy)
{
    return rules.mode(policy) == RuleMode::Enforce
        && !(policy.effect == cedar::Effect::Forbid && rules.obligations(policy).approval);
}

}

Result<CallExplanation> explainCall(const RulesInForce& rules, const CallFacts& facts)
{
    std::vector<cedar::PolicySource> sources;
    for (const RuleSet* const set : {&rules.standing, &rules.released}) {
        for (const cedar::Policy& policy : set->policies().policies()) {
            if (decides(*set, policy))
                sources.push_back({std::string(policy.id), std::string(policy.text())});
        }
    }
    EPHOR_TRY(const auto all, cedar::PolicySet::fromPolicies(sources, {}, cedar::Grammar::Temporal));
    const CallRequests requests = requestsOf(facts);
    CallExplanation explanation;
    explanation.agent = documentOf(toJson(cedar::explain(*all, facts.entities, requests.agent)));
    explanation.requester = documentOf(toJson(cedar::explain(*all, facts.entities, requests.requester)));
    return explanation;
}

}
