#include "core/proof/note.h"

#include "core/base/text.h"

#include <algorithm>
#include <optional>

namespace ephor::proof {

namespace {

/// Em dash and space: the beginning of every signature line.
constexpr std::string_view signatureMark = "\xE2\x80\x94 ";
constexpr std::size_t keyIdBytes = 4;
constexpr std::size_t timeBytes = 8;

std::unexpected<Error> noteFailure(const char* code, std::string message, std::string hint = {})
{
    return fail(ErrorKind::Invalid, code, std::move(message), std::move(hint));
}

std::size_t findControl(std::string_view text)
{
    const auto found
        = std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
    return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

Result<void> checkNoteCharacters(std::string_view note)
{
    if (note.size() > maxNoteBytes)
        return noteFailure("proof.note.too-large", "The signed note is larger than 1 MiB.");
    if (!isUtf8(note))
        return noteFailure("proof.note.utf8", "The signed note is not UTF-8.");
    if (const std::size_t at = findControl(note); at != std::string_view::npos) {
        const TextPosition position = positionAt(note, at);
        return fail(
            Error(ErrorKind::Invalid, "proof.note.control-character", "The signed note holds a control character.",
                note[at] == '\r' ? "Its line ends were changed to CR LF on the way: transfer it as binary." : "")
                .with("line", std::to_string(position.line))
                .with("column", std::to_string(position.column)));
    }
    if (!note.ends_with('\n'))
        return noteFailure(
            "proof.note.final-newline", "The signed note does not end with a newline.", "It may have been cut.");
    return {};
}

Result<NoteSignature> parseSignatureLine(std::string_view line)
{
    const auto malformed = [] {
        return noteFailure(
            "proof.note.signature-line", "A signature line is not an em dash, a key name and a signature.");
    };
    if (!line.starts_with(signatureMark))
        return malformed();
    line.remove_prefix(signatureMark.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !isKeyName(line.substr(0, space)))
        return malformed();
    const Result<Bytes> bytes = fromBase64(line.substr(space + 1));
    if (!bytes)
        return noteFailure("proof.note.base64", "A signature is not canonical base64.");
    if (bytes->size() <= keyIdBytes)
        return malformed();
    NoteSignature signature{std::string(line.substr(0, space)), 0, Bytes(bytes->begin() + keyIdBytes, bytes->end())};
    for (std::size_t i = 0; i < keyIdBytes; ++i)
        signature.keyId = signature.keyId << 8 | (*bytes)[i];
    return signature;
}

std::string cosignedMessage(std::string_view text, std::uint64_t time)
{
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

/// The verified signature, or nothing when it does not hold.
std::optional<VerifiedSignature> checkSignature(
    const Note& note, const NoteSignature& signature, const VerifierKey& key)
{
    if (key.type == SignatureType::Ed25519) {
        if (!verifySignature(key.key, bytesOf(note.text), signature.bytes))
            return std::nullopt;
        return VerifiedSignature{key, 0};
    }
    if (signature.bytes.size() <= timeBytes)
        return std::nullopt;
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < timeBytes; ++i)
        time = time << 8 | signature.bytes[i];
    const std::string message = cosignedMessage(note.text, time);
    if (time >> 63 != 0 || !verifySignature(key.key, bytesOf(message), BytesView(signature.bytes).subspan(timeBytes)))
        return std::nullopt;
    return VerifiedSignature{key, time};
}

std::unexpected<Error> noKnownSignature(const Note& note, std::span<const VerifierKey> known)
{
    for (const NoteSignature& signature : note.signatures) {
        const auto named = std::ranges::find(known, signature.keyName, &VerifierKey::name);
        if (named != known.end())
            return fail(Error(ErrorKind::CheckFailed, "proof.note.key-replaced",
                "The note is signed in the name of a known key, but by another key.",
                "Unless its owner announced a new key, the log was signed again by someone else.")
                    .with("name", signature.keyName)
                    .with("known", formatKeyId(named->id))
                    .with("found", formatKeyId(signature.keyId)));
    }
    return fail(Error(ErrorKind::CheckFailed, "proof.note.unknown-key", "No signature of the note is by a known key.",
        "Pass the verifier key of the log that signed it.")
            .with("found", note.signatures.empty() ? "" : note.signatures.front().keyName));
}

}

Result<Note> parseNote(std::string_view note)
{
    EPHOR_TRY_VOID(checkNoteCharacters(note));
    const std::size_t blank = note.rfind("\n\n");
    if (blank == std::string_view::npos || blank + 2 == note.size())
        return noteFailure("proof.note.unsigned", "The note has no signature.");
    Note parsed{std::string(note.substr(0, blank + 1)), {}};
    std::string_view rest = note.substr(blank + 2);
    while (!rest.empty()) {
        if (parsed.signatures.size() == maxNoteSignatures)
            return noteFailure("proof.note.too-many-signatures", "The note has more than 64 signatures.");
        const std::size_t end = rest.find('\n');
        EPHOR_TRY(NoteSignature signature, parseSignatureLine(rest.substr(0, end)));
        parsed.signatures.push_back(std::move(signature));
        rest.remove_prefix(end + 1);
    }
    return parsed;
}

std::string formatNote(const Note& note)
{
    std::string text = note.text + "\n";
    for (const NoteSignature& signature : note.signatures) {
        Bytes bytes{static_cast<std::uint8_t>(signature.keyId >> 24), static_cast<std::uint8_t>(signature.keyId >> 16),
            static_cast<std::uint8_t>(signature.keyId >> 8), static_cast<std::uint8_t>(signature.keyId)};
        bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
        text += std::string(signatureMark) + signature.keyName + " " + toBase64(bytes) + "\n";
    }
    return text;
}

Result<std::vector<VerifiedSignature>> verifyNote(const Note& note, std::span<const VerifierKey> known)
{
    std::vector<VerifiedSignature> verified;
    for (const NoteSignature& signature : note.signatures) {
        const auto key = std::ranges::find_if(known,
            [&](const VerifierKey& each) { return each.name == signature.keyName && each.id == signature.keyId; });
        if (key == known.end())
            continue;
        std::optional<VerifiedSignature> held = checkSignature(note, signature, *key);
        if (!held)
            return fail(Error(ErrorKind::CheckFailed, "proof.note.signature",
                "A known key's signature does not match the note's text.",
                "The text or the signature was changed after signing.")
                    .with("name", key->name)
                    .with("key", formatKeyId(key->id)));
        const bool again
            = std::ranges::any_of(verified, [&](const VerifiedSignature& each) { return each.key == *key; });
        if (!again)
            verified.push_back(*std::move(held));
    }
    if (verified.empty())
        return noKnownSignature(note, known);
    return verified;
}

namespace {

Result<void> checkSignedText(std::string_view text)
{
    if (!text.ends_with('\n') || !isUtf8(text) || findControl(text) != std::string_view::npos)
        return noteFailure(
            "proof.note.text", "A text to sign must be UTF-8 without control characters and end with a newline.");
    return {};
}

}

Result<Note> addSignature(Note note, std::string_view keyName, const SigningKey& key)
{
    EPHOR_TRY_VOID(checkSignedText(note.text));
    EPHOR_TRY(const VerifierKey verifier, makeVerifierKey(keyName, SignatureType::Ed25519, key.publicKey()));
    EPHOR_TRY(const Signature signature, key.sign(bytesOf(note.text)));
    note.signatures.push_back({verifier.name, verifier.id, Bytes(signature.begin(), signature.end())});
    return note;
}

Result<std::string> signNote(std::string_view text, std::string_view keyName, const SigningKey& key)
{
    EPHOR_TRY(const Note note, addSignature(Note{std::string(text), {}}, keyName, key));
    return formatNote(note);
}

Result<Note> addCosignature(Note note, std::string_view witnessName, const SigningKey& key, std::uint64_t time)
{
    EPHOR_TRY_VOID(checkSignedText(note.text));
    EPHOR_TRY(const VerifierKey verifier, makeVerifierKey(witnessName, SignatureType::CosignatureV1, key.publicKey()));
    EPHOR_TRY(const Signature signature, key.sign(bytesOf(cosignedMessage(note.text, time))));
    Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(time >> shift));
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    note.signatures.push_back({verifier.name, verifier.id, std::move(bytes)});
    return note;
}

}
