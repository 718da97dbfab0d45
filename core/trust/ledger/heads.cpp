#include "core/trust/ledger/heads.h"

#include "core/trust/ledger/stored_tree.h"

namespace ephor::ledger {

namespace {

Result<HeadRow> readHeadRow(const store::Row& row)
{
    HeadRow head{std::uint64_t(row.integer(0)), {}, row.string(2), row.string(3)};
    EPHOR_TRY(head.root, digestFrom(row.blob(1)));
    return head;
}

Error headFault(const char* code, std::string message, const Error& cause)
{
    Error fault(ErrorKind::CheckFailed, code, std::move(message), "Compare with a signed head that was kept outside.");
    fault.fields = cause.fields;
    return std::move(fault).with("cause", cause.code);
}

}

Result<std::optional<HeadRow>> lastHead(const store::Snapshot& snapshot)
{
    std::optional<HeadRow> head;
    EPHOR_TRY_VOID(snapshot.query("SELECT size, root, note, signed_at FROM head ORDER BY size DESC LIMIT 1", {},
        [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(head, readHeadRow(row));
            return {};
        }));
    return head;
}

Result<std::vector<HeadRow>> headsFrom(const store::Snapshot& snapshot, std::uint64_t size, std::size_t limit)
{
    std::vector<HeadRow> heads;
    EPHOR_TRY_VOID(snapshot.query("SELECT size, root, note, signed_at FROM head WHERE size >= ? ORDER BY size LIMIT ?",
        {std::int64_t(size), std::int64_t(limit)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(heads.emplace_back(), readHeadRow(row));
            return {};
        }));
    return heads;
}

Result<void> storeHead(store::Transaction& transaction, const HeadRow& head)
{
    EPHOR_TRY_VOID(
        transaction.run("INSERT INTO head(size, root, note, signed_at) VALUES(?, ?, ?, ?) "
                        "ON CONFLICT(size) DO UPDATE SET note = excluded.note, signed_at = excluded.signed_at",
            {std::int64_t(head.size), head.root, head.note, head.signedAt}));
    return {};
}

Result<proof::Checkpoint> openHead(std::string_view note, const HeadTrust& trust)
{
    auto opened = proof::openCheckpoint(note, trust.keys);
    if (opened && opened->checkpoint.origin == trust.origin)
        return opened->checkpoint;
    if (opened)
        return fail(Error(ErrorKind::CheckFailed, "ledger.head.origin", "A signed head belongs to another log.")
                .with("origin", opened->checkpoint.origin));
    const Error& cause = opened.error();
    // A log's keys bear its name: another log's head shows as signed by an unknown key.
    const auto parsed = proof::parseNote(note);
    const auto stated = parsed ? proof::parseCheckpoint(parsed->text) : fail(cause);
    if (cause.code == "proof.note.unknown-key" && stated && stated->origin != trust.origin)
        return fail(headFault("ledger.head.origin", "A signed head belongs to another log.", cause));
    if (cause.code == "proof.note.signature")
        return fail(headFault("ledger.head.signature", "A signed head's text or signature was changed.", cause));
    if (cause.code == "proof.note.key-replaced" || cause.code == "proof.note.unknown-key")
        return fail(headFault("ledger.head.key", "A head is signed by none of the known keys.", cause));
    if (cause.code == "proof.checkpoint.wrong-origin")
        return fail(headFault("ledger.head.origin", "A signed head belongs to another log.", cause));
    return fail(headFault("ledger.head.format", "A signed head is not in the form that was written.", cause));
}

Result<void> checkHeadRow(const HeadRow& head, const HeadTrust& trust)
{
    auto opened = openHead(head.note, trust);
    if (!opened)
        return fail(std::move(opened).error().with("size", std::to_string(head.size)));
    if (opened->size != head.size || opened->root != head.root)
        return fail(Error(
            ErrorKind::CheckFailed, "ledger.head.changed", "A stored head says something else than its signed text.")
                .with("size", std::to_string(head.size)));
    return {};
}

}
