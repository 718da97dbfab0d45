#include "core/trust/ledger/ledger_log.h"

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/proof/leaf.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/envelope_text.h"
#include "core/trust/ledger/prepared_entry.h"
#include "core/trust/ledger/stored_tree.h"
#include "core/trust/ledger/verification.h"

#include <nlohmann/json.hpp>

namespace ephor::ledger {

namespace {

constexpr const char* logFormat = "ephor-ledger/1";
constexpr std::string_view demoSuffix = "/demo";

std::string originFor(std::string wanted, const Clock& clock)
{
    if (!wanted.empty() && clock.simulated() && !wanted.ends_with(demoSuffix))
        wanted += demoSuffix;
    return wanted;
}

constexpr std::string_view rolledBack = "ledger.rolled-back";

Error damagedBy(const Error& fault)
{
    Error error(ErrorKind::CheckFailed, "ledger.damaged",
        "The ledger does not hold, so nothing can be added to it: " + fault.message,
        "Keep a copy of the workspace for examination and restore the last backup.");
    error.fields = fault.fields;
    return std::move(error).with("cause", fault.code);
}

}

Result<std::unique_ptr<Ledger>> openLedger(LedgerOptions options)
{
    auto ledger = std::make_unique<LedgerLog>(std::move(options));
    EPHOR_TRY_VOID(ledger->start());
    return ledger;
}

LedgerLog::LedgerLog(LedgerOptions options)
    : m_options(std::move(options))
    , m_filing(std::make_shared<Filing>(m_options.database))
    , m_kept(m_options.keptHead)
{
}

Result<void> LedgerLog::start()
{
    for (const std::string& key : m_options.trustedKeys) {
        EPHOR_TRY(m_trusted.emplace_back(), proof::parseVerifierKey(key));
    }
    bool empty = false;
    EPHOR_TRY_VOID(m_options.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const std::uint64_t size, storedSize(snapshot));
        EPHOR_TRY(const auto head, lastHead(snapshot));
        empty = size == 0 && !head;
        return {};
    }));
    if (empty) {
        EPHOR_TRY_VOID(writeGenesis());
    }
    EPHOR_TRY_VOID(restore());
    if (!m_options.keys || m_damaged)
        return {};
    m_options.database.recordHalts([this](store::Transaction& transaction, store::HaltEvent event, const Error& cause) {
        return recordHalt(transaction, event, cause);
    });
    if (m_options.keys->formerSigner()) {
        EPHOR_TRY_VOID(finishRotation("system", "A rotation that was interrupted was completed."));
    }
    EPHOR_TRY_VOID(recordRestoring());
    startSigning();
    return {};
}

Result<void> LedgerLog::writeGenesis()
{
    m_origin = originFor(m_options.origin, m_options.clock);
    if (!m_options.keys)
        return fail(ErrorKind::NotFound, "ledger.empty", "The ledger is empty.");
    EPHOR_TRY(const std::string key, signerVkey());
    EPHOR_TRY(const std::string data,
        canonicalJson({{"format", logFormat}, {"workspace", m_options.keys->workspace()}, {"origin", m_origin},
            {"key", key}, {"version", EPHOR_VERSION}}));
    NewEntry entry;
    entry.kind = EntryKind::Genesis;
    entry.actor = "system";
    entry.operation = "ledger.create";
    entry.subject = "ledger:" + m_origin;
    entry.outcome = "done";
    entry.data.text = data;
    return m_options.database.write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY(const auto prepared, prepare(entry));
        EPHOR_TRY([[maybe_unused]] const auto written, appendOne(transaction, *prepared, m_options.clock.now()));
        return {};
    });
}

// What cannot be read or does not hold is a fault to show, not a reason to refuse to open: somebody must be able to
// look.
Result<void> LedgerLog::restore()
{
    const auto read = m_options.database.read([this](const store::Snapshot& snapshot) { return readState(snapshot); });
    if (!read && read.error().kind != ErrorKind::CheckFailed)
        return read;
    if (!read) {
        keepFault(read.error());
        m_damaged = true;
        return {};
    }
    if (const std::string wanted = originFor(m_options.origin, m_options.clock); !wanted.empty() && wanted != m_origin)
        return fail(Error(ErrorKind::Conflict, "ledger.origin", "The ledger belongs to another origin.")
                .with("origin", m_origin)
                .with("wanted", wanted));
    const auto verified = verify(m_head ? m_head->size : 0, {});
    if (!verified && verified.error().kind != ErrorKind::CheckFailed)
        return fail(verified.error());
    m_damaged = !verified;
    return {};
}

