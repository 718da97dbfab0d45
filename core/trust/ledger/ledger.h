#pragma once

#include "core/base/clock.h"
#include "core/store/database.h"
#include "core/trust/ledger/entry.h"
#include "core/trust/ledger/migrations.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ephor::keys {
class KeyStore;
}

namespace ephor::ledger {

/// An entry ready to be added: see Ledger::prepare.
struct PreparedEntry;

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

    /// Everything of an entry that does not depend on its place: checks, commitments, text. Off the writer's thread for
    /// entries of the run path. Codes: those of append.
    virtual Result<std::unique_ptr<PreparedEntry>> prepare(const NewEntry& entry) const = 0;
    /// Adds a prepared entry, which is used up by it.
    virtual Result<EntryReference> append(store::Transaction& transaction, PreparedEntry& entry) = 0;
    /// Adds one entry. An entry longer than 65,535 bytes is kept whole, but its leaf is the digest (proof::leafFor).
    /// Refused with ledger.damaged while what was found at opening stands: nothing is built on a record that does not
    /// hold.
    virtual Result<EntryReference> append(store::Transaction& transaction, const NewEntry& entry) = 0;

    virtual LedgerStatus status() const = 0;
    /// Signs a head over everything durable now, after proving consistency with the last one. Returns the signed note.
    /// Blocks on the writer: never from inside a transaction. Codes: ledger.empty, ledger.head.*, ledger.no-key.
    virtual Result<std::string> checkpoint() = 0;
    /// Verifies from entry `from` to the end: bodies, hashes, tree, heads, sealed commitments, the head kept outside;
    /// from 0 also schema and indexes. `progress` hears (done, total) and returns false to cancel (Cancelled). A fault is
    /// CheckFailed, its field "entry" names the entry; the codes stand in docs/formats/entry.md. Long: on a thread of the
    /// caller's own.
    virtual Result<LedgerStatus> verify(
        std::uint64_t from, const std::function<bool(std::uint64_t, std::uint64_t)>& progress)
        = 0;
    /// The .tlog-proof text for one entry, under the newest head that covers it (a new one is signed when none does).
    virtual Result<std::string> prove(std::uint64_t index) = 0;
    /// Writes the tlog-tiles directory of everything under a fresh head.
    virtual Result<std::uint64_t> exportTo(
        const std::string& directory, const std::function<bool(std::uint64_t, std::uint64_t)>& progress)
        = 0;
    /// The canonical body of an entry.
    virtual Result<std::string> body(const store::Snapshot& snapshot, std::uint64_t index) const = 0;
    /// The sealed values of an entry, opened, as path → value. A value whose key is destroyed is empty; when all are,
    /// ledger.erased.
    virtual Result<std::vector<SealedField>> open(const store::Snapshot& snapshot, std::uint64_t index) const = 0;
    /// Destroys the subject's key and records it. Every proof stays valid. Code: ledger.no-subject (NotFound).
    virtual Result<void> erase(store::Transaction& transaction, const std::string& subject, const std::string& actor,
        const std::string& reason)
        = 0;
    /// Public keys (vkey lines) that heads are signed with, newest first.
    virtual std::vector<std::string> publicKeys() const = 0;

    /// Makes a new signing key, records it, and signs a head with the old and the new one. A rotation that was
    /// interrupted is completed at the next opening. Blocks on the writer.
    virtual Result<void> rotateKey(const std::string& actor, const std::string& reason) = 0;
    /// Compares with a signed head that was kept outside: what alone catches a restored old backup.
    /// Codes: ledger.rolled-back, ledger.fork, ledger.rewritten, ledger.head.* (all CheckFailed).
    virtual Result<void> compareWith(std::string_view signedHead) const = 0;
    /// Notes that a head of this size left the machine (`kind`: "export", "witness", "syslog", "timestamp").
    virtual Result<void> noteOutsideCopy(std::uint64_t size, std::string_view kind) = 0;
};

/// What a ledger is opened with. Database, keys and clock must outlive it.
struct LedgerOptions {
    store::Database& database;
    keys::KeyStore* keys = nullptr; ///< null: for reading and verifying only, by `trustedKeys`
    const Clock& clock;
    /// The log's name in its heads ("ledger.example.org/acme"): a new log takes it, and under a simulated clock it is
    /// made to end in "/demo"; an existing one keeps its own, and another name given here is ledger.origin. Empty:
    /// whatever it is.
    std::string origin;
    std::vector<std::string> trustedKeys; ///< vkey lines besides those of the key store
    std::string keptHead; ///< file outside the workspace that keeps the newest signed head; empty: none is kept
    std::uint64_t signEvery = 1'000; ///< entries between signed heads at most …
    Duration signAfter = std::chrono::seconds(10); ///< … and time, as long as there are new entries
};

/// Opens the log of a database that has this room's migrations; writes the Genesis entry into an empty one. Verifies
/// from the last signed head, and that the head kept outside was signed for this record: a fault found is in status(),
/// the log can be read, and nothing can be appended. One that is shorter than the kept head gets an entry that says so,
/// with that head (ledger.restore). Codes: ledger.origin, ledger.no-key, those of the database, and of the file of the
/// kept head keys.permissions, keys.too-large, keys.io.
Result<std::unique_ptr<Ledger>> openLedger(LedgerOptions options);

}
