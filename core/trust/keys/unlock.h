#pragma once

#include "core/base/result.h"

#include <functional>
#include <string>

namespace ephor::keys {

/// The secret that opens a key store. Wiped when it goes.
class Unlock {
public:
    explicit Unlock(std::string secret);
    ~Unlock();
    Unlock(Unlock&&) noexcept = default;
    Unlock& operator=(Unlock&&) noexcept = default;
    const std::string& secret() const { return m_secret; }

private:
    std::string m_secret;
};

/// Makes a file with a new random secret, 0600. Code: keys.exists.
Result<void> createUnlockFile(const std::string& path);
/// Reads the secret from a file, without the line's end. Codes: keys.missing, keys.permissions, keys.unlock-empty.
Result<Unlock> readUnlockFile(const std::string& path);

/// The ways to the secret, tried in this order: the service manager's credential ($CREDENTIALS_DIRECTORY/ephor-unlock),
/// the file (skipped when the path is empty or nothing is there), the prompt (skipped when empty).
/// A way that is there but refused (permissions) ends the search. Code: keys.locked when there is none.
struct UnlockWays {
    std::string file;
    std::function<Result<std::string>()> prompt;
};
Result<Unlock> findUnlock(const UnlockWays& ways);

/// $XDG_CONFIG_HOME/ephor/keys/<workspace>.keys, or the same below ~/.config. Code: keys.path.
Result<std::string> defaultKeyPath(const std::string& workspace);
/// The unlock file beside it: the same name with ".unlock".
Result<std::string> defaultUnlockPath(const std::string& workspace);

}
