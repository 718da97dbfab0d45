#pragma once

#include "core/proof/checkpoint.h"
#include "core/proof/witness_policy.h"

#include <optional>

namespace ephor::proof {

/// How one check ended.
enum class CheckState {
    Held,
    Warned, ///< it holds, but a reader must know something
    Failed,
    NotAsked, ///< nothing was given to check against
    NotReached, ///< an earlier failure made it impossible
};

struct Check {
    std::string name; ///< stable: checkpoint, signature, origin, witnesses, entries, tiles, root, …
    CheckState state = CheckState::NotReached;
    std::string detail; ///< one line for a person
    std::optional<Error> error; ///< set when Failed or Warned
};

/// What a verification found, check by check, in the order of reading.
struct Report {
    std::vector<Check> checks;
    std::optional<Checkpoint> checkpoint;
    std::uint64_t entries = 0; ///< entries whose hashes were recomputed
    std::optional<std::uint64_t> firstBadEntry;
    bool simulatedClock = false;

    void add(std::string name, CheckState state, std::string detail);
    /// A failed check; an error's field "entry" names a bad entry.
    void addFailure(std::string name, Error error);
    void addWarning(std::string name, Error error);
    /// True when no check failed and none was left undone that was asked for. False for a report without checks.
    bool held() const;
    const Check* firstFailure() const;
    const Check* find(std::string_view name) const;
};

/// "held", "warned", "failed", "not-asked", "not-reached".
std::string_view toString(CheckState state);

/// What the verifying person brings along: nothing in the evidence adds to it.
struct Trust {
    std::vector<VerifierKey> logKeys;
    std::optional<WitnessPolicy> witnessPolicy;
    std::string origin; ///< empty: the name of whichever known key signed
};

/// A checkpoint as far as it could be read, verified or not: what failed stands in the report.
struct CheckedHead {
    Checkpoint checkpoint;
    std::optional<std::uint64_t> witnessedAt; ///< Unix seconds of the earliest verified cosignature that counts
};

/// Adds the checks checkpoint, signature, origin and witnesses. Empty when the checkpoint cannot be read at all.
std::optional<CheckedHead> checkHead(std::string_view signedCheckpoint, const Trust& trust, Report& report);

}
