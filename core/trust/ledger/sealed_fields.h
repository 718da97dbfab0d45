#pragma once

#include "core/base/clock.h"
#include "core/store/database.h"
#include "core/trust/keys/sealing.h"
#include "core/trust/ledger/entry.h"

#include <span>

namespace ephor::keys {
class KeyStore;
}

namespace ephor::ledger {

/// A sealed field before its entry has a body: the commitment goes into the body, the rest beside it.
struct PreparedSeal {
    std::string path;
    std::string subject;
    std::string commitment; ///< base64
    Bytes clear; ///< salt ‖ canonical value; wiped when stored
};
Result<PreparedSeal> prepareSeal(const SealedField& field);

/// Seals the fields of one entry, each under its subject's key, which is made when there is none (again after an
/// erasure: another generation). What they hold in the clear is wiped.
Result<void> storeSeals(store::Transaction& transaction, const keys::KeyStore& keys, const std::string& entryId,
    std::span<PreparedSeal> seals, const std::string& at);

/// One row of the table, with the state of its key.
struct SealedRow {
    std::string entryId;
    std::string path;
    std::string subject;
    std::int64_t generation = 0;
    Bytes nonce;
    Bytes ciphertext;
    bool keyKnown = false; ///< there is a row for the key at all
    std::optional<Bytes> wrappedKey; ///< nothing: destroyed
    std::optional<std::string> destroyedAt;
};
Result<std::vector<SealedRow>> sealedRows(const store::Snapshot& snapshot, const std::string& entryId);

/// Opens one row and checks it against the body's commitment. Codes: ledger.sealed.key, ledger.sealed.changed,
/// ledger.sealed.commitment; all CheckFailed. The key must not be destroyed.
Result<std::string> openSeal(const keys::KeyStore& keys, const SealedRow& row, const std::string& commitment);

/// Destroys all keys of the subject; returns how many there were.
Result<std::int64_t> destroyKeys(store::Transaction& transaction, const std::string& subject, const std::string& at);

}
