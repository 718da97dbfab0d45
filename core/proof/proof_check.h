#pragma once

#include "core/proof/proof_file.h"
#include "core/proof/report.h"

namespace ephor::proof {

/// Verifies one evidence file. `entry` is the entry's canonical JSON; without it the body embedded in the file is
/// taken. Checks: proof (the file can be read), checkpoint, signature, origin, witnesses, entry (its inclusion),
/// bodies, order, clock. Codes: those of parseProofFile, checkHead, verifyInclusion and BodyCheck, and
/// proof.entry.missing, proof.entry.other (the given entry is not the embedded one).
Report checkProofFile(
    std::string_view proofFile, const Trust& trust, const std::optional<std::string>& entry = std::nullopt);

}
