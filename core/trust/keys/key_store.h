#pragma once

#include "core/proof/ed25519.h"
#include "core/trust/keys/sealing.h"
#include "core/trust/keys/unlock.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ephor::keys {

/// The secrets of one workspace, in one encrypted file outside of it: the ledger's signing key, the key that wraps the
/// subjects' keys, and named secrets (what "secret:openai" refers to). Every change replaces the file at once.
/// Thread-safe. The file's format: docs/formats/keys.md.
class KeyStore {
public:
    /// Makes a new one with fresh keys. Codes: keys.exists, keys.io.
    static Result<std::unique_ptr<KeyStore>> create(
        const std::string& path, const std::string& workspace, const Unlock& unlock);
    /// Codes: keys.missing, keys.permissions, keys.format, keys.wrong-unlock.
    static Result<std::unique_ptr<KeyStore>> open(const std::string& path, const Unlock& unlock);
    /// One that is never written anywhere: for tests and workspaces in memory.
    static Result<std::unique_ptr<KeyStore>> inMemory(const std::string& workspace);

    virtual ~KeyStore() = default;

    /// The id of the workspace it was made for.
    virtual const std::string& workspace() const = 0;

    /// What heads are signed with now.
    virtual std::shared_ptr<const proof::SigningKey> signer() const = 0;
    /// The signer before it, until `forgetFormerSigner`: a rotation is signed by both.
    virtual std::shared_ptr<const proof::SigningKey> formerSigner() const = 0;
    /// Makes a new signer and keeps the old one as former. Conflict (keys.rotating) while there is a former one.
    virtual Result<void> rotateSigner() = 0;
    virtual Result<void> forgetFormerSigner() = 0;
    /// Every key heads were ever signed with, newest first: what the workspace's own record is verified against.
    virtual std::vector<proof::PublicKey> publicKeys() const = 0;

    /// Seals a subject's key under the key of keys; `context` names the subject.
    virtual Bytes wrap(const SymmetricKey& key, std::string_view context) const = 0;
    /// Code: keys.sealed.
    virtual Result<SymmetricKey> unwrap(BytesView wrapped, std::string_view context) const = 0;

    /// A key for one purpose, the same whenever it is asked for: HMAC-SHA-256 of the purpose under the key of keys.
    virtual SymmetricKey derived(std::string_view purpose) const = 0;

    /// The value behind "secret:<name>". Code: keys.no-secret (NotFound).
    virtual Result<std::string> secret(const std::string& name) const = 0;
    /// Sets or replaces. Names are 1 to 64 of a-z, 0-9, "-", "_", "."; values up to 64 KiB. Codes: keys.name,
    /// keys.value.
    virtual Result<void> setSecret(const std::string& name, const std::string& value) = 0;
    virtual Result<void> removeSecret(const std::string& name) = 0;
    virtual std::vector<std::string> secretNames() const = 0;

    /// From now on another secret opens the file.
    virtual Result<void> changeUnlock(const Unlock& unlock) = 0;
};

}
