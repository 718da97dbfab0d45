#pragma once

#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/policy.h"
#include "core/trust/cedar/request.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace ephor::cedar {

/// The entities of a request, looked up once; null for one the store does not know.
struct RequestEntities {
    const Entity* principal = nullptr;
    const Entity* action = nullptr;
    const Entity* resource = nullptr;
};

/// One side of a request with the words of its type, of itself and of all it is in, which tell most scopes that cannot
/// match. Points to the request and its entities.
class ScopeSide {
public:
    ScopeSide(const EntityUid& uid, const Entity* entity);

    const EntityUid& uid() const { return *m_uid; }
    const Entity* entity() const { return m_entity; }
    /// Itself counted.
    bool isIn(const EntityUid& group) const
    {
        return *m_uid == group || (m_entity != nullptr && m_entity->isIn(group));
    }
    /// Whether a scope with this word may match. 0 wants nothing that a word can tell.
    bool fits(std::uint32_t word) const
    {
        return word == 0 || m_open || std::ranges::find(words(), word) != words().end();
    }
    static std::uint32_t wordOf(std::uint64_t hash) { return std::uint32_t(hash >> 32) | 1; }

private:
    /// More ancestors than anybody has groups in practice: then the policy itself must tell.
    static constexpr std::size_t most = 16;
    std::span<const std::uint32_t> words() const { return {m_words.data(), m_count}; }

    const EntityUid* m_uid;
    const Entity* m_entity;
    std::array<std::uint32_t, most> m_words;
    std::size_t m_count = 0;
    bool m_open = false;
};

/// Which policies a request can concern at all, by what their scopes name: each policy is filed under the rarest of the
/// keys its scope has, so that a request meets few it does not match. Immutable; thread-safe.
class ScopeIndex {
public:
    ScopeIndex() = default;
    explicit ScopeIndex(std::span<const Policy> policies);

    /// A policy under a key, with what its scope wants of each side in a word, so that most of those that do not match
    /// are passed over without touching the policy itself.
    struct Posting {
        std::uint32_t place = 0; ///< in the arrangement; before there is one, the order in the set
        std::uint32_t principal = 0;
        std::uint32_t action = 0;
        std::uint32_t resource = 0;
    };

    /// Numbers what is filed by where it lies in the index, and tells the orders of those policies in that arrangement:
    /// laid out like it, the policies of one request lie beside each other.
    std::vector<std::uint32_t> arrange();

    /// Calls `visit(posting)` for each policy that may match by action and resource and is not filed under a principal:
    /// whether the principal fits is left to ask. One that names several actions may come more than once.
    template <class Visit>
    void ofActionAndResource(const ScopeSide& action, const ScopeSide& resource, const Visit& visit) const
    {
        const auto sifted = [&](const Posting& posting) {
            if (action.fits(posting.action) && resource.fits(posting.resource))
                visit(posting);
        };
        Look look(*this);
        look.add(anywhere, sifted);
        look.add(Side::Action, action, sifted);
        look.add(Side::Resource, resource, sifted);
        look.finish(sifted);
    }

    /// The same for those that are filed under a principal; all three sides fit.
    template <class Visit>
    void ofPrincipal(
        const ScopeSide& principal, const ScopeSide& action, const ScopeSide& resource, const Visit& visit) const
    {
        const auto sifted = [&](const Posting& posting) {
            if (action.fits(posting.action) && principal.fits(posting.principal) && resource.fits(posting.resource))
                visit(posting);
        };
        Look look(*this);
        look.add(Side::Principal, principal, sifted);
        look.finish(sifted);
    }

private:
    enum class Side : std::uint64_t { Principal = 1, Action, Resource };
    enum class Relation : std::uint64_t { Equal = 1, In, Is };
    using Keys = std::vector<std::uint64_t>;
    /// Of a policy whose scope names nothing.
    static constexpr std::uint64_t anywhere = 0x6a09'e667'f3bc'c909;

    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t first = 0;
        std::uint32_t count = 0; ///< 0: the slot is free
    };

    static std::uint32_t wordOf(const ScopeConstraint& constraint);
    static Posting postingOf(const Policy& policy);
    static std::uint64_t keyOf(Side side, Relation relation, std::uint64_t hash)
    {
        return hash * 0x9e37'79b9'7f4a'7c15 + (std::uint64_t(side) << 2 | std::uint64_t(relation));
    }
    static Keys keysOf(Side side, const ScopeConstraint& constraint);
    static std::array<Keys, 3> sidesOf(const Policy& policy);
    void file(std::vector<std::pair<std::uint64_t, std::uint32_t>> entries, std::span<const Policy> policies);

    std::size_t homeOf(std::uint64_t key) const { return (key ^ key >> 32) & (m_slots.size() - 1); }
    /// Null when nothing is filed under it.
    const Slot* slotOf(std::uint64_t key) const
    {
        for (std::size_t i = homeOf(key); m_slots[i].count > 0; i = (i + 1) & (m_slots.size() - 1)) {
            if (m_slots[i].key == key)
                return &m_slots[i];
        }
        return nullptr;
    }

    /// Looks up many keys together: asking for all of them at once waits for memory once, not each time.
    class Look {
    public:
        explicit Look(const ScopeIndex& index)
            : m_index(index)
        {
        }

        template <class Visit> void add(std::uint64_t key, const Visit& visit)
        {
            if (m_index.m_slots.empty())
                return;
            if (m_count == m_keys.size())
                finish(visit);
            __builtin_prefetch(&m_index.m_slots[m_index.homeOf(key)]);
            m_keys[m_count++] = key;
        }

        template <class Visit> void add(Side side, const ScopeSide& asked, const Visit& visit)
        {
            const EntityUid& uid = asked.uid();
            const unsigned relations = m_index.m_relations[std::size_t(side) - 1];
            if (relations & 1U << unsigned(Relation::Equal))
                add(keyOf(side, Relation::Equal, uid.hash), visit);
            if (relations & 1U << unsigned(Relation::Is))
                add(keyOf(side, Relation::Is, uid.type.hash), visit);
            if ((relations & 1U << unsigned(Relation::In)) == 0)
                return;
            add(keyOf(side, Relation::In, uid.hash), visit);
            if (asked.entity() == nullptr)
                return;
            for (const EntityUid* ancestor : asked.entity()->ancestors)
                add(keyOf(side, Relation::In, ancestor->hash), visit);
        }

        template <class Visit> void finish(const Visit& visit)
        {
            std::size_t found = 0;
            for (const std::uint64_t key : std::span(m_keys).first(m_count)) {
                if (const Slot* const slot = m_index.slotOf(key)) {
                    __builtin_prefetch(&m_index.m_postings[slot->first]);
                    m_found[found++] = slot;
                }
            }
            m_count = 0;
            for (const Slot* slot : std::span(m_found).first(found)) {
                for (const Posting& posting : std::span(m_index.m_postings).subspan(slot->first, slot->count))
                    visit(posting);
            }
        }

    private:
        const ScopeIndex& m_index;
        std::size_t m_count = 0;
        std::array<std::uint64_t, 32> m_keys;
        std::array<const Slot*, 32> m_found;
    };

    std::vector<Slot> m_slots;
    std::vector<Posting> m_postings;
    std::array<unsigned, 3> m_relations{}; ///< which relations any key of a side has, as bits
};

}
