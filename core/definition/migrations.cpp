#include "core/definition/migrations.h"

#include <array>

namespace ephor::definition {

namespace {

// definition_use says what each version of an agent names, so that "where used" reads no bodies.
// definition_tag keeps cleared tags: a version that was in production once says so.
constexpr std::string_view definitionTables = R"sql(
CREATE TABLE definition (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    team TEXT NOT NULL,
    owner TEXT NOT NULL,
    title TEXT NOT NULL,
    detail TEXT NOT NULL,
    newest INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE TABLE definition_version (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    body BLOB NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (kind, name, number),
    FOREIGN KEY (kind, name) REFERENCES definition (kind, name)
);
CREATE TABLE definition_use (
    agent TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (agent, version, kind, name)
) WITHOUT ROWID;
CREATE INDEX definition_use_of ON definition_use (kind, name);
CREATE TABLE definition_tag (
    environment TEXT NOT NULL,
    agent TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    tag TEXT NOT NULL,
    release TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    cleared_at INTEGER NOT NULL,
    PRIMARY KEY (environment, agent, kind, name, version, tag)
) WITHOUT ROWID;
CREATE INDEX definition_tag_of ON definition_tag (kind, name, version);
CREATE TABLE definition_change (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    change TEXT NOT NULL,
    state TEXT NOT NULL,
    moved_at INTEGER NOT NULL,
    PRIMARY KEY (kind, name, version, change)
) WITHOUT ROWID;
)sql";

constexpr std::array definitionSteps{
    store::Migration{"definition", 1, "definitions, versions, uses, tags, changes", definitionTables},
};

}

std::span<const store::Migration> migrations()
{
    return definitionSteps;
}

}
