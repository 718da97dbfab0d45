#pragma once

#include "core/base/bytes.h"

namespace ephor::keys {

/// A key of AES-256-GCM (NIST SP 800-38D).
using SymmetricKey = std::array<std::uint8_t, 32>;

/// What sealing makes. The nonce is random: one key serves up to 2^32 values.
struct Sealed {
    std::array<std::uint8_t, 12> nonce{};
    Bytes ciphertext; ///< with the 16-byte tag at its end
};

/// A random key.
SymmetricKey newSymmetricKey();

/// Encrypts and authenticates; `context` (associated data) is authenticated and must be the same for opening, so that a
/// value cannot be moved to another place unnoticed.
Sealed seal(const SymmetricKey& key, std::string_view context, BytesView plaintext);

/// Code: keys.sealed (CheckFailed): another key, another context, or changed bytes; which of them cannot be told.
Result<Bytes> open(const SymmetricKey& key, std::string_view context, BytesView nonce, BytesView ciphertext);

/// Overwrites memory that held a secret, in a way the compiler keeps.
void wipe(std::span<std::uint8_t> secret);
void wipe(std::string& secret);

}
