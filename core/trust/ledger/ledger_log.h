#pragma once

#include "core/proof/frontier.h"
#include "core/trust/ledger/filing.h"
#include "core/trust/ledger/heads.h"
#include "core/trust/ledger/kept_head.h"
#include "core/trust/ledger/ledger.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace ephor::keys {
class KeyStore;
}

namespace ephor::ledger {

/// The log over a store::Database.
class LedgerLog final : public Ledger {
public:
    explicit LedgerLog(LedgerOptions options);
    ~LedgerLog() override;

    /// Reads or writes the Genesis entry, restores the tree's edge, verifies the tail, completes a rotation, starts
    /// signing.
    Result<void> start();

    Result<std::unique_ptr<PreparedEntry>> prepare(const NewEntry& entry) const override;
    Result<EntryReference> append(store::Transaction& transaction, PreparedEntry& entry) override;
    Result<EntryReference> append(store::Transaction& transaction, const NewEntry& entry) override;
    LedgerStatus status() const override;
    Result<std::string> checkpoint() override;
    Result<LedgerStatus> verify(
        std::uint64_t from, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) override;
    Result<std::string> prove(std::uint64_t index) override;
    Result<std::uint64_t> exportTo(
        const std::string& directory, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) override;
    Result<std::string> body(const store::Snapshot& snapshot, std::uint64_t index) const override;
    Result<std::vector<SealedField>> open(const store::Snapshot& snapshot, std::uint64_t index) const override;
    Result<void> erase(store::Transaction& transaction, const std::string& subject, const std::string& actor,
        const std::string& reason) override;
    std::vector<std::string> publicKeys() const override;
    Result<void> rotateKey(const std::string& actor, const std::string& reason) override;
    Result<void> compareWith(std::string_view signedHead) const override;
    Result<void> noteOutsideCopy(std::uint64_t size, std::string_view kind) override;

private:
    Result<void> restore();
    Result<void> writeGenesis();
    Result<void> readState(const store::Snapshot& snapshot);
    Result<void> compareWithKept() const;
    Result<void> recordRestoring();
    Result<HeadTrust> trust() const;
    Result<proof::VerifierKey> verifierKey(const proof::PublicKey& key) const;
    Result<std::string> signerVkey() const;

    Result<EntryReference> appendOne(store::Transaction& transaction, PreparedEntry& entry, Instant at);
    Result<void> appendClockEntry(store::Transaction& transaction, Instant at);
    Result<void> recordHalt(store::Transaction& transaction, store::HaltEvent event, const Error& cause);
    void became(std::uint64_t size);

    void startSigning();
    void signWhenDue();
    Result<std::string> signWhatIsDue();
    Result<std::string> signHead(); ///< with m_signing held
    bool isDue() const;
    /// Null for a head that stands already.
    Result<std::optional<HeadRow>> makeHead(const store::Snapshot& snapshot) const;
    Result<std::string> signBody(const proof::Checkpoint& checkpoint) const;
    Result<void> finishRotation(const std::string& actor, const std::string& reason);
    void keepFault(const Error& fault);

    LedgerOptions m_options;
    std::string m_origin;
    std::vector<proof::VerifierKey> m_trusted; ///< besides the key store's

    // Of the writer's thread alone, after start().
    proof::Frontier m_frontier; ///< includes what is not durable yet
    Instant m_lastAt;
    const std::shared_ptr<Filing> m_filing;

    KeptHead m_kept;
    std::mutex m_signing; ///< one head at a time

    mutable std::mutex m_mutex; ///< guards what follows
    std::uint64_t m_durable = 0;
    std::optional<HeadRow> m_head;
    std::uint64_t m_verifiedSize = 0;
    Instant m_verifiedAt;
    std::optional<Error> m_fault;
    bool m_damaged = false; ///< the fault was found at opening: nothing may be appended
    std::optional<std::uint64_t> m_outsideSize;
    std::optional<Instant> m_outsideAt;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::thread m_signer;
};

}
