#pragma once

#include "core/proof/checkpoint.h"
#include "core/store/database.h"

namespace ephor::ledger {

/// A signed head as it is stored.
struct HeadRow {
    std::uint64_t size = 0;
    Digest root{};
    std::string note;
    std::string signedAt;
};
Result<std::optional<HeadRow>> lastHead(const store::Snapshot& snapshot);
/// The first `limit` heads over at least `size` entries, in order of size.
Result<std::vector<HeadRow>> headsFrom(const store::Snapshot& snapshot, std::uint64_t size, std::size_t limit);
Result<void> storeHead(store::Transaction& transaction, const HeadRow& head);

/// Whose signatures count, and which log it is.
struct HeadTrust {
    std::string origin;
    std::vector<proof::VerifierKey> keys;
};

/// Reads a signed head and verifies signature and origin. Codes: ledger.head.signature, ledger.head.key (signed by none
/// of the known keys), ledger.head.origin, ledger.head.format; all CheckFailed, with proof's code as "cause".
Result<proof::Checkpoint> openHead(std::string_view note, const HeadTrust& trust);
/// The same for a stored one, whose columns must say what the note says: ledger.head.changed.
Result<void> checkHeadRow(const HeadRow& head, const HeadTrust& trust);

}
