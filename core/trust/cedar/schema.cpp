#include "core/trust/cedar/schema.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

bool holdsText(const std::vector<Text>& sorted, const Text& text)
{
    auto found = std::ranges::lower_bound(sorted, text.hash, {}, &Text::hash);
    for (; found != sorted.end() && found->hash == text.hash; ++found) {
        if (*found == text)
            return true;
    }
    return false;
}

}

bool SchemaEntityType::mayBeIn(const Text& type) const
{
    return holdsText(ancestors, type);
}

bool SchemaEntityType::allows(const Text& id) const
{
    return choices.empty() || holdsText(choices, id);
}

bool SchemaAction::isIn(const EntityUid& other) const
{
    if (*uid == other)
        return true;
    auto found = std::ranges::lower_bound(ancestors, other.hash, {}, &EntityUid::hash);
    for (; found != ancestors.end() && (*found)->hash == other.hash; ++found) {
        if (**found == other)
            return true;
    }
    return false;
}

const SchemaEntityType* Schema::findType(const Text& name) const
{
    const auto found = m_typePlaces.find(name);
    return found == m_typePlaces.end() ? nullptr : &m_types[found->second];
}

const SchemaAction* Schema::findAction(const EntityUid& uid) const
{
    const std::uint32_t place = m_actionPlaces.find(uid);
    return place == UidTable::none ? nullptr : &m_actions[place];
}

}
