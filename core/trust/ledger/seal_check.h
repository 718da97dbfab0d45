#pragma once

#include "core/store/database.h"

namespace ephor::keys {
class KeyStore;
}

namespace ephor::ledger {

/// Every commitment in the body has its sealed value, which opens to what was committed to, or whose key was destroyed
/// by a recorded erasure. Codes: ledger.sealed.missing, .key, .changed, .commitment, .extra, ledger.erasure.unrecorded.
/// Without keys only presence is checked.
Result<void> checkEntrySeals(
    const store::Snapshot& snapshot, const keys::KeyStore* keys, std::uint64_t index, std::string_view body);

/// No sealed value belongs to an entry that is not there. Code: ledger.sealed.extra.
Result<void> checkSealsOutsideEntries(const store::Snapshot& snapshot);

}
