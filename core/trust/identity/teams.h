#pragma once

#include "core/api/people.h"
#include "core/store/database.h"

namespace ephor::identity {

/// By name, with how many active people hold a role in exactly that team. `agents` is left 0: definitions know them.
Result<std::vector<Team>> listTeams(const store::Snapshot& snapshot);

/// Adds the team or gives it another title. A name is 1 to 64 of a-z 0-9 - _ . beginning with a letter or digit.
/// Codes: teams.name-format.
Result<void> putTeam(store::Transaction& transaction, const std::string& name, const std::string& title, Instant at);

Result<bool> teamExists(const store::Snapshot& snapshot, const std::string& name);
/// Code: teams.unknown.
Result<void> requireTeam(const store::Snapshot& snapshot, const std::string& name);

}
