#include "core/trust/identity/migrations.h"

#include <array>

namespace ephor::identity {

namespace {

constexpr std::string_view firstTables = R"sql(
CREATE TABLE team (
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    password TEXT NOT NULL,
    persona INTEGER NOT NULL,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    signed_in_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE role_grant (
    person TEXT NOT NULL REFERENCES person(id),
    team TEXT NOT NULL,
    environment TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (person, team, environment, role)
) WITHOUT ROWID;
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES person(id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    visit_before INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_expiry ON session (expires_at);
CREATE TABLE service_key (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    team TEXT NOT NULL,
    environment TEXT NOT NULL,
    owner TEXT NOT NULL,
    agents TEXT NOT NULL,
    permissions TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
) WITHOUT ROWID;
)sql";

constexpr std::array steps{
    store::Migration{"trust/identity", 1, "people, teams, roles, sessions, service keys", firstTables},
};

}

std::span<const store::Migration> migrations()
{
    return steps;
}

}
