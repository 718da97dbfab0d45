#pragma once

#include "core/domain/principal.h"
#include "core/store/database.h"

namespace ephor::identity {

/// A session ends this long after it was last used: a working day, so that nobody is asked twice in one.
constexpr Duration sessionLength = std::chrono::hours(12);

/// What session tokens begin with, so that scanners for leaked secrets can find one.
constexpr std::string_view sessionPrefix = "eps_";

/// A session just begun. The token is told once; only its SHA-256 is stored.
struct NewSession {
    std::string id;
    std::string token;
    Instant began;
};

/// Begins a session and notes the visit. `visitBefore` is the sign-in before this one.
Result<NewSession> beginSession(
    store::Transaction& transaction, const std::string& person, Instant visitBefore, const Clock& clock);

/// Ends one session; ending it again changes nothing.
Result<void> endSession(store::Transaction& transaction, const std::string& session, Instant at);
/// Ends every session of a person but `except`, which may be empty.
Result<void> endSessionsOf(
    store::Transaction& transaction, const std::string& person, const std::string& except, Instant at);

/// The sign-in before the one that began this session; unset for the first.
Result<Instant> visitBefore(const store::Snapshot& snapshot, const std::string& session);

/// Who acts with this credential: a session token or a service key. An empty one is the anonymous principal.
/// Reads only: whoever calls tells an Activity (activity.h), which keeps the session alive.
/// All failures are Unauthenticated. Codes: credential.unknown, session.expired, session.ended, key.expired,
/// key.revoked, identity.inactive.
Result<Principal> authenticate(const store::Snapshot& snapshot, std::string_view credential, const Clock& clock);

}
