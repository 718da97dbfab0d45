#pragma once

#include "core/api/session.h"
#include "core/store/database.h"
#include "core/trust/identity/service_keys.h"

namespace ephor::identity {

// What a workspace is begun with, before anybody can sign in: `ephor init` and the demo's creator. The caller records
// what it did.

/// The first person of a new workspace, administrator everywhere. Returns the principal id.
/// Code: identity.not-first when somebody is there already.
Result<std::string> addFirstAdmin(store::Transaction& transaction, const std::string& name, const std::string& login,
    const std::string& passwordHash, const Clock& clock);

Result<void> addTeam(
    store::Transaction& transaction, const std::string& name, const std::string& title, const Clock& clock);

/// Somebody to sign in as without a password; sign-in refuses it outside demo workspaces. Returns the principal id.
Result<std::string> addPersona(store::Transaction& transaction, const std::string& name, const std::string& login,
    const std::string& title, const std::vector<RoleGrant>& roles, const Clock& clock);

/// Returns the token, which is stored nowhere.
Result<std::string> addServiceKey(store::Transaction& transaction, const NewServiceKey& wanted, const Clock& clock);

}
