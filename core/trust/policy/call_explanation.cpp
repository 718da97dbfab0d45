#include "core/trust/policy/call_explanation.h"

#include "core/base/hash.h"
#include "core/domain/reflect.h"
#include "core/trust/cedar/explain.h"
#include "core/trust/temporal/session_history.h"

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

// Reading a thousand rules takes ten milliseconds, and explanations of one agent are over the same ones.
class ReadSets {
public:
    static ReadSets& shared()
    {
        static ReadSets sets;
        return sets;
    }

    Result<std::shared_ptr<const cedar::PolicySet>> read(const std::vector<cedar::PolicySource>& sources)
    {
        const Digest digest = digestOf(sources);
        {
            const std::lock_guard lock(m_mutex);
            for (const auto& [known, set] : m_sets) {
                if (known == digest)
                    return set;
            }
        }
        EPHOR_TRY(std::shared_ptr<const cedar::PolicySet> set,
            cedar::PolicySet::fromPolicies(sources, {}, cedar::Grammar::Temporal));
        const std::lock_guard lock(m_mutex);
        m_sets.emplace_front(digest, set);
        if (m_sets.size() > mostKept)
            m_sets.pop_back();
        return set;
    }

private:
    // Releases that run at once and refuse; more would only hold memory.
    static constexpr std::size_t mostKept = 8;

    static Digest digestOf(const std::vector<cedar::PolicySource>& sources)
    {
        Sha256 hash;
        for (const cedar::PolicySource& source : sources)
            hash.add(source.id).add(std::uint8_t(0)).add(source.text).add(std::uint8_t(0));
        return hash.finish();
    }

    std::mutex m_mutex;
    std::deque<std::pair<Digest, std::shared_ptr<const cedar::PolicySet>>> m_sets;
};

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
    EPHOR_TRY(const auto all, ReadSets::shared().read(sources));
    if (all->temporalOperations().empty())
        return explained(*all, facts, nullptr);
    EPHOR_TRY(const temporal::SessionState session, sessionOf(all, facts, past));
    const auto now = std::chrono::floor<std::chrono::milliseconds>(facts.now).time_since_epoch().count();
    const temporal::SessionHistory history(session, session.next(now));
    return explained(*all, facts, &history);
}

}