// A record that was exchanged or written anew together with its signed heads verifies by itself. One that is only
// shorter was restored or cut, which an entry tells; but an older copy of what was signed for has a head of its own.
Result<void> LedgerLog::compareWithKept() const
{
    EPHOR_TRY(const auto kept, m_kept.read());
    const auto same = kept ? compareWith(*kept) : Result<void>();
    if (same || same.error().kind != ErrorKind::CheckFailed)
        return same;
    if (same.error().code == rolledBack && status().headSize > 0)
        return {};
    return fail(Error(same.error()).with("file", m_kept.path()));
}

// Whoever restores a backup, on purpose or to hide what came after it, does so for everybody to see.
Result<void> LedgerLog::recordRestoring()
{
    EPHOR_TRY(const auto kept, m_kept.read());
    const auto same = kept ? compareWith(*kept) : Result<void>();
    if (same || same.error().code != rolledBack)
        return same;
    NewEntry entry;
    entry.actor = "system";
    entry.operation = "ledger.restore";
    entry.subject = "ledger:" + m_origin;
    entry.outcome = "done";
    entry.reason
        = "The record is shorter than when it was signed last: an older copy took its place, or its end was cut.";
    EPHOR_TRY(entry.data.text, canonicalJson({{"signed", *kept}}));
    EPHOR_TRY_VOID(m_options.database.write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY([[maybe_unused]] const auto written, append(transaction, entry));
        return {};
    }));
    // Kept in place of the other one, so that the next opening does not say it again.
    EPHOR_TRY_VOID(checkpoint());
    return {};
}

Result<void> LedgerLog::readState(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const std::uint64_t size, storedSize(snapshot));
    EPHOR_TRY(m_head, lastHead(snapshot));
    EPHOR_TRY(const auto origin,
        snapshot.text("SELECT json_extract(body, '$.data.origin') FROM leaf WHERE idx = 0 AND kind = 'genesis'", {}));
    if (!origin)
        return fail(
            entryFault("ledger.genesis", "The first entry is missing or is not the one that begins a ledger.", 0));
    m_origin = *origin;
    EPHOR_TRY(const auto last, snapshot.text("SELECT at FROM leaf ORDER BY idx DESC LIMIT 1", {}));
    EPHOR_TRY(m_lastAt, parseInstant(last.value_or("")));
    EPHOR_TRY(m_frontier, proof::Frontier::load(size, storedTree(snapshot)));
    m_durable = size;
    EPHOR_TRY_VOID(m_filing->begin(snapshot));
    return snapshot.query("SELECT size, at FROM outside_copy ORDER BY rowid DESC LIMIT 1", {},
        [&](const store::Row& row) -> Result<void> {
            m_outsideSize = std::uint64_t(row.integer(0));
            EPHOR_TRY(m_outsideAt, parseInstant(row.text(1)));
            return {};
        });
}

Result<std::unique_ptr<PreparedEntry>> LedgerLog::prepare(const NewEntry& entry) const
{
    if (!m_options.keys)
        return fail(ErrorKind::Forbidden, "ledger.no-key", "The ledger was opened for reading only.");
    const EntryStamp blank = unstamped(m_options.clock.simulated());
    auto prepared = std::make_unique<PreparedEntry>();
    for (const SealedField& field : entry.sealed) {
        EPHOR_TRY(prepared->seals.emplace_back(), prepareSeal(field));
    }
    if (auto plain = plainTextOfEnvelope(entry, prepared->seals, blank)) {
        prepared->text = std::move(*plain);
        return prepared;
    }
    EPHOR_TRY(Json envelope, makeEnvelope(entry, blank));
    for (const PreparedSeal& seal : prepared->seals) {
        EPHOR_TRY_VOID(placeCommitment(envelope, seal.path, {{"c", seal.commitment}}));
    }
    EPHOR_TRY(prepared->text, textOfEnvelope(envelope));
    return prepared;
}

Result<EntryReference> LedgerLog::append(store::Transaction& transaction, const NewEntry& entry)
{
    EPHOR_TRY(const auto prepared, prepare(entry));
    return append(transaction, *prepared);
}

Result<EntryReference> LedgerLog::append(store::Transaction& transaction, PreparedEntry& entry)
{
    if (m_damaged)
        return fail(damagedBy(*status().fault));
    const Instant now = m_options.clock.now();
    if (now < m_lastAt) {
        EPHOR_TRY_VOID(appendClockEntry(transaction, now));
    }
    return appendOne(transaction, entry, now);
}

