#pragma once

#include "core/api/handlers.h"
#include "core/store/database.h"

#include <functional>
#include <map>

namespace ephor {
class Clock;
}
namespace ephor::access {
class Authority;
}
namespace ephor::keys {
class KeyStore;
}

namespace ephor::identity {

/// What the signed-in surfaces are told about the workspace.
struct WorkspaceFacts {
    std::string id;
    std::string name;
    std::string environment = "production";
    std::string version; ///< of Ephor
    bool demo = false;
    bool embedded = false; ///< the owner of the folder could alter roles and keys
    std::function<std::string()> address = {}; ///< SessionInfo::address at this moment; thread-safe; empty: none
};

/// What the handlers work on; everything outlives the table.
struct Services {
    store::Database& database;
    const Clock& clock;
    const access::Authority& authority;
    WorkspaceFacts facts;
    keys::KeyStore* keyStore = nullptr; ///< null: secrets answer keys.missing
    /// Agents in each team, for the list of teams; empty: 0 for every team.
    std::function<Result<std::map<std::string, std::uint64_t>>(const store::Snapshot&)> agentsByTeam;
};

/// Handlers for session.*, people.*, teams.*, keys.* and secrets.*.
///
/// Who may change whose roles: a role is given or taken only by someone who may manage people where it reaches; nobody
/// changes their own roles or activity (identity.own-roles), except the only active administrator, who has nobody to
/// ask, and who even so cannot gain the permission to approve changes; the last active administrator stays
/// (identity.last-admin).
void addHandlers(HandlerTable& table, Services services);

}
