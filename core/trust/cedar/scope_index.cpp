#include "core/trust/cedar/scope_index.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace ephor::cedar {

ScopeIndex::Keys ScopeIndex::keysOf(Side side, const ScopeConstraint& constraint)
{
    using Form = ScopeConstraint::Form;
    switch (constraint.form) {
    case Form::Equal:
        return {keyOf(side, Relation::Equal, constraint.entity->hash)};
    case Form::In:
    case Form::IsIn:
        return {keyOf(side, Relation::In, constraint.entity->hash)};
    case Form::Is:
        return {keyOf(side, Relation::Is, constraint.type.hash)};
    case Form::Any:
        break;
    }
    return {};
}

std::array<ScopeIndex::Keys, 3> ScopeIndex::sidesOf(const Policy& policy)
{
    std::array<Keys, 3> sides{keysOf(Side::Principal, policy.principal), {}, keysOf(Side::Resource, policy.resource)};
    const Relation relation = policy.action.form == ActionConstraint::Form::Equal ? Relation::Equal : Relation::In;
    for (const EntityUid* entity : policy.action.entities)
        sides[1].push_back(keyOf(Side::Action, relation, entity->hash));
    return sides;
}

std::uint32_t ScopeIndex::wordOf(const ScopeConstraint& constraint)
{
    if (constraint.entity != nullptr)
        return ScopeSide::wordOf(constraint.entity->hash);
    return constraint.form == ScopeConstraint::Form::Is ? ScopeSide::wordOf(constraint.type.hash) : 0;
}

ScopeIndex::Posting ScopeIndex::postingOf(const Policy& policy)
{
    Posting posting;
    posting.place = policy.order;
    posting.principal = wordOf(policy.principal);
    posting.resource = wordOf(policy.resource);
    if (policy.action.entities.size() == 1)
        posting.action = ScopeSide::wordOf(policy.action.entities.front()->hash);
    return posting;
}

ScopeSide::ScopeSide(const EntityUid& uid, const Entity* entity)
    : m_uid(&uid)
    , m_entity(entity)
{
    m_words[m_count++] = wordOf(uid.type.hash);
    m_words[m_count++] = wordOf(uid.hash);
    if (entity == nullptr)
        return;
    m_open = m_count + entity->ancestors.size() > most;
    if (m_open)
        return;
    for (const EntityUid* ancestor : entity->ancestors)
        m_words[m_count++] = wordOf(ancestor->hash);
}

ScopeIndex::ScopeIndex(std::span<const Policy> policies)
{
    std::unordered_map<std::uint64_t, std::size_t> uses;
    for (const Policy& policy : policies) {
        for (const Keys& keys : sidesOf(policy)) {
            for (const std::uint64_t key : keys)
                ++uses[key];
        }
    }
    std::vector<std::pair<std::uint64_t, std::uint32_t>> entries;
    for (const Policy& policy : policies) {
        // `action in []` matches nothing and is filed nowhere.
        if (policy.action.form == ActionConstraint::Form::InAny && policy.action.entities.empty())
            continue;
        const std::array<Keys, 3> sides = sidesOf(policy);
        const Keys* best = nullptr;
        std::size_t fewest = 0;
        for (const Keys& keys : sides) {
            std::size_t met = 0;
            for (const std::uint64_t key : keys)
                met += uses[key];
            if (!keys.empty() && (best == nullptr || met < fewest)) {
                best = &keys;
                fewest = met;
            }
        }
        if (best == nullptr)
            entries.emplace_back(anywhere, policy.order);
        else
            for (const std::uint64_t key : *best)
                entries.emplace_back(key, policy.order);
    }
    for (const Policy& policy : policies) {
        const auto note
            = [this](Side side, Relation relation) { m_relations[std::size_t(side) - 1] |= 1U << unsigned(relation); };
        for (const auto& [side, constraint] :
            {std::pair(Side::Principal, &policy.principal), {Side::Resource, &policy.resource}}) {
            using Form = ScopeConstraint::Form;
            if (constraint->form != Form::Any)
                note(side,
                    constraint->form == Form::Equal    ? Relation::Equal
                        : constraint->form == Form::Is ? Relation::Is
                                                       : Relation::In);
        }
        if (policy.action.form != ActionConstraint::Form::Any)
            note(Side::Action, policy.action.form == ActionConstraint::Form::Equal ? Relation::Equal : Relation::In);
    }
    file(std::move(entries), policies);
}

void ScopeIndex::file(std::vector<std::pair<std::uint64_t, std::uint32_t>> entries, std::span<const Policy> policies)
{
    std::ranges::sort(entries);
    const auto repeated = std::ranges::unique(entries);
    entries.erase(repeated.begin(), repeated.end());
    m_slots.resize(std::bit_ceil(entries.size() * 2 + 1));
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t first = 0; first < entries.size();) {
        const std::uint64_t key = entries[first].first;
        std::size_t end = first;
        for (; end < entries.size() && entries[end].first == key; ++end)
            m_postings.push_back(postingOf(policies[entries[end].second]));
        std::size_t i = (key ^ key >> 32) & mask;
        while (m_slots[i].count > 0)
            i = (i + 1) & mask;
        m_slots[i] = {key, std::uint32_t(first), std::uint32_t(end - first)};
        first = end;
    }
}

std::vector<std::uint32_t> ScopeIndex::arrange()
{
    std::vector<std::uint32_t> orders;
    std::unordered_map<std::uint32_t, std::uint32_t> places;
    for (Posting& posting : m_postings) {
        const auto [found, isNew] = places.try_emplace(posting.place, std::uint32_t(orders.size()));
        if (isNew)
            orders.push_back(posting.place);
        posting.place = found->second;
    }
    return orders;
}

}
