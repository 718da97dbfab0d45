#pragma once

#include "core/proof/frontier.h"
#include "core/trust/ledger/heads.h"

#include <deque>
#include <functional>

namespace ephor::keys {
class KeyStore;
}

namespace ephor::ledger {

/// What a verification rests on.
struct VerificationParts {
    const store::Database& database;
    const keys::KeyStore* keys = nullptr; ///< null: sealed values are counted, not opened
    HeadTrust trust;
    std::uint64_t expectedSize = 0; ///< entries known to be durable: fewer is a cut tail
};

/// Hears (done, total); false cancels.
using VerificationProgress = std::function<bool(std::uint64_t, std::uint64_t)>;

/// One pass over the log. It reads in slices, so that the WAL can be folded while it runs.
class Verification {
public:
    Verification(VerificationParts parts, VerificationProgress progress);
    /// Returns how many entries there were. A fault is CheckFailed.
    Result<std::uint64_t> run(std::uint64_t from);

private:
    Result<void> begin(const store::Snapshot& snapshot, std::uint64_t from);
    Result<void> checkSlice(const store::Snapshot& snapshot);
    Result<void> checkEntry(
        const store::Snapshot& snapshot, std::uint64_t index, BytesView storedHash, std::string_view body);
    Result<void> checkSubtree(const store::Snapshot& snapshot, unsigned level, std::uint64_t n, const Digest& hash);
    Result<void> checkHeadsHere(const store::Snapshot& snapshot);
    Result<const HeadRow*> nextHead(const store::Snapshot& snapshot);
    Error locateMismatch(
        const store::Snapshot& snapshot, std::uint64_t index, const Digest& computed, std::string_view body);
    Error locateTreeFault(const store::Snapshot& snapshot, const HeadRow& head);

    VerificationParts m_parts;
    VerificationProgress m_progress;
    std::uint64_t m_size = 0;
    std::optional<Error> m_tailFault; ///< told last: what happened to an entry further up says more
    proof::Frontier m_frontier;
    std::uint64_t m_proved = 0; ///< entries under the last head that matched
    std::deque<HeadRow> m_heads; ///< the next ones, in order
    std::uint64_t m_headsFrom = 0; ///< heads over fewer entries have been dealt with
    bool m_moreHeads = true;
    std::optional<Error> m_subtreeFault; ///< the first stored subtree that differs, until a head says whose fault it is
    std::uint64_t m_subtreeBegin = 0;
    std::uint64_t m_subtreeEnd = 0;
};

/// A fault at an entry.
Error entryFault(const char* code, std::string message, std::uint64_t index);

/// The place the body says it was recorded at, if it says so.
std::optional<std::uint64_t> statedIndex(std::string_view body);

}
