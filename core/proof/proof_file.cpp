#include "core/proof/proof_file.h"

#include "core/proof/decimal.h"
#include "core/proof/line.h"

#include <algorithm>

namespace ephor::proof {

namespace {

constexpr std::string_view proofHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extraMark = "extra ";
constexpr std::string_view indexMark = "index ";

std::unexpected<Error> proofFileFailure(const char* code, std::string message)
{
    return fail(ErrorKind::Invalid, code, std::move(message));
}

}

Result<ProofFile> parseProofFile(std::string_view text)
{
    if (text.size() > 2 * maxNoteBytes)
        return proofFileFailure("proof.file.format", "The proof file is larger than 2 MiB.");
    if (takeLine(text) != proofHeader)
        return proofFileFailure("proof.file.format", "The file does not begin with \"c2sp.org/tlog-proof@v1\".");
    ProofFile proof;
    auto line = takeLine(text);
    if (line && line->starts_with(extraMark)) {
        Result<Bytes> extra = fromBase64(line->substr(extraMark.size()));
        if (!extra)
            return proofFileFailure("proof.file.extra", "The proof file's extra data is not canonical base64.");
        proof.extra = *std::move(extra);
        line = takeLine(text);
    }
    const auto index
        = line && line->starts_with(indexMark) ? parseDecimal(line->substr(indexMark.size())) : std::nullopt;
    if (!index)
        return proofFileFailure(
            "proof.file.index", "The proof file's index line is missing or is not a plain decimal number.");
    proof.index = *index;
    for (line = takeLine(text); line && !line->empty(); line = takeLine(text)) {
        const Result<Bytes> hash = fromBase64(*line);
        if (!hash || hash->size() != 32)
            return proofFileFailure("proof.file.hash", "A proof hash is not the canonical base64 of 32 bytes.");
        if (proof.hashes.size() == maxProofHashes)
            return proofFileFailure("proof.file.too-many-hashes", "The proof file has more hashes than any path.");
        std::ranges::copy(*hash, proof.hashes.emplace_back().begin());
    }
    if (!line || text.empty())
        return proofFileFailure("proof.file.checkpoint", "The proof file ends before its checkpoint.");
    proof.checkpoint = text;
    return proof;
}

std::string formatProofFile(const ProofFile& proof)
{
    std::string text(proofHeader);
    text += '\n';
    if (proof.extra)
        text += std::string(extraMark) + toBase64(*proof.extra) + "\n";
    text += std::string(indexMark) + std::to_string(proof.index) + "\n";
    for (const Digest& hash : proof.hashes)
        text += toBase64(hash) + "\n";
    return text + "\n" + proof.checkpoint;
}

ProofFile makeProofFile(
    std::uint64_t index, std::vector<Digest> hashes, std::string_view signedCheckpoint, std::string_view leafBody)
{
    ProofFile proof{index, std::move(hashes), std::string(signedCheckpoint), std::nullopt};
    if (leafBody.size() <= maxEmbeddedBodyBytes) {
        const BytesView bytes = bytesOf(leafBody);
        proof.extra = Bytes(bytes.begin(), bytes.end());
    }
    return proof;
}

Result<void> verifyProofFile(const ProofFile& proof, const Checkpoint& checkpoint, std::string_view leafBody)
{
    return verifyInclusion(leafHash(bytesOf(leafBody)), proof.index, checkpoint.size, proof.hashes, checkpoint.root);
}

}
