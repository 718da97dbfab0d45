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
    // Nine indexes were half of what a commit wrote. An entry is in none of them until it is filed (filing.h), and then
    // in all that its columns belong to; whichever it is, one half of the view has it, so that `filed` can hide
    // nothing.
    {"trust/ledger", 2, "indexes filled after the commit", R"sql(
ALTER TABLE leaf ADD COLUMN filed INTEGER NOT NULL DEFAULT 1 CHECK(filed IN (0, 1));
DROP INDEX leaf_id;
DROP INDEX leaf_kind;
DROP INDEX leaf_at;
DROP INDEX leaf_actor;
DROP INDEX leaf_operation;
DROP INDEX leaf_subject;
DROP INDEX leaf_outcome;
DROP INDEX leaf_ref_run;
DROP INDEX leaf_ref_call;
DROP INDEX leaf_ref_change;
DROP INDEX leaf_ref_approval;
DROP INDEX leaf_ref_release;
DROP INDEX leaf_ref_policy;
DROP INDEX leaf_ref_version;
CREATE INDEX leaf_unfiled ON leaf(idx) WHERE filed = 0;
CREATE UNIQUE INDEX leaf_id ON leaf(id) WHERE filed = 1;
CREATE INDEX leaf_kind ON leaf(kind) WHERE filed = 1;
CREATE INDEX leaf_at ON leaf(at) WHERE filed = 1;
CREATE INDEX leaf_actor ON leaf(actor) WHERE filed = 1;
CREATE INDEX leaf_operation ON leaf(operation) WHERE filed = 1;
CREATE INDEX leaf_subject ON leaf(subject) WHERE filed = 1;
CREATE INDEX leaf_outcome ON leaf(outcome) WHERE filed = 1;
CREATE INDEX leaf_ref_run ON leaf(ref_run) WHERE filed = 1 AND ref_run IS NOT NULL;
CREATE INDEX leaf_ref_call ON leaf(ref_call) WHERE filed = 1 AND ref_call IS NOT NULL;
CREATE INDEX leaf_ref_change ON leaf(ref_change) WHERE filed = 1 AND ref_change IS NOT NULL;
CREATE INDEX leaf_ref_approval ON leaf(ref_approval) WHERE filed = 1 AND ref_approval IS NOT NULL;
CREATE INDEX leaf_ref_release ON leaf(ref_release) WHERE filed = 1 AND ref_release IS NOT NULL;
CREATE INDEX leaf_ref_policy ON leaf(ref_policy) WHERE filed = 1 AND ref_policy IS NOT NULL;
CREATE INDEX leaf_ref_version ON leaf(ref_version) WHERE filed = 1 AND ref_version IS NOT NULL;
CREATE VIEW entry AS
    SELECT idx, body, id, kind, at, actor, operation, subject, outcome, reason, ref_run, ref_call, ref_change,
        ref_approval, ref_release, ref_policy, ref_version FROM leaf WHERE filed = 1
    UNION ALL
    SELECT idx, body, id, kind, at, actor, operation, subject, outcome, reason, ref_run, ref_call, ref_change,
        ref_approval, ref_release, ref_policy, ref_version FROM leaf INDEXED BY leaf_unfiled WHERE filed = 0;
DROP TRIGGER leaf_is_never_updated;
CREATE TRIGGER leaf_is_never_updated BEFORE UPDATE ON leaf
    WHEN old.filed = 1 OR new.filed IS NOT 1 OR new.idx IS NOT old.idx OR new.leaf_hash IS NOT old.leaf_hash
        OR new.body IS NOT old.body
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
)sql"},
    // Before an update SQLite computes the columns for the trigger, and after it once more: a quarter of what filing
    // took.
    {"trust/ledger", 3, "columns computed once when filed", R"sql(
DROP TRIGGER leaf_is_never_updated;
CREATE TRIGGER leaf_is_never_updated AFTER UPDATE ON leaf
    WHEN old.filed = 1 OR new.filed IS NOT 1 OR new.idx IS NOT old.idx OR new.leaf_hash IS NOT old.leaf_hash
        OR new.body IS NOT old.body
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
)sql"},
};

}

std::span<const store::Migration> migrations()
{
    return ledgerMigrations;
}

}
