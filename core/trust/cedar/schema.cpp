#include "core/trust/cedar/schema.h"

#include <algorithm>

namespace ephor::cedar {

bool SchemaEntityType::mayBeIn(const Text& type) const
{
    return std::ranges::find(ancestors, type) != ancestors.end();
}

bool SchemaEntityType::allows(const Text& id) const
{
    return choices.empty() || std::ranges::find(choices, id) != choices.end();
}

bool SchemaAction::isIn(const EntityUid& other) const
{
    return *uid == other
        || std::ranges::any_of(ancestors, [&](const EntityUid* ancestor) { return *ancestor == other; });
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
