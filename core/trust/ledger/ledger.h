#pragma once

#include "core/store/database.h"
#include "core/trust/ledger/entry.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ephor {
class Clock;
}
namespace ephor::keys {
class KeyStore;
}

namespace ephor::ledger {

/// How far the record is known to be whole.
struct LedgerStatus {
    std::uint64_t size = 0; ///< entries
    std::uint64_t headSize = 0; ///< entries under the last signed head
    Instant headAt; ///< when that head was signed
    std::string headRoot; ///< base64
    std::uint64_t verifiedSize = 0; ///< entries verified since opening
    Instant verifiedAt;
    std::optional<Error> fault; ///< the first bad entry and the check that failed
    std::string origin;
    bool simulatedClock = false;
    std::optional<std::uint64_t> outsideCopySize; ///< nothing: there never was one
    std::optional<Instant> outsideCopyAt;
};

/// The append-only Merkle log of one workspace. Appending happens inside the caller's transaction, so that a change of
/// state and its entry commit together. Thread-safe; `append` only on the writer's thread.
class Ledger {
public:
    virtual ~Ledger() = default;

    /// Adds one entry. Bodies above 65,535 bytes go to content-addressed blobs, the leaf holds the digest.
    virtual Result<EntryReference> append(store::Transaction& transaction, const NewEntry& entry) = 0;

    virtual LedgerStatus status() const = 0;
    /// Signs a head over everything durable now, after proving consistency with the last one. Returns the signed note.
    virtual Result<std::string> checkpoint() = 0;
    /// Verifies from entry `from` to the end: bodies, hashes, tree, heads, sealed commitments, blobs.
    /// `progress` hears (done, total) and returns false to cancel. A fault is CheckFailed and names the entry.
    virtual Result<LedgerStatus> verify(std::uint64_t from, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) = 0;
    /// The .tlog-proof text for one entry, under the newest head that covers it (a new one is signed when none does).
    virtual Result<std::string> prove(std::uint64_t index) = 0;
    /// Writes the tlog-tiles directory of everything under a fresh head.
    virtual Result<std::uint64_t> exportTo(const std::string& directory, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) = 0;
    /// The canonical body of an entry.
    virtual Result<std::string> body(const store::Snapshot& snapshot, std::uint64_t index) const = 0;
    /// The sealed values of an entry, opened, as path → value; ledger.erased where the key is destroyed.
    virtual Result<std::vector<SealedField>> open(const store::Snapshot& snapshot, std::uint64_t index) const = 0;
    /// Destroys the subject's key and records it. Every proof stays valid.
    virtual Result<void> erase(store::Transaction& transaction, const std::string& subject, const std::string& actor, const std::string& reason) = 0;
    /// Public keys (vkey lines) that heads are signed with, newest first.
    virtual std::vector<std::string> publicKeys() const = 0;
};

}
