#pragma once

#include "core/proof/merkle.h"
#include "core/proof/note.h"

namespace ephor::proof {

/// The text of a signed head: C2SP tlog-checkpoint.
struct Checkpoint {
    std::string origin; ///< which log it is
    std::uint64_t size = 0;
    Digest root{};
    std::vector<std::string> extensions; ///< read and kept, never written by Ephor

    TreeHead head() const { return {size, root}; }
    bool operator==(const Checkpoint&) const = default;
};

/// Reads a note's text. Codes: proof.checkpoint.format, proof.checkpoint.origin, proof.checkpoint.size,
/// proof.checkpoint.root, proof.checkpoint.empty-root (size 0 with another root than that of the empty tree).
Result<Checkpoint> parseCheckpoint(std::string_view text);
/// The exact inverse of parseCheckpoint, which every result passes. Codes: those of parseCheckpoint.
Result<std::string> formatCheckpoint(const Checkpoint& checkpoint);

/// A signed note of the checkpoint, by a key named as the origin.
Result<std::string> signCheckpoint(const Checkpoint& checkpoint, const SigningKey& key);

/// A checkpoint whose log signature was verified.
struct OpenedCheckpoint {
    Note note;
    Checkpoint checkpoint;
    std::vector<VerifiedSignature> logSignatures;
};

/// Reads a signed note, verifies the log's signature and that the signing key's name is the origin.
/// Codes: those of parseNote, verifyNote and parseCheckpoint, and proof.checkpoint.wrong-origin.
Result<OpenedCheckpoint> openCheckpoint(std::string_view note, std::span<const VerifierKey> logKeys);

}
