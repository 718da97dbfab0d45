#pragma once

#include "core/proof/ed25519.h"

namespace ephor::proof {

/// What a key's signatures mean: the type byte of C2SP signed-note.
enum class SignatureType : std::uint8_t {
    Ed25519 = 0x01, ///< over the note's text: what a log signs its checkpoints with
    CosignatureV1 = 0x04, ///< c2sp.org/tlog-cosignature: a witness's statement, with its time
};

/// A public key as C2SP signed-note names it: name and id together say which key signed and how.
struct VerifierKey {
    std::string name;
    std::uint32_t id = 0; ///< first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key), big-endian
    SignatureType type = SignatureType::Ed25519;
    PublicKey key{};
    bool operator==(const VerifierKey&) const = default;
};

/// True for a key name of C2SP signed-note: not empty, UTF-8, no Unicode space, no control character, no "+".
bool isKeyName(std::string_view name);

/// Computes the id. Code: proof.key.name.
Result<VerifierKey> makeVerifierKey(std::string_view name, SignatureType type, const PublicKey& key);

/// Reads "name+hex id+base64(type ‖ key)" (C2SP signed-note, verifier keys), and checks that the id belongs to the key.
/// Codes: proof.key.format, proof.key.name, proof.key.base64, proof.key.type, proof.key.id.
Result<VerifierKey> parseVerifierKey(std::string_view vkey);
std::string formatVerifierKey(const VerifierKey& key);

/// One key a line; empty lines and lines that begin with "#" are skipped. An error carries the line as a field.
Result<std::vector<VerifierKey>> parseVerifierKeys(std::string_view text);

/// "0a1b2c3d": a key id as verifier keys and messages write it.
std::string formatKeyId(std::uint32_t id);

}
