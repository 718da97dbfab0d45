#pragma once

#include "core/proof/ed25519.h"
#include "core/trust/keys/scrypt.h"
#include "core/trust/keys/sealing.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ephor::keys {

/// What a key file holds, in clear: only ever in memory.
struct KeyContent {
    std::string workspace;
    std::shared_ptr<const proof::SigningKey> signer;
    std::shared_ptr<const proof::SigningKey> former;
    std::vector<proof::PublicKey> publicKeys; ///< newest first
    SymmetricKey wrapping{};
    std::map<std::string, std::string> secrets;
};

/// How the file is locked: the stretched secret and what it was stretched with.
struct FileLock {
    ScryptCost cost;
    Bytes salt;
    SymmetricKey key{};
};
/// A new lock: in full for a passphrase, lightly for what createUnlockFile wrote, which is random.
Result<FileLock> makeFileLock(std::string_view secret);

Result<std::string> formatKeyFile(const KeyContent& content, const FileLock& lock);

struct OpenedKeyFile {
    KeyContent content;
    FileLock lock;
};
/// Codes: keys.format, keys.wrong-unlock, keys.cost.
Result<OpenedKeyFile> parseKeyFile(std::string_view file, std::string_view secret);

}
