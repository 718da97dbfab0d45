#include "core/base/background_thread.h"
#include "core/base/json.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/ledger_log.h"
#include "core/trust/ledger/stored_tree.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::ledger {

LedgerLog::~LedgerLog()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (!m_signer.joinable())
        return;
    m_signer.join();
    m_options.database.recordHalts({});
    // A store that halted cannot take the head; the next opening verifies from the last one.
    if (const auto last = checkpoint())
        m_kept.keep(*last, m_options.clock.now(), KeptHead::Moment::Last);
}

void LedgerLog::startSigning()
{
    m_signer = std::thread([this] { signWhenDue(); });
}

bool LedgerLog::isDue() const
{
    const std::uint64_t signedSize = m_head ? m_head->size : 0;
    if (m_durable <= signedSize)
        return false;
    const Instant signedAt = m_head ? parseInstant(m_head->signedAt).value_or(Instant()) : Instant();
    return m_durable - signedSize >= m_options.signEvery || m_options.clock.now() - signedAt >= m_options.signAfter;
}

void LedgerLog::signWhenDue()
{
    letOthersInterrupt();
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        // Entries wake it; the wait ends by itself for the last ones before a silence.
        m_wake.wait_for(lock, m_options.signAfter, [this] { return m_stopping || isDue(); });
        if (m_stopping || !isDue())
            continue;
        lock.unlock();
        const auto head = signWhatIsDue();
        lock.lock();
        // What keeps it from signing (a halted store, a fault) will not have gone in an instant.
        if (!head)
            m_wake.wait_for(lock, m_options.signAfter, [this] { return m_stopping; });
    }
}

Result<std::string> LedgerLog::checkpoint()
{
    if (!m_options.keys)
        return fail(ErrorKind::Forbidden, "ledger.no-key", "The ledger was opened for reading only.");
    const std::scoped_lock signing(m_signing);
    return signHead();
}

// Somebody may have asked for a head since it was due: a second one so soon would be of no use.
Result<std::string> LedgerLog::signWhatIsDue()
{
    const std::scoped_lock signing(m_signing);
    {
        const std::scoped_lock lock(m_mutex);
        if (!isDue())
            return m_head ? m_head->note : std::string();
    }
    return signHead();
}

Result<std::string> LedgerLog::signHead()
{
    std::optional<HeadRow> fresh;
    const auto made = m_options.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(fresh, makeHead(snapshot));
        return {};
    });
    if (!made) {
        if (made.error().kind == ErrorKind::CheckFailed)
            keepFault(made.error());
        return fail(made.error());
    }
    if (fresh) {
        EPHOR_TRY_VOID(
            m_options.database.write([&](store::Transaction& transaction) { return storeHead(transaction, *fresh); }));
    }
    if (fresh)
        m_kept.keep(fresh->note, m_options.clock.now(), KeptHead::Moment::AnyTime);
    const std::scoped_lock lock(m_mutex);
    if (fresh)
        m_head = *fresh;
    return m_head->note;
}

Result<std::optional<HeadRow>> LedgerLog::makeHead(const store::Snapshot& snapshot) const
{
    EPHOR_TRY(const std::uint64_t size, storedSize(snapshot));
    if (size == 0)
        return fail(ErrorKind::NotFound, "ledger.empty", "The ledger is empty.");
    const auto source = storedTree(snapshot);
    EPHOR_TRY(const Digest root, proof::treeRoot(size, source));
    EPHOR_TRY(const auto last, lastHead(snapshot));
    EPHOR_TRY(const HeadTrust heads, trust());
    if (last) {
        EPHOR_TRY_VOID(checkHeadRow(*last, heads));
        const auto inconsistent = [&](const Error& cause) {
            return fail(Error(ErrorKind::CheckFailed, "ledger.head.inconsistent",
                "The ledger no longer continues what the last head was signed for, so no other head is signed.",
                "Verify the ledger to find the entry.")
                    .with("size", std::to_string(last->size))
                    .with("cause", cause.code));
        };
        const auto consistency = proof::consistencyProof(last->size, size, source);
        if (!consistency)
            return inconsistent(consistency.error());
        if (const auto holds = proof::verifyConsistency({last->size, last->root}, {size, root}, *consistency); !holds)
            return inconsistent(holds.error());
    }
    EPHOR_TRY(const std::string note, signBody({m_origin, size, root, {}}));
    if (last && last->size == size && last->note == note)
        return std::nullopt;
    return HeadRow{size, root, note, formatInstant(m_options.clock.now())};
}

Result<std::string> LedgerLog::signBody(const proof::Checkpoint& checkpoint) const
{
    const auto signer = m_options.keys->signer();
    const auto former = m_options.keys->formerSigner();
    EPHOR_TRY(std::string note, proof::signCheckpoint(checkpoint, *signer));
    if (!former)
        return note;
    EPHOR_TRY(proof::Note parsed, proof::parseNote(note));
    EPHOR_TRY(const proof::Note both, proof::addSignature(std::move(parsed), m_origin, *former));
    return proof::formatNote(both);
}

Result<proof::VerifierKey> LedgerLog::verifierKey(const proof::PublicKey& key) const
{
    return proof::makeVerifierKey(m_origin, proof::SignatureType::Ed25519, key);
}

Result<std::string> LedgerLog::signerVkey() const
{
    EPHOR_TRY(const auto key, verifierKey(m_options.keys->signer()->publicKey()));
    return proof::formatVerifierKey(key);
}

Result<HeadTrust> LedgerLog::trust() const
{
    HeadTrust heads{m_origin, m_trusted};
    if (m_options.keys) {
        for (const auto& key : m_options.keys->publicKeys()) {
            EPHOR_TRY(heads.keys.emplace_back(), verifierKey(key));
        }
    }
    return heads;
}

std::vector<std::string> LedgerLog::publicKeys() const
{
    std::vector<std::string> lines;
    const auto heads = trust();
    if (!heads)
        return lines;
    for (const auto& key : heads->keys)
        lines.push_back(proof::formatVerifierKey(key));
    return lines;
}

Result<void> LedgerLog::rotateKey(const std::string& actor, const std::string& reason)
{
    if (!m_options.keys)
        return fail(ErrorKind::Forbidden, "ledger.no-key", "The ledger was opened for reading only.");
    if (m_damaged)
        return fail(*status().fault);
    EPHOR_TRY_VOID(m_options.keys->rotateSigner());
    return finishRotation(actor, reason);
}

// The key store keeps the former key until a head is signed by both: from wherever a crash interrupted it, this
// completes it.
Result<void> LedgerLog::finishRotation(const std::string& actor, const std::string& reason)
{
    EPHOR_TRY(const std::string fresh, signerVkey());
    EPHOR_TRY(const auto former, verifierKey(m_options.keys->formerSigner()->publicKey()));
    NewEntry entry;
    entry.kind = EntryKind::Key;
    entry.actor = actor;
    entry.operation = "ledger.rotate-key";
    entry.subject = "key:" + fresh;
    entry.outcome = "done";
    entry.reason = reason;
    EPHOR_TRY(entry.data.text, canonicalJson({{"key", fresh}, {"former", proof::formatVerifierKey(former)}}));
    EPHOR_TRY_VOID(m_options.database.write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY(const auto known,
            transaction.integer("SELECT idx FROM entry WHERE subject = ? AND kind = 'key'", {entry.subject}));
        if (known)
            return {};
        EPHOR_TRY([[maybe_unused]] const auto written, append(transaction, entry));
        return {};
    }));
    EPHOR_TRY_VOID(checkpoint());
    return m_options.keys->forgetFormerSigner();
}

}
