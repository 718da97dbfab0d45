#include "core/trust/cedar/policy_diff.h"

#include "core/trust/cedar/format.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace ephor::cedar {

namespace {

std::vector<const Policy*> allOf(const PolicySet& set)
{
    std::vector<const Policy*> all;
    for (const std::span<const Policy> list : {set.policies(), set.templates()}) {
        for (const Policy& policy : list)
            all.push_back(&policy);
    }
    return all;
}

bool idsOnlyCount(const std::vector<const Policy*>& policies)
{
    const auto counts = [](const Policy* policy) {
        constexpr std::string_view word = "policy";
        const std::string_view number = policy->id.substr(std::min(word.size(), policy->id.size()));
        return policy->id.starts_with(word) && !number.empty()
            && number.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return std::ranges::all_of(policies, counts);
}

std::string scopeKey(const Policy& policy)
{
    return std::string(policy.effect == Effect::Permit ? "permit " : "forbid ")
        + formatted("principal", policy.principal) + "," + formatted(policy.action) + ","
        + formatted("resource", policy.resource);
}

Difference differenceOf(const Policy& before, const Policy& after)
{
    if (before.text() == after.text() && before.principal.entity == nullptr && before.resource.entity == nullptr)
        return Difference::None;
    if (formattedRule(before) != formattedRule(after))
        return Difference::Rule;
    if (formatted(before) != formatted(after))
        return Difference::Annotations;
    return before.text() == after.text() ? Difference::None : Difference::Layout;
}

/// Pairs the policies of two sets, by one key after the other.
class Pairing {
public:
    Pairing(const PolicySet& before, const PolicySet& after)
        : m_before(allOf(before))
        , m_after(allOf(after))
        , m_successors(m_before.size())
        , m_taken(m_after.size())
    {
    }

    PolicyDiff pair()
    {
        if (idsOnlyCount(m_before) && idsOnlyCount(m_after)) {
            pairUnique([](const Policy& policy) {
                const Annotation* const id = policy.annotation("id");
                return id == nullptr ? std::string() : std::string(id->value);
            });
            pairInOrder([](const Policy& policy) { return formatted(policy); });
            pairInOrder([](const Policy& policy) { return formattedRule(policy); });
            pairInOrder(scopeKey);
        } else {
            pairUnique([](const Policy& policy) { return std::string(policy.id); });
        }
        return result();
    }

private:
    using Places = std::unordered_map<std::string, std::vector<std::size_t>>;

    template <class Key> Places placesOf(const std::vector<const Policy*>& list, const Key& key, auto isFree) const
    {
        Places places;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!isFree(i))
                continue;
            if (std::string text = key(*list[i]); !text.empty())
                places[std::move(text)].push_back(i);
        }
        return places;
    }

    template <class Key> Places freeBefore(const Key& key) const
    {
        return placesOf(m_before, key, [this](std::size_t i) { return m_successors[i] == nullptr; });
    }
    template <class Key> Places freeAfter(const Key& key) const
    {
        return placesOf(m_after, key, [this](std::size_t i) { return !m_taken[i]; });
    }

    template <class Key> void pairUnique(const Key& key)
    {
        const Places after = freeAfter(key);
        for (const auto& [text, places] : freeBefore(key)) {
            const auto found = after.find(text);
            if (places.size() == 1 && found != after.end() && found->second.size() == 1)
                take(places.front(), found->second.front());
        }
    }

    template <class Key> void pairInOrder(const Key& key)
    {
        const Places after = freeAfter(key);
        for (const auto& [text, places] : freeBefore(key)) {
            const auto found = after.find(text);
            if (found == after.end())
                continue;
            for (std::size_t i = 0; i < std::min(places.size(), found->second.size()); ++i)
                take(places[i], found->second[i]);
        }
    }

    void take(std::size_t before, std::size_t after)
    {
        m_successors[before] = m_after[after];
        m_taken[after] = true;
    }

    PolicyDiff result() const
    {
        PolicyDiff diff;
        for (std::size_t i = 0; i < m_before.size(); ++i) {
            if (m_successors[i] == nullptr)
                diff.removed.push_back(m_before[i]);
            else
                diff.kept.push_back({m_before[i], m_successors[i], differenceOf(*m_before[i], *m_successors[i])});
        }
        for (std::size_t i = 0; i < m_after.size(); ++i) {
            if (!m_taken[i])
                diff.added.push_back(m_after[i]);
        }
        return diff;
    }

    std::vector<const Policy*> m_before;
    std::vector<const Policy*> m_after;
    std::vector<const Policy*> m_successors;
    std::vector<bool> m_taken;
};

}

PolicyDiff diff(const PolicySet& before, const PolicySet& after)
{
    return Pairing(before, after).pair();
}

std::vector<VerdictFlip> flips(const PolicySet& before, const PolicySet& after, const Entities& entities,
    std::span<const Request> requests, Mode mode)
{
    return flips(before, after, entities, requests, mode, {});
}

std::vector<VerdictFlip> flips(const PolicySet& before, const PolicySet& after, const Entities& entities,
    std::span<const Request> requests, Mode mode, std::span<const Histories> histories)
{
    std::unordered_map<const Policy*, const Policy*> successors;
    for (const PolicyPair& pair : diff(before, after).kept)
        successors.emplace(pair.before, pair.after);
    const auto restsOnTheSame = [&](const Verdict& was, const Verdict& is) {
        std::vector<const Policy*> expected;
        for (const Policy* reason : was.reasons) {
            const auto found = successors.find(reason);
            if (found == successors.end())
                return false;
            expected.push_back(found->second);
        }
        // Both sets may have them in another order.
        std::ranges::sort(expected, {}, &Policy::order);
        return expected == is.reasons;
    };
    std::vector<VerdictFlip> found;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const bool known = i < histories.size();
        Verdict was = decideWith(before, entities, requests[i], mode, known ? histories[i].before.get() : nullptr);
        Verdict is = decideWith(after, entities, requests[i], mode, known ? histories[i].after.get() : nullptr);
        if (was.decision != is.decision || !restsOnTheSame(was, is))
            found.push_back({i, std::move(was), std::move(is)});
    }
    return found;
}

}
