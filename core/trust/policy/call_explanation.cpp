#include "core/trust/policy/call_explanation.h"

#include "core/base/hash.h"
#include "core/domain/reflect.h"
#include "core/trust/cedar/explain.h"
#include "core/trust/temporal/session_history.h"

#include <algorithm>
#include <deque>
#include <mutex>
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

using PolicySetPointer = std::shared_ptr<const cedar::PolicySet>;

std::vector<cedar::PolicySource> sourcesOf(const RulesInForce& rules)
{
    std::vector<cedar::PolicySource> sources;
    for (const RuleSet* const set : {&rules.standing, &rules.released}) {
        for (const cedar::Policy& policy : set->policies().policies()) {
            if (decides(*set, policy))
                sources.push_back({std::string(policy.id), std::string(policy.text())});
        }
    }
    return sources;
}

Digest digestOf(const std::vector<cedar::PolicySource>& sources)
{
    Sha256 hash;
    for (const cedar::PolicySource& source : sources)
        hash.add(source.id).add(std::uint8_t(0)).add(source.text).add(std::uint8_t(0));
    return hash.finish();
}

/// A few values by their keys, those asked for first forgotten first. Thread-safe.
template <class Key> class Kept {
public:
    /// Null when it is not there.
    PolicySetPointer find(const Key& key)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::ranges::find(m_kept, key, &std::pair<Key, PolicySetPointer>::first);
        return found == m_kept.end() ? nullptr : found->second;
    }

    void keep(const Key& key, PolicySetPointer set)
    {
        const std::lock_guard lock(m_mutex);
        m_kept.emplace_front(key, std::move(set));
        if (m_kept.size() > mostKept)
            m_kept.pop_back();
    }

private:
    // Releases that run at once and refuse; more would only hold memory.
    static constexpr std::size_t mostKept = 8;

    std::mutex m_mutex;
    std::deque<std::pair<Key, PolicySetPointer>> m_kept;
};

// Reading a thousand rules takes ten milliseconds, and explanations of one agent are over the same ones: most often the
// very sets, else sets that say the same.
Result<PolicySetPointer> policiesOf(const RulesInForce& rules)
{
    static Kept<std::pair<std::uint64_t, std::uint64_t>> bySets;
    static Kept<Digest> byText;
    const std::pair numbers(rules.standing.number(), rules.released.number());
    if (PolicySetPointer known = bySets.find(numbers))
        return known;
    const std::vector<cedar::PolicySource> sources = sourcesOf(rules);
    const Digest digest = digestOf(sources);
    PolicySetPointer set = byText.find(digest);
    if (set == nullptr) {
        EPHOR_TRY(set, cedar::PolicySet::fromPolicies(sources, {}, cedar::Grammar::Temporal));
        byText.keep(digest, set);
    }
    bySets.keep(numbers, set);
    return set;
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
    EPHOR_TRY(const PolicySetPointer all, policiesOf(rules));
    if (all->temporalOperations().empty())
        return explained(*all, facts, nullptr);
    EPHOR_TRY(const temporal::SessionState session, sessionOf(all, facts, past));
    const auto now = std::chrono::floor<std::chrono::milliseconds>(facts.now).time_since_epoch().count();
    const temporal::SessionHistory history(session, session.next(now));
    return explained(*all, facts, &history);
}

}
