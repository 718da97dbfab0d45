#include "core/proof/proof_check.h"

#include "core/proof/body_check.h"
#include "core/proof/leaf.h"

namespace ephor::proof {

namespace {

/// The leaf's body: of the given entry, or the embedded one. Empty when there is neither, or they differ; the report
/// says so.
std::optional<std::string> chooseLeafBody(
    const ProofFile& proof, const std::optional<std::string>& entry, Report& report)
{
    std::optional<std::string> embedded;
    if (proof.extra)
        embedded = std::string(textOf(*proof.extra));
    if (!entry && !embedded) {
        report.addFailure("entry",
            Error(ErrorKind::CheckFailed, "proof.entry.missing",
                "The proof file does not hold the entry, and none was given.",
                "Pass the entry's canonical JSON beside it."));
        return std::nullopt;
    }
    if (!entry)
        return embedded;
    std::string given = leafFor(*entry).body;
    if (embedded && given != *embedded) {
        report.addFailure("entry",
            Error(ErrorKind::CheckFailed, "proof.entry.other", "The given entry is not the one in the proof file.")
                .with("entry", std::to_string(proof.index)));
        return std::nullopt;
    }
    return given;
}

void checkEntry(
    const ProofFile& proof, const CheckedHead& head, const std::optional<std::string>& entry, Report& report)
{
    const Checkpoint& checkpoint = head.checkpoint;
    const std::optional<std::string> leafBody = chooseLeafBody(proof, entry, report);
    if (!leafBody)
        return;
    Result<void> included = verifyProofFile(proof, checkpoint, *leafBody);
    if (!included) {
        report.addFailure("entry", std::move(included).error().with("entry", std::to_string(proof.index)));
        return;
    }
    report.entries = 1;
    report.add("entry", CheckState::Held,
        "entry " + std::to_string(proof.index) + " of " + std::to_string(checkpoint.size) + " is the one given");
    if (!entry && parseBlobReference(*leafBody)) {
        report.add(
            "bodies", CheckState::NotReached, "only the digest of this large entry is proved: pass the entry itself");
        return;
    }
    BodyCheck bodies(TimeBounds{head.witnessedAt, 0, std::nullopt});
    bodies.add(proof.index, entry ? *entry : *leafBody);
    bodies.report(report, BodyCheck::Coverage::AllEntries);
}

}

Report checkProofFile(std::string_view proofFile, const Trust& trust, const std::optional<std::string>& entry)
{
    Report report;
    Result<ProofFile> proof = parseProofFile(proofFile);
    if (!proof) {
        report.addFailure("proof", std::move(proof).error());
        return report;
    }
    report.add("proof", CheckState::Held,
        std::to_string(proof->hashes.size()) + (proof->hashes.size() == 1 ? " hash" : " hashes"));
    if (const std::optional<CheckedHead> head = checkHead(proof->checkpoint, trust, report))
        checkEntry(*proof, *head, entry, report);
    return report;
}

}