Result<EntryReference> LedgerLog::appendOne(store::Transaction& transaction, PreparedEntry& entry, Instant at)
{
    const EntryStamp stamp{newId(m_options.clock), m_frontier.size(), at, m_options.clock.simulated()};
    const std::string body = entry.text.with(stamp);
    if (body.size() > proof::maxBlobBytes)
        return fail(ErrorKind::TooLarge, "ledger.too-large", "The entry is larger than any record may be.");
    const Digest hash = proof::leafHash(bytesOf(proof::leafFor(body).body));
    // Undone in reverse order, each step finds the edge as it was before it.
    transaction.onOutcome(
        [this, &transaction, before = m_frontier, lastBefore = m_lastAt, size = stamp.index + 1](bool committed) {
            if (committed) {
                m_filing->added(transaction);
                return became(size);
            }
            m_frontier = before;
            m_lastAt = lastBefore;
        });
    EPHOR_TRY_VOID(transaction.run(
        "INSERT INTO leaf(idx, leaf_hash, body, filed) VALUES(?, ?, ?, 0)", {std::int64_t(stamp.index), hash, body}));
    EPHOR_TRY_VOID(appendLeaf(transaction, m_frontier, hash));
    if (!entry.seals.empty())
        EPHOR_TRY_VOID(storeSeals(transaction, *m_options.keys, stamp.id, entry.seals, formatInstant(at)));
    m_lastAt = at;
    return EntryReference{stamp.id, stamp.index};
}

Result<void> LedgerLog::appendClockEntry(store::Transaction& transaction, Instant at)
{
    NewEntry entry;
    entry.kind = EntryKind::Clock;
    entry.actor = "system";
    entry.operation = "ledger.clock";
    entry.subject = "clock";
    entry.outcome = "stepped-back";
    entry.reason = "The clock shows an earlier time than the entry before; the order of entries is their index.";
    EPHOR_TRY(entry.data.text,
        canonicalJson({{"previous", formatInstant(m_lastAt)}, {"microseconds", (m_lastAt - at).count()}}));
    EPHOR_TRY(const auto prepared, prepare(entry));
    EPHOR_TRY([[maybe_unused]] const auto written, appendOne(transaction, *prepared, at));
    return {};
}

Result<void> LedgerLog::recordHalt(store::Transaction& transaction, store::HaltEvent event, const Error& cause)
{
    NewEntry entry;
    entry.kind = EntryKind::Halt;
    entry.actor = "system";
    entry.operation = "store.commit";
    entry.subject = "store";
    entry.outcome = event == store::HaltEvent::Halted ? "halted" : "resumed";
    entry.reason = cause.message;
    EPHOR_TRY(entry.data.text, canonicalJson({{"cause", cause.code}}));
    EPHOR_TRY([[maybe_unused]] const auto written, append(transaction, entry));
    return {};
}

void LedgerLog::became(std::uint64_t size)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_durable = std::max(m_durable, size);
        if (!isDue())
            return;
    }
    m_wake.notify_all();
}

LedgerStatus LedgerLog::status() const
{
    const std::scoped_lock lock(m_mutex);
    LedgerStatus status;
    status.size = m_durable;
    if (m_head) {
        status.headSize = m_head->size;
        status.headAt = parseInstant(m_head->signedAt).value_or(Instant());
        status.headRoot = toBase64(m_head->root);
    }
    status.verifiedSize = m_verifiedSize;
    status.verifiedAt = m_verifiedAt;
    status.fault = m_fault ? m_fault : m_filing->fault();
    status.origin = m_origin;
    status.simulatedClock = m_origin.ends_with(demoSuffix) || m_options.clock.simulated();
    status.outsideCopySize = m_outsideSize;
    status.outsideCopyAt = m_outsideAt;
    return status;
}

void LedgerLog::keepFault(const Error& fault)
{
    const std::scoped_lock lock(m_mutex);
    m_fault = fault;
}

Result<LedgerStatus> LedgerLog::verify(
    std::uint64_t from, const std::function<bool(std::uint64_t, std::uint64_t)>& progress)
{
    EPHOR_TRY(HeadTrust heads, trust());
    if (heads.keys.empty())
        return fail(ErrorKind::Invalid, "ledger.no-key", "There is no key to verify the signed heads with.",
            "Open the key store, or give the log's verifier keys.");
    Verification verification({m_options.database, m_options.keys, std::move(heads), status().size}, progress);
    auto size = verification.run(from);
    if (size) {
        if (const auto same = compareWithKept(); !same)
            size = fail(same.error());
    }
    if (!size) {
        if (size.error().kind == ErrorKind::CheckFailed)
            keepFault(size.error());
        return fail(size.error());
    }
    {
        const std::scoped_lock lock(m_mutex);
        // Only what is verified without a gap from the first entry on counts.
        if (from <= m_verifiedSize)
            m_verifiedSize = std::max(m_verifiedSize, *size);
        m_verifiedAt = m_options.clock.now();
    }
    return status();
}

}
