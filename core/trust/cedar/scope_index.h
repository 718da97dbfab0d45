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

/// Which policies a request can concern at all, by what their scopes name: each policy is filed under the rarest of the
/// keys its scope has, so that a request meets few it does not match. Immutable; thread-safe.
class ScopeIndex {
public:
    ScopeIndex() = default;
    explicit ScopeIndex(std::span<const Policy> policies);

    /// Numbers what is filed by where it lies in the index, and tells the orders of those policies in that arrangement:
    /// laid out like it, the policies of one request lie beside each other.
    std::vector<std::uint32_t> arrange();

    /// Calls `visit(place)` for each policy that may match, by its place in the arrangement, or by its order in the set
    /// where nothing was arranged. One that names several actions may come more than once.
    template <class Visit>
    void candidates(const Request& request, const RequestEntities& entities, const Visit& visit) const
    {
        const Sieve sieve{{request.principal(), entities.principal}, {request.action(), entities.action},
            {request.resource(), entities.resource}};
        const auto sifted = [&](const Posting& posting) {
            if (sieve.passes(posting))
                visit(posting.place);
        };
        visitKey(anywhere, sifted);
        visitSide(Side::Principal, request.principal(), entities.principal, sifted);
        visitSide(Side::Action, request.action(), entities.action, sifted);
        visitSide(Side::Resource, request.resource(), entities.resource, sifted);
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

    /// A policy under a key, with what its scope wants of each side in a word, so that most of those that do not match
    /// are passed over without touching the policy itself. 0 wants nothing that a word can tell.
    struct Posting {
        std::uint32_t place = 0;
        std::uint32_t principal = 0;
        std::uint32_t action = 0;
        std::uint32_t resource = 0;
    };

    /// The words that one side of a request satisfies: of its type, of itself, of all it is in.
    class Words {
    public:
        Words(const EntityUid& uid, const Entity* entity);
        bool fit(std::uint32_t word) const
        {
            return word == 0 || m_open || std::ranges::find(known(), word) != known().end();
        }

    private:
        /// More ancestors than anybody has groups in practice: then the policy itself must tell.
        static constexpr std::size_t most = 16;
        std::span<const std::uint32_t> known() const { return {m_words.data(), m_count}; }
        std::array<std::uint32_t, most> m_words;
        std::size_t m_count = 0;
        bool m_open = false;
    };

    struct Sieve {
        Words principal;
        Words action;
        Words resource;
        bool passes(const Posting& posting) const
        {
            return action.fit(posting.action) && principal.fit(posting.principal) && resource.fit(posting.resource);
        }
    };

    static std::uint32_t wordOf(std::uint64_t hash) { return std::uint32_t(hash >> 32) | 1; }
    static std::uint32_t wordOf(const ScopeConstraint& constraint);
    static Posting postingOf(const Policy& policy);
    static std::uint64_t keyOf(Side side, Relation relation, std::uint64_t hash)
    {
        return hash * 0x9e37'79b9'7f4a'7c15 + (std::uint64_t(side) << 2 | std::uint64_t(relation));
    }
    static Keys keysOf(Side side, const ScopeConstraint& constraint);
    static std::array<Keys, 3> sidesOf(const Policy& policy);
    void file(std::vector<std::pair<std::uint64_t, std::uint32_t>> entries, std::span<const Policy> policies);

    template <class Visit> void visitKey(std::uint64_t key, const Visit& visit) const
    {
        if (m_slots.empty())
            return;
        const std::size_t mask = m_slots.size() - 1;
        for (std::size_t i = (key ^ key >> 32) & mask; m_slots[i].count > 0; i = (i + 1) & mask) {
            if (m_slots[i].key != key)
                continue;
            for (const Posting& posting : std::span(m_postings).subspan(m_slots[i].first, m_slots[i].count))
                visit(posting);
            return;
        }
    }

    template <class Visit>
    void visitSide(Side side, const EntityUid& uid, const Entity* entity, const Visit& visit) const
    {
        const unsigned relations = m_relations[std::size_t(side) - 1];
        if (relations & 1U << unsigned(Relation::Equal))
            visitKey(keyOf(side, Relation::Equal, uid.hash), visit);
        if (relations & 1U << unsigned(Relation::Is))
            visitKey(keyOf(side, Relation::Is, uid.type.hash), visit);
        if ((relations & 1U << unsigned(Relation::In)) == 0)
            return;
        visitKey(keyOf(side, Relation::In, uid.hash), visit);
        if (entity == nullptr)
            return;
        for (const EntityUid* ancestor : entity->ancestors)
            visitKey(keyOf(side, Relation::In, ancestor->hash), visit);
    }

    std::vector<Slot> m_slots;
    std::vector<Posting> m_postings;
    std::array<unsigned, 3> m_relations{}; ///< which relations any key of a side has, as bits
};

}
