#include "core/proof/checkpoint.h"

#include "core/base/text.h"
#include "core/proof/decimal.h"
#include "core/proof/line.h"

#include <algorithm>
#include <optional>

namespace ephor::proof {

namespace {

std::unexpected<Error> checkpointFailure(const char* code, std::string message)
{
    return fail(ErrorKind::Invalid, code, std::move(message));
}

}

Result<Checkpoint> parseCheckpoint(std::string_view text)
{
    const auto origin = takeLine(text);
    const auto sizeText = takeLine(text);
    const auto rootText = takeLine(text);
    if (!origin || !sizeText || !rootText)
        return checkpointFailure("proof.checkpoint.format", "A checkpoint has three lines: origin, size and root.");
    if (origin->empty() || !isUtf8(*origin))
        return checkpointFailure("proof.checkpoint.origin", "The checkpoint's origin is empty or not UTF-8.");
    const auto size = parseDecimal(*sizeText);
    if (!size || *size > maxTreeSize)
        return checkpointFailure(
            "proof.checkpoint.size", "The checkpoint's size is not a plain decimal number below 2^63.");
    const Result<Bytes> root = fromBase64(*rootText);
    if (!root || root->size() != 32)
        return checkpointFailure(
            "proof.checkpoint.root", "The checkpoint's root is not the canonical base64 of 32 bytes.");
    Checkpoint checkpoint{std::string(*origin), *size, {}, {}};
    std::ranges::copy(*root, checkpoint.root.begin());
    while (!text.empty()) {
        const auto line = takeLine(text);
        if (!line || line->empty())
            return checkpointFailure(
                "proof.checkpoint.format", "A checkpoint has no empty line and ends with a newline.");
        checkpoint.extensions.emplace_back(*line);
    }
    if (checkpoint.size == 0 && checkpoint.root != emptyRoot())
        return checkpointFailure(
            "proof.checkpoint.empty-root", "The checkpoint of an empty log does not have the empty tree's root.");
    return checkpoint;
}

Result<std::string> formatCheckpoint(const Checkpoint& checkpoint)
{
    std::string text
        = checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + toBase64(checkpoint.root) + "\n";
    for (const std::string& line : checkpoint.extensions)
        text += line + "\n";
    EPHOR_TRY(const Checkpoint read, parseCheckpoint(text));
    if (read != checkpoint)
        return checkpointFailure(
            "proof.checkpoint.format", "The checkpoint's origin or an extension holds a line break.");
    return text;
}

Result<std::string> signCheckpoint(const Checkpoint& checkpoint, const SigningKey& key)
{
    EPHOR_TRY(const std::string text, formatCheckpoint(checkpoint));
    return signNote(text, checkpoint.origin, key);
}

Result<OpenedCheckpoint> openCheckpoint(std::string_view note, std::span<const VerifierKey> logKeys)
{
    OpenedCheckpoint opened;
    EPHOR_TRY(opened.note, parseNote(note));
    EPHOR_TRY(opened.checkpoint, parseCheckpoint(opened.note.text));
    EPHOR_TRY(opened.logSignatures, verifyNote(opened.note, logKeys));
    for (const VerifiedSignature& signature : opened.logSignatures) {
        if (signature.key.name != opened.checkpoint.origin)
            return fail(Error(ErrorKind::CheckFailed, "proof.checkpoint.wrong-origin",
                "The checkpoint is of another log than the key that signed it.")
                    .with("origin", opened.checkpoint.origin)
                    .with("key", signature.key.name));
    }
    return opened;
}

}
