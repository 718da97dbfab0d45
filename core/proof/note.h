#pragma once

#include "core/proof/verifier_key.h"

#include <span>

namespace ephor::proof {

/// C2SP signed-note: a text and the signatures of one or more keys over it.

/// A checkpoint with all its cosignatures is a few kilobytes; more than this is no note of ours.
inline constexpr std::size_t maxNoteBytes = 1024 * 1024;
/// The format asks for at least 16 to be accepted; four times that bounds the work of an attacker's note.
inline constexpr std::size_t maxNoteSignatures = 64;

/// One signature line. `bytes` is what follows the key id.
struct NoteSignature {
    std::string keyName;
    std::uint32_t keyId = 0;
    Bytes bytes;
    bool operator==(const NoteSignature&) const = default;
};

/// A note taken apart, nothing of it verified yet.
struct Note {
    std::string text; ///< with its final newline
    std::vector<NoteSignature> signatures;
    bool operator==(const Note&) const = default;
};

/// Takes a note apart, strictly: one note has one spelling. Codes: proof.note.too-large, proof.note.utf8,
/// proof.note.control-character, proof.note.final-newline, proof.note.unsigned, proof.note.signature-line,
/// proof.note.base64, proof.note.too-many-signatures.
Result<Note> parseNote(std::string_view note);
/// The exact inverse of parseNote.
std::string formatNote(const Note& note);

/// A signature that was verified. `time` is a witness's, in Unix seconds; 0 for a key of type Ed25519.
struct VerifiedSignature {
    VerifierKey key;
    std::uint64_t time = 0;
};

/// Verifies every signature whose key is known; keys not known are ignored, a known key's wrong signature refuses the
/// note. Returns at least one signature, one for each key. Codes: proof.note.signature; proof.note.key-replaced when
/// none is of a known key but one bears a known key's name; else proof.note.unknown-key.
Result<std::vector<VerifiedSignature>> verifyNote(const Note& note, std::span<const VerifierKey> known);

/// The note with the key's signature over its text added as the last line.
/// Codes: proof.note.text (no final newline, not UTF-8, control characters), proof.key.name.
Result<std::string> signNote(std::string_view text, std::string_view keyName, const SigningKey& key);
Result<Note> addSignature(Note note, std::string_view keyName, const SigningKey& key);

/// Adds a witness's cosignature/v1 made at `time` (Unix seconds); the note's text must be a checkpoint's.
Result<Note> addCosignature(Note note, std::string_view witnessName, const SigningKey& key, std::uint64_t time);

}
