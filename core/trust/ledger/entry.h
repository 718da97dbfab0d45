#pragma once

#include "core/base/bytes.h"
#include "core/domain/limits.h"

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ephor::ledger {

/// What kind of fact an entry states. The words are part of the format: they are only ever added to.
enum class EntryKind {
    Genesis, ///< the first entry: workspace, origin, format
    Operation, ///< an act through the door: outcome done or denied
    Permit, ///< a run may start, or a call may leave; carries every verdict since the last durable point
    Outcome, ///< what came of a run or a call; carries every verdict since the last durable point
    Approval, ///< a person was asked, decided, or the request expired or was consumed
    Rollout, ///< a rollout moved, with the numbers it rested on
    Stop, ///< a stop was set or lifted
    Denials, ///< repeated anonymous denials, counted
    Clock, ///< the clock stepped back
    Key, ///< a key was made, rotated or destroyed
    Erasure, ///< a subject's key was destroyed
    Halt, ///< the store could not commit, or can again
    Disclosure, ///< sealed values were shown to somebody
};
BOOST_DESCRIBE_ENUM(EntryKind, Genesis, Operation, Permit, Outcome, Approval, Rollout, Stop, Denials, Clock, Key,
    Erasure, Halt, Disclosure)

/// A value that must be erasable. In the body stands only {"c": base64(SHA-256(salt32 ‖ JCS(value)))}; salt and value
/// are kept beside the log, AES-256-GCM under the subject's key, with entry id and field path as associated data.
struct SealedField {
    std::string path; ///< JSON pointer inside `data`, where the commitment goes
    std::string subject; ///< whose key seals it ("person:…", "run:…")
    Document value;
};

/// What a room hands to the ledger. The ledger adds v, idx, id, at and clock. The format: docs/formats/entry.md.
struct NewEntry {
    EntryKind kind = EntryKind::Operation;
    std::string actor; ///< principal ("person:ines", "key:…", "system"); never empty
    std::string onBehalfOf; ///< may be empty
    std::string operation; ///< "prompts.save", "run.start", "tool.call"; never empty
    std::string subject; ///< what it is about ("prompt:refunds", "run:…"); never personal data in clear
    std::string outcome; ///< "done", "denied", "allow", "deny", "ask", "failed", …; never empty
    std::string reason; ///< plain words; may be empty; never personal data
    std::map<std::string, std::string> refs; ///< release, policy, call, run, change, approval, version, …
    Document data; ///< an object; may be empty
    std::vector<SealedField> sealed;
};

/// Where an entry landed.
struct EntryReference {
    std::string id;
    std::uint64_t index = 0;
};

}
