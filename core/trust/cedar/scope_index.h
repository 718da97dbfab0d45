#pragma once

#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/policy.h"
#include "core/trust/cedar/request.h"

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

    /// Calls `visit(order)` for each policy that may match. One that names several actions may come more than once.
    template <class Visit>
    void candidates(const Request& request, const RequestEntities& entities, const Visit& visit) const
    {
        visitKey(anywhere, visit);
        visitSide(Side::Principal, request.principal(), entities.principal, visit);
        visitSide(Side::Action, request.action(), entities.action, visit);
        visitSide(Side::Resource, request.resource(), entities.resource, visit);
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

    static std::uint64_t keyOf(Side side, Relation relation, std::uint64_t hash)
    {
        return hash * 0x9e37'79b9'7f4a'7c15 + (std::uint64_t(side) << 2 | std::uint64_t(relation));
    }
    static Keys keysOf(Side side, const ScopeConstraint& constraint);
    static std::array<Keys, 3> sidesOf(const Policy& policy);
    void file(std::vector<std::pair<std::uint64_t, std::uint32_t>> entries);

    template <class Visit> void visitKey(std::uint64_t key, const Visit& visit) const
    {
        if (m_slots.empty())
            return;
        const std::size_t mask = m_slots.size() - 1;
        for (std::size_t i = (key ^ key >> 32) & mask; m_slots[i].count > 0; i = (i + 1) & mask) {
            if (m_slots[i].key != key)
                continue;
            for (const std::uint32_t order : std::span(m_orders).subspan(m_slots[i].first, m_slots[i].count))
                visit(order);
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
    std::vector<std::uint32_t> m_orders;
    std::array<unsigned, 3> m_relations{}; ///< which relations any key of a side has, as bits
};

}
