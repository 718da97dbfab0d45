#include "core/base/json.h"
#include "core/proof/export_write.h"
#include "core/proof/leaf.h"
#include "core/proof/proof_file.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/envelope.h"
#include "core/trust/ledger/export_folder.h"
#include "core/trust/ledger/ledger_log.h"
#include "core/trust/ledger/sealed_fields.h"
#include "core/trust/ledger/stored_tree.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::ledger {

Result<std::string> LedgerLog::body(const store::Snapshot& snapshot, std::uint64_t index) const
{
    EPHOR_TRY(auto text,
        snapshot.text(
            "SELECT body FROM leaf WHERE idx = ?", {std::int64_t(std::min<std::uint64_t>(index, INT64_MAX))}));
    if (!text)
        return fail(Error(ErrorKind::NotFound, "ledger.no-entry", "There is no such entry.")
                .with("entry", std::to_string(index)));
    return std::move(*text);
}

Result<std::vector<SealedField>> LedgerLog::open(const store::Snapshot& snapshot, std::uint64_t index) const
{
    if (!m_options.keys)
        return fail(ErrorKind::Forbidden, "ledger.no-key", "The ledger was opened without its keys.");
    EPHOR_TRY(const std::string text, body(snapshot, index));
    EPHOR_TRY(const Json envelope, parseJson(text));
    const auto commitments = commitmentsIn(envelope);
    EPHOR_TRY(const auto rows, sealedRows(snapshot, envelope.value("id", std::string())));
    std::vector<SealedField> fields;
    std::size_t erased = 0;
    for (const SealedRow& row : rows) {
        const auto commitment = commitments.find(row.path);
        if (commitment == commitments.end())
            continue;
        SealedField& field = fields.emplace_back(SealedField{row.path, row.subject, {}});
        if (row.keyKnown && !row.wrappedKey) {
            ++erased;
            continue;
        }
        EPHOR_TRY(field.value.text, openSeal(*m_options.keys, row, commitment->second));
    }
    if (erased != 0 && erased == fields.size())
        return fail(Error(ErrorKind::NotFound, "ledger.erased",
            "What this entry held was erased; that it was there can still be proved.")
                .with("entry", std::to_string(index))
                .with("subject", fields.front().subject));
    return fields;
}

Result<void> LedgerLog::erase(
    store::Transaction& transaction, const std::string& subject, const std::string& actor, const std::string& reason)
{
    EPHOR_TRY(const std::int64_t destroyed, destroyKeys(transaction, subject, formatInstant(m_options.clock.now())));
    if (destroyed == 0)
        return fail(Error(
            ErrorKind::NotFound, "ledger.no-subject", "Nothing is sealed for this subject, or it was erased before.")
                .with("subject", subject));
    EPHOR_TRY(const auto values, transaction.integer("SELECT count(*) FROM sealed WHERE subject = ?", {subject}));
    NewEntry entry;
    entry.kind = EntryKind::Erasure;
    entry.actor = actor;
    entry.operation = "ledger.erase";
    entry.subject = subject;
    entry.outcome = "done";
    entry.reason = reason;
    EPHOR_TRY(entry.data.text, canonicalJson({{"keys", destroyed}, {"values", values.value_or(0)}}));
    EPHOR_TRY([[maybe_unused]] const auto written, append(transaction, entry));
    return {};
}

Result<std::string> LedgerLog::prove(std::uint64_t index)
{
    if (index >= status().size)
        return fail(Error(ErrorKind::NotFound, "ledger.no-entry", "There is no such entry.")
                .with("entry", std::to_string(index)));
    if (index >= status().headSize) {
        EPHOR_TRY_VOID(checkpoint());
    }
    std::string file;
    EPHOR_TRY_VOID(m_options.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto head, lastHead(snapshot));
        if (!head || head->size <= index)
            return fail(ErrorKind::CheckFailed, "ledger.tail", "The signed head of the entry is gone.");
        EPHOR_TRY(const HeadTrust heads, trust());
        EPHOR_TRY(const proof::Checkpoint checkpoint, openHead(head->note, heads));
        EPHOR_TRY(auto hashes, proof::inclusionProof(index, head->size, storedTree(snapshot)));
        EPHOR_TRY(const std::string entry, body(snapshot, index));
        const std::string leaf = proof::leafFor(entry).body;
        const proof::ProofFile proof = proof::makeProofFile(index, std::move(hashes), head->note, leaf);
        // What does not convince us is not handed out.
        EPHOR_TRY_VOID(proof::verifyProofFile(proof, checkpoint, leaf));
        file = proof::formatProofFile(proof);
        return {};
    }));
    return file;
}

Result<std::uint64_t> LedgerLog::exportTo(
    const std::string& directory, const std::function<bool(std::uint64_t, std::uint64_t)>& progress)
{
    EPHOR_TRY(const std::string note, checkpoint());
    EPHOR_TRY(const HeadTrust heads, trust());
    EPHOR_TRY(const proof::Checkpoint head, openHead(note, heads));
    EPHOR_TRY(const ExportFolder folder, ExportFolder::create(directory));
    EntryReader reader(m_options.database);
    proof::ExportSource source;
    source.signedCheckpoint = note;
    source.verifierKeys = publicKeys();
    source.entry = [&](std::uint64_t index) -> Result<std::string> {
        if (index % EntryReader::atOnce == 0 && progress && !progress(index, head.size))
            return fail(ErrorKind::Cancelled, "ledger.cancelled", "The export was cancelled.");
        return reader.entry(index);
    };
    EPHOR_TRY_VOID(proof::writeExport(
        source, [&](std::string_view path, BytesView content) { return folder.write(path, content); }));
    EPHOR_TRY_VOID(folder.sync());
    if (progress)
        (void)progress(head.size, head.size);
    return head.size;
}

Result<void> LedgerLog::compareWith(std::string_view signedHead) const
{
    EPHOR_TRY(const HeadTrust heads, trust());
    EPHOR_TRY(const proof::Checkpoint kept, openHead(signedHead, heads));
    return m_options.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const std::uint64_t size, storedSize(snapshot));
        const auto differs = [&](const char* code, const char* message) {
            return fail(Error(ErrorKind::CheckFailed, code, message,
                "Somebody restored or replaced the record: compare with the last export.")
                    .with("size", std::to_string(size))
                    .with("kept", std::to_string(kept.size)));
        };
        if (size < kept.size)
            return differs("ledger.rolled-back", "The ledger is shorter than it was when the kept head was signed.");
        const auto source = storedTree(snapshot);
        EPHOR_TRY(const Digest root, proof::treeRoot(size, source));
        if (size == kept.size && root != kept.root)
            return differs("ledger.fork", "Two different histories of the same length were signed.");
        EPHOR_TRY(const auto consistency, proof::consistencyProof(kept.size, size, source));
        if (!proof::verifyConsistency(kept.head(), {size, root}, consistency))
            return differs("ledger.rewritten", "The ledger does not begin with what the kept head was signed for.");
        return {};
    });
}

Result<void> LedgerLog::noteOutsideCopy(std::uint64_t size, std::string_view kind)
{
    const Instant now = m_options.clock.now();
    const std::string at = formatInstant(now);
    EPHOR_TRY_VOID(m_options.database.write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY_VOID(transaction.run(
            "INSERT INTO outside_copy(at, size, kind) VALUES(?, ?, ?)", {at, std::int64_t(size), kind}));
        return {};
    }));
    const std::scoped_lock lock(m_mutex);
    m_outsideSize = size;
    m_outsideAt = now;
    return {};
}

}
