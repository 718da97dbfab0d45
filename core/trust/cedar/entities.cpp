#include "core/trust/cedar/entities.h"

#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/value_builder.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

bool uidBefore(const EntityUid* left, const EntityUid* right)
{
    if (left->hash != right->hash)
        return left->hash < right->hash;
    return left->type.view != right->type.view ? left->type.view < right->type.view : left->id.view < right->id.view;
}

bool sameUid(const EntityUid* left, const EntityUid* right)
{
    return *left == *right;
}

void sortUids(std::vector<const EntityUid*>& uids)
{
    std::ranges::sort(uids, uidBefore);
    uids.erase(std::unique(uids.begin(), uids.end(), sameUid), uids.end());
}

}

bool Entity::isIn(const EntityUid& other) const
{
    if (*uid == other)
        return true;
    const auto hashOfUid = [](const EntityUid* ancestor) { return ancestor->hash; };
    auto found = std::ranges::lower_bound(ancestors, other.hash, {}, hashOfUid);
    for (; found != ancestors.end() && (*found)->hash == other.hash; ++found) {
        if (**found == other)
            return true;
    }
    return false;
}

std::shared_ptr<const Entities> Entities::none()
{
    static const std::shared_ptr<const Entities> nothing(new Entities);
    return nothing;
}

const Entity* Entities::find(const EntityUid& uid) const
{
    const std::uint32_t place = m_places.find(uid);
    return place == UidTable::none ? nullptr : &m_entities[place];
}

EntitiesBuilder::EntitiesBuilder()
    : m_entities(new Entities)
{
}

Result<void> EntitiesBuilder::add(
    const EntityUid* uid, const RecordValue* attributes, const RecordValue* tags, std::vector<const EntityUid*> parents)
{
    std::vector<Entity>& entities = m_entities->m_entities;
    if (entities.size() == maximumEntities)
        return fail(ErrorKind::TooLarge, "cedar.too-large", "There are more than a million entities.");
    for (const EntityUid* parent : parents) {
        if (isActionType(uid->type.view) && !isActionType(parent->type.view))
            return fail(Error(ErrorKind::Invalid, "cedar.entity", "An action can only be in actions.")
                    .with("entity", toText(*uid))
                    .with("parent", toText(*parent)));
    }
    sortUids(parents);
    const std::uint32_t place = m_entities->m_places.insert(uid, std::uint32_t(entities.size()));
    if (place == entities.size()) {
        entities.push_back({uid, attributes, tags, {}});
        m_parents.push_back(std::move(parents));
        return {};
    }
    const Entity& known = entities[place];
    const bool same = equal(Value(known.attributes), Value(attributes)) && equal(Value(known.tags), Value(tags))
        && std::ranges::equal(m_parents[place], parents, sameUid);
    if (!same)
        return fail(Error(ErrorKind::Invalid, "cedar.duplicate-entity", "An entity is given twice, and differently.")
                .with("entity", toText(*uid)));
    return {};
}

Result<void> EntitiesBuilder::gather(std::uint32_t place)
{
    std::vector<const EntityUid*> ancestors = m_parents[place];
    for (const EntityUid* parent : m_parents[place]) {
        const Entity* const entity = m_entities->find(*parent);
        if (entity == nullptr)
            continue;
        m_pairs += entity->ancestors.size();
        if (m_pairs > maximumAncestorPairs)
            break;
        ancestors.insert(ancestors.end(), entity->ancestors.begin(), entity->ancestors.end());
    }
    m_pairs += m_parents[place].size();
    if (m_pairs > maximumAncestorPairs)
        return fail(ErrorKind::TooLarge, "cedar.too-large", "The entities are in each other too often and too deeply.",
            "Group them in fewer levels.");
    sortUids(ancestors);
    m_entities->m_entities[place].ancestors = arena().copy(std::span<const EntityUid* const>(ancestors));
    return {};
}

// Depth first without recursion, since a hostile chain may be a million long.
Result<void> EntitiesBuilder::close(std::uint32_t start)
{
    struct Step {
        std::uint32_t place;
        std::size_t next;
    };
    std::vector<Step> path;
    const auto open = [&](std::uint32_t place) {
        m_marks[place] = Mark::Open;
        path.push_back({place, 0});
    };
    open(start);
    while (!path.empty()) {
        const std::uint32_t place = path.back().place;
        if (path.back().next == m_parents[place].size()) {
            EPHOR_TRY_VOID(gather(place));
            m_marks[place] = Mark::Done;
            path.pop_back();
            continue;
        }
        const std::uint32_t parent = m_entities->m_places.find(*m_parents[place][path.back().next++]);
        if (parent == UidTable::none || m_marks[parent] == Mark::Done)
            continue;
        if (m_marks[parent] == Mark::Open)
            return fail(Error(ErrorKind::Invalid, "cedar.cycle", "An entity is in itself through its parents.")
                    .with("entity", toText(*m_entities->m_entities[parent].uid)));
        open(parent);
    }
    return {};
}

Result<std::shared_ptr<const Entities>> EntitiesBuilder::build()
{
    m_marks.assign(m_parents.size(), Mark::New);
    for (std::uint32_t place = 0; place < m_parents.size(); ++place) {
        if (m_marks[place] == Mark::New)
            EPHOR_TRY_VOID(close(place));
    }
    m_parents.clear();
    return std::shared_ptr<const Entities>(std::move(m_entities));
}

}
