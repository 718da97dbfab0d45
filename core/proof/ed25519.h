#pragma once

#include "core/base/bytes.h"

#include <memory>

namespace ephor::proof {

/// An Ed25519 public key in the 32-byte form of RFC 8032 §5.1.5.
using PublicKey = std::array<std::uint8_t, 32>;
/// An Ed25519 signature in the 64-byte form of RFC 8032 §5.1.6.
using Signature = std::array<std::uint8_t, 64>;

/// An Ed25519 private key. It leaves this object only as PEM, on request. Const use is thread-safe.
class SigningKey {
public:
    static Result<SigningKey> generate();
    /// From the 32-byte secret of RFC 8032. Code: proof.key.seed.
    static Result<SigningKey> fromSeed(BytesView seed);
    /// From an unencrypted PKCS #8 PEM block; never asks for a password. Code: proof.key.pem.
    static Result<SigningKey> fromPem(std::string_view pem);

    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    /// PKCS #8 PEM, unencrypted: the caller seals it before it reaches a disk.
    Result<std::string> toPem() const;
    const PublicKey& publicKey() const { return m_public; }
    /// Pure Ed25519 over the message; deterministic.
    Result<Signature> sign(BytesView message) const;

private:
    struct Key;
    SigningKey(std::unique_ptr<Key> key, const PublicKey& publicKey);
    static Result<SigningKey> adopt(std::unique_ptr<Key> key);

    std::unique_ptr<Key> m_key;
    PublicKey m_public{};
};

/// True when `signature` is the key's over `message`. False for any other length than 64 and for a key that is no
/// point.
bool verifySignature(const PublicKey& key, BytesView message, BytesView signature);

}
