#pragma once

#include "core/base/clock.h"
#include "core/store/database.h"
#include "core/trust/ledger/entry.h"

#include <map>

namespace ephor::ledger {

/// Which entries; what is empty does not restrict. Everything named must hold at once.
struct EntryFilter {
    std::vector<EntryKind> kinds; ///< any of these
    std::string actor;
    std::string operationPrefix; ///< "prompts." finds all operations on prompts
    std::string subject;
    std::string outcome;
    /// Any of these values in any of the refs run, call, change, approval, release, policy, version.
    std::vector<std::string> refs;
    std::string tool; ///< the ref tool. No index serves it: entries are read one by one, so counting is bounded
    std::string verdict; ///< id of a verdict that the entry carries; only with the run it was given in among `refs`
    std::optional<Instant> from; ///< this moment or later
    std::optional<Instant> until; ///< before this moment
    std::string id; ///< an id or the beginning of one
};

/// Where a page begins and how long it is. By keys, so that the millionth page costs what the first does.
struct EntryPage {
    std::optional<std::uint64_t> before; ///< entries with a smaller index, newest first
    std::optional<std::uint64_t> after; ///< entries with a greater index, oldest first
    std::size_t limit = 100; ///< 1 to maxEntryPage. With neither key: the newest, newest first
};
inline constexpr std::size_t maxEntryPage = 1'000; ///< a screen shows hundreds; a reader of all pages on

struct EntryRow {
    std::uint64_t index = 0;
    std::string id;
    EntryKind kind = EntryKind::Operation;
    Instant at;
    std::string actor;
    std::string operation;
    std::string subject;
    std::string outcome;
    std::string reason;
    std::string body; ///< canonical, as stored
};

/// Code: ledger.page for a limit outside its bounds or both keys at once.
Result<std::vector<EntryRow>> findEntries(
    const store::Snapshot& snapshot, const EntryFilter& filter, const EntryPage& page);

/// Newest entries among which those of one tool are counted: about half a second of reading bodies.
inline constexpr std::uint64_t countedByReading = 250'000;

/// How many entries there are, counted up to `cap`: a result equal to `cap` means "at least". With a tool only the
/// newest `countedByReading` entries are looked at.
Result<std::uint64_t> countEntries(const store::Snapshot& snapshot, const EntryFilter& filter, std::uint64_t cap);

/// In which entry each verdict of a run stands, as verdict id → index. Verdicts not yet durable are missing.
Result<std::map<std::string, std::uint64_t>> verdictEntries(const store::Snapshot& snapshot, const std::string& run);

/// One index counts a million entries in a tenth of a second; where several conditions must hold, every entry's body is
/// read, and ten thousand of them take as long.
inline constexpr std::uint64_t countedByIndex = 1'000'000;
inline constexpr std::uint64_t countedByReadingBodies = 10'000;
/// How far counting goes while somebody waits for the answer: the `cap` for this filter.
std::uint64_t countedAtMost(const EntryFilter& filter);

/// The one entry of this id. Code: ledger.no-entry.
Result<EntryRow> entryById(const store::Snapshot& snapshot, const std::string& id);

}
