#include "core/trust/cedar/authorizer.h"

#include "core/trust/cedar/evaluator.h"

#include <algorithm>
#include <array>
#include <memory_resource>

namespace ephor::cedar {

namespace {

/// What the policies met so far came to.
class Tally {
public:
    Tally(std::span<const Policy> policies, Mode mode)
        : m_policies(policies)
        , m_mode(mode)
    {
    }
    Tally(const Tally&) = delete;
    Tally& operator=(const Tally&) = delete;

    void count(const Policy& arranged, Evaluator& evaluator)
    {
        const Outcome outcome = evaluator.satisfies(arranged);
        if (outcome == Outcome::False)
            return;
        const Policy& policy = m_policies[arranged.order];
        const bool forbids = arranged.effect == Effect::Forbid;
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
        result.reasons = inOrder(m_forbids.empty() ? m_permits : m_forbids);
        result.errors = errorsInOrder();
        return result;
    }

    Satisfied satisfied() && { return {inOrder(m_permits), inOrder(m_forbids), errorsInOrder()}; }

private:
    // The index may show a policy twice that names several actions. They lie in their order, so that their addresses
    // tell it without a look at any of them.
    static std::vector<const Policy*> inOrder(const std::pmr::vector<const Policy*>& met)
    {
        std::vector<const Policy*> list(met.begin(), met.end());
        std::ranges::sort(list);
        list.erase(std::unique(list.begin(), list.end()), list.end());
        return list;
    }

    std::vector<PolicyError> errorsInOrder()
    {
        const auto order = [](const PolicyError& error) { return error.policy->order; };
        std::ranges::sort(m_errors, {}, order);
        const auto repeated = std::ranges::unique(m_errors, {}, order);
        m_errors.erase(repeated.begin(), repeated.end());
        return std::move(m_errors);
    }

    std::span<const Policy> m_policies;
    Mode m_mode;
    // Most verdicts rest on a handful of policies, which need no heap while they are counted.
    std::array<std::byte, 1024> m_first;
    std::pmr::monotonic_buffer_resource m_memory{m_first.data(), m_first.size()};
    std::pmr::vector<const Policy*> m_permits{&m_memory};
    std::pmr::vector<const Policy*> m_forbids{&m_memory};
    std::vector<PolicyError> m_errors;
};

// Nodes lie behind the root of their condition; a plain one takes about as much.
void prefetchAll(const Node* root)
{
    constexpr std::size_t line = 64;
    constexpr std::size_t lines = 8;
    const char* const first = reinterpret_cast<const char*>(root);
    for (std::size_t i = 0; i < lines; ++i)
        __builtin_prefetch(first + i * line);
}

/// Meets every policy that may hold for the request.
void countAll(Tally& tally, Evaluator& evaluator, const PolicySet& policies, const Request& request)
{
    std::array<std::byte, 1024> first;
    std::pmr::monotonic_buffer_resource memory{first.data(), first.size()};
    std::pmr::vector<const Policy*> candidates{&memory};
    const std::span<const Policy> all = policies.arranged();
    policies.index().candidates(request, evaluator.entities(), [&](std::uint32_t place) {
        __builtin_prefetch(&all[place]);
        candidates.push_back(&all[place]);
    });
    // Asking for all of them at once waits for memory once, not each time.
    for (const Policy* policy : candidates)
        __builtin_prefetch(policy->conditions.data());
    for (const Policy* policy : candidates) {
        for (const Condition& condition : policy->conditions)
            prefetchAll(condition.body);
    }
    for (const Policy* policy : candidates)
        tally.count(*policy, evaluator);
}

Verdict decideBy(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History* history)
{
    Evaluator evaluator(entities, request, history);
    Tally tally(policies.policies(), mode);
    countAll(tally, evaluator, policies, request);
    return std::move(tally).verdict();
}

Satisfied satisfiedBy(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History* history)
{
    Evaluator evaluator(entities, request, history);
    Tally tally(policies.policies(), mode);
    countAll(tally, evaluator, policies, request);
    return std::move(tally).satisfied();
}

}

Verdict decide(const PolicySet& policies, const Entities& entities, const Request& request, Mode mode)
{
    return decideBy(policies, entities, request, mode, nullptr);
}

Verdict decide(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History& history)
{
    return decideBy(policies, entities, request, mode, &history);
}

Satisfied satisfied(const PolicySet& policies, const Entities& entities, const Request& request, Mode mode)
{
    return satisfiedBy(policies, entities, request, mode, nullptr);
}

Satisfied satisfied(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History& history)
{
    return satisfiedBy(policies, entities, request, mode, &history);
}

}
