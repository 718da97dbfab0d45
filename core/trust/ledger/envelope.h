#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/trust/ledger/entry.h"

namespace ephor::ledger {

/// The member `v`: raised when a reader of today would misread what is written tomorrow.
inline constexpr int envelopeVersion = 1;

/// What the ledger itself adds to an entry.
struct EntryStamp {
    std::string id;
    std::uint64_t index = 0;
    Instant at;
    bool simulated = false;
};

/// The envelope without what is sealed. Codes: ledger.entry (a required member is missing), ledger.data (not an object,
/// or holding something that looks like a commitment), and those of parseJson.
Result<Json> makeEnvelope(const NewEntry& entry, const EntryStamp& stamp);

/// The canonical text of an envelope, but for what only the moment of appending knows. The two places are found by the
/// order of the members, so nothing is serialised twice, and nothing of size on the writer's thread.
struct EnvelopeText {
    std::string beforeTime;
    std::string beforeId;
    std::string afterIndex;
    std::string with(const EntryStamp& stamp) const;
};
/// `envelope` was made with the stamp `unstamped`. Codes: those of canonicalJson.
Result<EnvelopeText> textOfEnvelope(const Json& envelope);
EntryStamp unstamped(bool simulated);

/// {"c": base64(SHA-256(salt ‖ canonical value))}
Json makeCommitment(BytesView salt, std::string_view canonicalValue);

/// Puts a commitment at `path` inside the envelope's data, where nothing may stand yet. Code: ledger.sealed-path.
Result<void> placeCommitment(Json& envelope, const std::string& path, Json commitment);

/// Every commitment in the envelope's data, as path → base64 text. An object of any other form is none.
std::map<std::string, std::string> commitmentsIn(const Json& envelope);

/// False when a body cannot hold a commitment: saves reading most of them.
bool mayHoldCommitment(std::string_view body);

}
