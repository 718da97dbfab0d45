#pragma once

#include "core/api/people.h"
#include "core/store/database.h"

namespace ephor::identity {

/// What a new key is to be.
struct NewServiceKey {
    std::string name;
    std::string team; ///< must exist; "*" for every team
    std::string environment = "production";
    std::string owner; ///< principal id
    std::vector<std::string> agents; ///< empty: all of the team
    std::vector<Permission> permissions; ///< empty: View and InvokeAgents
    Duration validFor = std::chrono::days(90);
};

/// A key just made. The token is told once; only its hash is stored.
struct CreatedKey {
    ServiceKey key;
    std::string token;
};

/// Codes: keys.permission (a permission that no key may hold), teams.unknown.
Result<CreatedKey> createServiceKey(store::Transaction& transaction, const NewServiceKey& wanted, const Clock& clock);

/// By expiry, those in force first. `ownerName` is filled.
Result<std::vector<ServiceKey>> listServiceKeys(const store::Snapshot& snapshot);
Result<std::optional<ServiceKey>> findServiceKey(const store::Snapshot& snapshot, std::string_view id);
Result<std::optional<ServiceKey>> findServiceKeyByToken(const store::Snapshot& snapshot, std::string_view token);

/// Binds at the next authentication. Revoking again changes nothing.
Result<void> revokeServiceKey(store::Transaction& transaction, const std::string& id, Instant at);

/// Who acts with the key: it reaches its team in its environment, with the permissions listed and no other.
Principal principalOf(const ServiceKey& key);

}
