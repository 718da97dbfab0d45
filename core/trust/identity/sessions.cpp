#include "core/trust/identity/sessions.h"

#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/trust/identity/moment.h"
#include "core/trust/identity/people.h"
#include "core/trust/identity/service_keys.h"

namespace ephor::identity {

namespace {

// Old sessions say when somebody was here; longer than this nobody asks, and the table stays small.
constexpr Duration keepEndedSessions = std::chrono::days(30);

// Longer than any token that was ever given out; more is not worth hashing.
constexpr std::size_t longestCredential = 512;

std::unexpected<Error> unknownCredential()
{
    return fail(ErrorKind::Unauthenticated, "credential.unknown", "This credential is not known here.",
        "Sign in again, or ask an administrator for a new key.");
}

struct SessionRow {
    std::string id;
    std::string person;
    Instant expiresAt;
    bool ended = false;
    Instant createdAt;
};

Result<Principal> fromSession(const store::Snapshot& snapshot, std::string_view token, const Clock& clock)
{
    const Digest hash = sha256(token);
    std::optional<SessionRow> session;
    EPHOR_TRY_VOID(snapshot.query("SELECT id, person, expires_at, ended_at, created_at FROM session WHERE hash = ?",
        {BytesView(hash)}, [&](const store::Row& row) -> Result<void> {
            session = SessionRow{
                row.string(0), row.string(1), momentOf(row.integer(2)), row.integer(3) != 0, momentOf(row.integer(4))};
            return {};
        }));
    if (!session)
        return unknownCredential();
    if (session->ended)
        return fail(ErrorKind::Unauthenticated, "session.ended", "This session was ended.", "Sign in again.");
    if (session->expiresAt <= clock.now())
        return fail(ErrorKind::Unauthenticated, "session.expired", "This session has expired.", "Sign in again.");
    EPHOR_TRY(auto record, findPerson(snapshot, session->person));
    if (!record || !record->person.active)
        return fail(ErrorKind::Unauthenticated, "identity.inactive", "This person is no longer active here.",
            "Ask an administrator to activate the account.");
    Principal principal;
    principal.kind = PrincipalKind::Person;
    principal.id = std::move(record->person.id);
    principal.name = std::move(record->person.name);
    principal.roles = std::move(record->person.roles);
    principal.session = std::move(session->id);
    principal.signedInAt = session->createdAt;
    return principal;
}

Result<Principal> fromServiceKey(const store::Snapshot& snapshot, std::string_view token, const Clock& clock)
{
    EPHOR_TRY(const auto key, findServiceKeyByToken(snapshot, token));
    if (!key)
        return unknownCredential();
    if (key->revokedAt != Instant())
        return fail(ErrorKind::Unauthenticated, "key.revoked", "This service key was revoked.",
            "Ask an administrator for a new key.");
    if (key->expiresAt <= clock.now())
        return fail(ErrorKind::Unauthenticated, "key.expired", "This service key has expired.",
            "Ask an administrator for a new key.");
    return principalOf(*key);
}

}

Result<NewSession> beginSession(
    store::Transaction& transaction, const std::string& person, Instant visitBefore, const Clock& clock)
{
    std::array<std::uint8_t, 32> random{};
    fillRandom(random);
    NewSession session{newId(clock), std::string(sessionPrefix) + toHex(random), clock.now()};
    const Digest hash = sha256(session.token);
    const std::int64_t now = storedMoment(session.began);
    EPHOR_TRY_VOID(
        transaction.run("DELETE FROM session WHERE expires_at < ?", {now - std::int64_t(keepEndedSessions.count())}));
    EPHOR_TRY_VOID(transaction.run("INSERT INTO session (id, hash, person, created_at, expires_at, ended_at, "
                                   "visit_before) VALUES (?, ?, ?, ?, ?, 0, ?)",
        {session.id, BytesView(hash), person, now, now + std::int64_t(sessionLength.count()),
            storedMoment(visitBefore)}));
    EPHOR_TRY_VOID(transaction.run("UPDATE person SET signed_in_at = ?, seen_at = ? WHERE id = ?", {now, now, person}));
    return session;
}

Result<void> endSession(store::Transaction& transaction, const std::string& session, Instant at)
{
    EPHOR_TRY_VOID(
        transaction.run("UPDATE session SET ended_at = ? WHERE id = ? AND ended_at = 0", {storedMoment(at), session}));
    return {};
}

Result<void> endSessionsOf(
    store::Transaction& transaction, const std::string& person, const std::string& except, Instant at)
{
    EPHOR_TRY_VOID(transaction.run("UPDATE session SET ended_at = ? WHERE person = ? AND id <> ? AND ended_at = 0",
        {storedMoment(at), person, except}));
    return {};
}

Result<Instant> visitBefore(const store::Snapshot& snapshot, const std::string& session)
{
    EPHOR_TRY(const auto at, snapshot.integer("SELECT visit_before FROM session WHERE id = ?", {session}));
    return momentOf(at.value_or(0));
}

Result<Principal> authenticate(const store::Snapshot& snapshot, std::string_view credential, const Clock& clock)
{
    if (credential.empty())
        return Principal{};
    if (credential.size() > longestCredential)
        return unknownCredential();
    return credential.starts_with(sessionPrefix) ? fromSession(snapshot, credential, clock)
                                                 : fromServiceKey(snapshot, credential, clock);
}

}
