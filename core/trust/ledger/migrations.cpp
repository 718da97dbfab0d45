#include "core/trust/ledger/migrations.h"

namespace ephor::ledger {

namespace {

// Every column that a query filters by is computed from the body: one that could be edited on its own could hide a
// denial while every hash still held. The triggers are only a seat-belt; what proves the record is the tree.
constexpr store::Migration ledgerMigrations[] = {
    {"trust/ledger", 1, "log", R"sql(
CREATE TABLE leaf(
    idx INTEGER PRIMARY KEY,
    leaf_hash BLOB NOT NULL CHECK(length(leaf_hash) = 32),
    body TEXT NOT NULL,
    id TEXT GENERATED ALWAYS AS (json_extract(body, '$.id')) VIRTUAL,
    kind TEXT GENERATED ALWAYS AS (json_extract(body, '$.kind')) VIRTUAL,
    at TEXT GENERATED ALWAYS AS (json_extract(body, '$.at')) VIRTUAL,
    actor TEXT GENERATED ALWAYS AS (json_extract(body, '$.actor')) VIRTUAL,
    operation TEXT GENERATED ALWAYS AS (json_extract(body, '$.operation')) VIRTUAL,
    subject TEXT GENERATED ALWAYS AS (json_extract(body, '$.subject')) VIRTUAL,
    outcome TEXT GENERATED ALWAYS AS (json_extract(body, '$.outcome')) VIRTUAL,
    reason TEXT GENERATED ALWAYS AS (json_extract(body, '$.reason')) VIRTUAL,
    ref_run TEXT GENERATED ALWAYS AS (json_extract(body, '$.refs.run')) VIRTUAL,
    ref_call TEXT GENERATED ALWAYS AS (json_extract(body, '$.refs.call')) VIRTUAL,
    ref_change TEXT GENERATED ALWAYS AS (json_extract(body, '$.refs.change')) VIRTUAL,
    ref_approval TEXT GENERATED ALWAYS AS (json_extract(body, '$.refs.approval')) VIRTUAL,
    ref_release TEXT GENERATED ALWAYS AS (json_extract(body, '$.refs.release')) VIRTUAL,
    ref_policy TEXT GENERATED ALWAYS AS (json_extract(body, '$.refs.policy')) VIRTUAL,
    ref_version TEXT GENERATED ALWAYS AS (json_extract(body, '$.refs.version')) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX leaf_id ON leaf(id);
CREATE INDEX leaf_kind ON leaf(kind);
CREATE INDEX leaf_at ON leaf(at);
CREATE INDEX leaf_actor ON leaf(actor);
CREATE INDEX leaf_operation ON leaf(operation);
CREATE INDEX leaf_subject ON leaf(subject);
CREATE INDEX leaf_outcome ON leaf(outcome);
CREATE INDEX leaf_ref_run ON leaf(ref_run) WHERE ref_run IS NOT NULL;
CREATE INDEX leaf_ref_call ON leaf(ref_call) WHERE ref_call IS NOT NULL;
CREATE INDEX leaf_ref_change ON leaf(ref_change) WHERE ref_change IS NOT NULL;
CREATE INDEX leaf_ref_approval ON leaf(ref_approval) WHERE ref_approval IS NOT NULL;
CREATE INDEX leaf_ref_release ON leaf(ref_release) WHERE ref_release IS NOT NULL;
CREATE INDEX leaf_ref_policy ON leaf(ref_policy) WHERE ref_policy IS NOT NULL;
CREATE INDEX leaf_ref_version ON leaf(ref_version) WHERE ref_version IS NOT NULL;
CREATE TRIGGER leaf_is_never_updated BEFORE UPDATE ON leaf BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER leaf_is_never_deleted BEFORE DELETE ON leaf BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TABLE subtree(level INTEGER NOT NULL, n INTEGER NOT NULL, hash BLOB NOT NULL CHECK(length(hash) = 32),
    PRIMARY KEY(level, n)) STRICT, WITHOUT ROWID;
CREATE TABLE head(size INTEGER PRIMARY KEY, root BLOB NOT NULL, note TEXT NOT NULL, signed_at TEXT NOT NULL) STRICT;
CREATE TABLE outside_copy(at TEXT NOT NULL, size INTEGER NOT NULL, kind TEXT NOT NULL) STRICT;
CREATE TABLE subject_key(subject TEXT NOT NULL, generation INTEGER NOT NULL, wrapped BLOB, created_at TEXT NOT NULL,
    destroyed_at TEXT, PRIMARY KEY(subject, generation)) STRICT, WITHOUT ROWID;
CREATE TABLE sealed(entry_id TEXT NOT NULL, field TEXT NOT NULL, subject TEXT NOT NULL, generation INTEGER NOT NULL,
    nonce BLOB NOT NULL, ciphertext BLOB NOT NULL, PRIMARY KEY(entry_id, field),
    FOREIGN KEY(subject, generation) REFERENCES subject_key(subject, generation)) STRICT, WITHOUT ROWID;
)sql"},
};

}

std::span<const store::Migration> migrations()
{
    return ledgerMigrations;
}

}
