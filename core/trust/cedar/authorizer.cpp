#include "core/trust/cedar/authorizer.h"

#include "core/trust/cedar/evaluator.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

/// What the policies met so far came to.
class Tally {
public:
    explicit Tally(Mode mode)
        : m_mode(mode)
    {
    }

    void count(const Policy& policy, Evaluator& evaluator)
    {
        const Outcome outcome = evaluator.satisfies(policy);
        if (outcome == Outcome::False)
            return;
        const bool forbids = policy.effect == Effect::Forbid;
        if (outcome == Outcome::True) {
            (forbids ? m_forbids : m_permits).push_back(&policy);
            return;
        }
        m_errors.push_back({&policy, evaluator.fault().message, evaluator.fault().node->offset});
        if (forbids && m_mode == Mode::Ephor)
            m_forbids.push_back(&policy);
    }

    Verdict verdict() &&
    {
        Verdict result;
        if (m_forbids.empty() && !m_permits.empty())
            result.decision = Decision::Allow;
        result.reasons = std::move(m_forbids.empty() ? m_permits : m_forbids);
        result.errors = std::move(m_errors);
        // The index may show a policy twice that names several actions.
        const auto order = [](const Policy* policy) { return policy->order; };
        const auto errorOrder = [](const PolicyError& error) { return error.policy->order; };
        std::ranges::sort(result.reasons, {}, order);
        result.reasons.erase(std::unique(result.reasons.begin(), result.reasons.end()), result.reasons.end());
        std::ranges::sort(result.errors, {}, errorOrder);
        const auto repeated = std::ranges::unique(result.errors, {}, errorOrder);
        result.errors.erase(repeated.begin(), repeated.end());
        return result;
    }

private:
    Mode m_mode;
    std::vector<const Policy*> m_permits;
    std::vector<const Policy*> m_forbids;
    std::vector<PolicyError> m_errors;
};

}

Verdict decide(const PolicySet& policies, const Entities& entities, const Request& request, Mode mode)
{
    Evaluator evaluator(entities, request);
    Tally tally(mode);
    const std::span<const Policy> all = policies.policies();
    policies.index().candidates(
        request, evaluator.entities(), [&](std::uint32_t order) { tally.count(all[order], evaluator); });
    return std::move(tally).verdict();
}

}
