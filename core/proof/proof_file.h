#pragma once

#include "core/proof/checkpoint.h"

#include <optional>

namespace ephor::proof {

/// C2SP tlog-proof: the evidence file for one entry (extension ".tlog-proof").
struct ProofFile {
    std::uint64_t index = 0;
    std::vector<Digest> hashes; ///< the audit path, sibling first
    std::string checkpoint; ///< the whole signed note, verbatim
    std::optional<Bytes>
        extra; ///< not authenticated by the format; Ephor puts the leaf's body here, where it is proved like any other
    bool operator==(const ProofFile&) const = default;
};

/// Other readers of the format stop at lines of 64 KiB; base64 of this many bytes stays well below.
inline constexpr std::size_t maxEmbeddedBodyBytes = 32 * 1024;

/// Codes: proof.file.format, proof.file.extra, proof.file.index, proof.file.hash, proof.file.too-many-hashes,
/// proof.file.checkpoint. The checkpoint is taken verbatim and not read.
Result<ProofFile> parseProofFile(std::string_view text);
/// The exact inverse of parseProofFile.
std::string formatProofFile(const ProofFile& proof);

/// The evidence file for the entry `leafBody` (leaf.h): the body is embedded where it is short enough.
ProofFile makeProofFile(
    std::uint64_t index, std::vector<Digest> hashes, std::string_view signedCheckpoint, std::string_view leafBody);

/// Checks that `leafBody` is the entry at the file's index under the checkpoint, which the caller has opened.
/// Codes: those of verifyInclusion.
Result<void> verifyProofFile(const ProofFile& proof, const Checkpoint& checkpoint, std::string_view leafBody);

}
