#pragma once

#include "core/trust/cedar/entities.h"

#include <vector>

namespace ephor::cedar {

/// A shortest way from an entity to a group it is in, both counted, by steps no entity lies between. Empty when it is
/// not in it; only the two when its groups are too many to look through.
std::vector<const EntityUid*> rolePath(const Entities& entities, const EntityUid& from, const EntityUid& group);

/// The groups an entity is in, those it is in through no other first; `most` of them at most.
std::vector<const EntityUid*> groupsOf(const Entities& entities, const EntityUid& uid, std::size_t most);

}
