#include "core/trust/keys/unlock.h"

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/trust/keys/private_file.h"
#include "core/trust/keys/sealing.h"

#include <cstdlib>

namespace ephor::keys {

namespace {

constexpr std::size_t longestUnlock = 4'096;

std::string environmentVariable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

Result<std::string> configFolder()
{
    if (std::string folder = environmentVariable("XDG_CONFIG_HOME"); folder.starts_with('/'))
        return folder;
    if (const std::string home = environmentVariable("HOME"); home.starts_with('/'))
        return home + "/.config";
    return fail(ErrorKind::Invalid, "keys.path", "Neither XDG_CONFIG_HOME nor HOME names a folder for the key store.",
        "Set one of them, or give the key store's path.");
}

Result<std::string> pathFor(const std::string& workspace, const char* suffix)
{
    // The id becomes a file's name.
    if (workspace.empty() || workspace.find_first_of("/\\") != std::string::npos || workspace.starts_with('.'))
        return fail(ErrorKind::Invalid, "keys.path", "The workspace's id cannot name a file.");
    EPHOR_TRY(const std::string folder, configFolder());
    return folder + "/ephor/keys/" + workspace + suffix;
}

}

Unlock::Unlock(std::string secret)
    : m_secret(std::move(secret))
{
}

Unlock::~Unlock()
{
    wipe(m_secret);
}

Result<void> createUnlockFile(const std::string& path)
{
    SymmetricKey random = newSymmetricKey();
    std::string text = toBase64(random) + "\n";
    const auto written = writePrivateFile(path, bytesOf(text), Replace::Refuse);
    wipe(random);
    wipe(text);
    return written;
}

Result<Unlock> readUnlockFile(const std::string& path)
{
    EPHOR_TRY(Bytes content, readPrivateFile(path, longestUnlock));
    Unlock unlock{std::string(trim(textOf(content)))};
    wipe(content);
    if (unlock.secret().empty())
        return fail(Error(ErrorKind::Invalid, "keys.unlock-empty", "The unlock file is empty.").with("path", path));
    return unlock;
}

Result<Unlock> findUnlock(const UnlockWays& ways)
{
    const std::string credentials = environmentVariable("CREDENTIALS_DIRECTORY");
    for (const std::string& path : {credentials.empty() ? credentials : credentials + "/ephor-unlock", ways.file}) {
        if (path.empty())
            continue;
        auto unlock = readUnlockFile(path);
        if (unlock || unlock.error().code != "keys.missing")
            return unlock;
    }
    if (ways.prompt) {
        EPHOR_TRY(std::string secret, ways.prompt());
        return Unlock(std::move(secret));
    }
    return fail(Error(ErrorKind::Unauthenticated, "keys.locked", "Nothing opens the key store.",
        "Provide the unlock file (0600), the credential ephor-unlock, or a passphrase.")
            .with("file", ways.file));
}

Result<std::string> defaultKeyPath(const std::string& workspace)
{
    return pathFor(workspace, ".keys");
}

Result<std::string> defaultUnlockPath(const std::string& workspace)
{
    return pathFor(workspace, ".unlock");
}

}
