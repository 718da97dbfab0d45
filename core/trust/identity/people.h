#pragma once

#include "core/api/people.h"
#include "core/store/database.h"

namespace ephor::identity {

/// A person with what no screen sees.
struct PersonRecord {
    Person person;
    std::string passwordHash; ///< core/trust/keys/password.h; empty: cannot sign in with a password
    bool persona = false; ///< may be signed in as without a password, in a demo workspace
    Instant signedInAt; ///< the last sign-in
};

/// Logins are compared without regard to ASCII case; this is the one spelling that is stored.
/// 1 to 128 of a-z 0-9 . _ @ + -. Code: people.login-format.
Result<std::string> loginFrom(std::string_view text);

Result<std::optional<PersonRecord>> findPerson(const store::Snapshot& snapshot, std::string_view id);
Result<std::optional<PersonRecord>> findLogin(const store::Snapshot& snapshot, std::string_view login);
Result<bool> hasPeople(const store::Snapshot& snapshot);
/// Everybody, by name.
Result<std::vector<PersonRecord>> listPeople(const store::Snapshot& snapshot);

/// Writes the row and replaces the roles as a whole. Code: people.login-taken.
Result<void> insertPerson(store::Transaction& transaction, const PersonRecord& record);
Result<void> updatePerson(store::Transaction& transaction, const PersonRecord& record);

/// What to call the principal with this id ("person:…", "key:…", "system") in a list; the id itself when unknown.
Result<std::string> displayName(const store::Snapshot& snapshot, const std::string& principal);

/// The active people who hold `permission` in `scope`, by name.
Result<std::vector<Person>> peopleWho(const store::Snapshot& snapshot, Permission permission, const Scope& scope);

/// True when in every team, for everybody who may edit its definitions in `environment`, somebody else there may
/// approve the change. Until then changes publish as "self-approved (setup)".
Result<bool> fourEyes(const store::Snapshot& snapshot, const std::string& environment);

/// True for whoever may manage everybody, everywhere: each workspace keeps at least one such person active.
bool isAdministrator(const Person& person);

}
