#pragma once

#include "core/domain/principal.h"
#include "core/store/database.h"

#include <string>

namespace ephor::identity {

/// A principal by its id as it stands now: a person or a service key with today's roles. Whoever is unknown, inactive,
/// revoked or expired has none; the system is itself. Never for signing in: nobody proved anything.
Result<Principal> knownPrincipal(const store::Snapshot& snapshot, const std::string& id, Instant now);

}
