#include "core/trust/keys/key_store.h"

#include "core/base/hmac.h"
#include "core/trust/keys/key_file.h"
#include "core/trust/keys/private_file.h"

#include <algorithm>
#include <mutex>
#include <shared_mutex>

namespace ephor::keys {

namespace {

// Hundreds of secrets of the greatest length; more is another file.
constexpr std::size_t largestKeyFile = 64 * 1024 * 1024;
constexpr std::size_t longestSecret = 64 * 1024;
constexpr std::size_t longestName = 64;
constexpr std::size_t nonceBytes = 12;

bool isSecretName(const std::string& name)
{
    return !name.empty() && name.size() <= longestName
        && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string::npos;
}

Error noSecret(const std::string& name)
{
    return Error(
        ErrorKind::NotFound, "keys.no-secret", "There is no secret of this name.", "Set it in the key store first.")
        .with("name", name);
}

class FileKeyStore final : public KeyStore {
public:
    FileKeyStore(std::string path, KeyContent content, FileLock lock)
        : m_path(std::move(path))
        , m_workspace(content.workspace)
        , m_content(std::move(content))
        , m_lock(std::move(lock))
    {
    }
    ~FileKeyStore() override
    {
        wipe(m_content.wrapping);
        wipe(m_lock.key);
        for (auto& [name, value] : m_content.secrets)
            wipe(value);
    }

    const std::string& workspace() const override { return m_workspace; }

    std::shared_ptr<const proof::SigningKey> signer() const override
    {
        const std::shared_lock lock(m_mutex);
        return m_content.signer;
    }

    std::shared_ptr<const proof::SigningKey> formerSigner() const override
    {
        const std::shared_lock lock(m_mutex);
        return m_content.former;
    }

    Result<void> rotateSigner() override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_content.former)
            return fail(ErrorKind::Conflict, "keys.rotating", "The last rotation has not been recorded yet.",
                "Open the workspace once, which records it, then rotate again.");
        EPHOR_TRY(auto key, proof::SigningKey::generate());
        KeyContent changed = m_content;
        changed.former = changed.signer;
        changed.publicKeys.insert(changed.publicKeys.begin(), key.publicKey());
        changed.signer = std::make_shared<proof::SigningKey>(std::move(key));
        return replaceContent(std::move(changed));
    }

    Result<void> forgetFormerSigner() override
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_content.former)
            return {};
        KeyContent changed = m_content;
        changed.former = nullptr;
        return replaceContent(std::move(changed));
    }

    std::vector<proof::PublicKey> publicKeys() const override
    {
        const std::shared_lock lock(m_mutex);
        return m_content.publicKeys;
    }

    Bytes wrap(const SymmetricKey& key, std::string_view context) const override
    {
        const std::shared_lock lock(m_mutex);
        const Sealed sealed = seal(m_content.wrapping, context, key);
        Bytes wrapped(sealed.nonce.begin(), sealed.nonce.end());
        wrapped.insert(wrapped.end(), sealed.ciphertext.begin(), sealed.ciphertext.end());
        return wrapped;
    }

    Result<SymmetricKey> unwrap(BytesView wrapped, std::string_view context) const override
    {
        const std::shared_lock lock(m_mutex);
        const std::size_t cut = std::min(wrapped.size(), nonceBytes);
        EPHOR_TRY(Bytes clear, keys::open(m_content.wrapping, context, wrapped.first(cut), wrapped.subspan(cut)));
        SymmetricKey key{};
        if (clear.size() != key.size())
            return fail(ErrorKind::CheckFailed, "keys.sealed", "A wrapped key has the wrong length.");
        std::ranges::copy(clear, key.begin());
        wipe(clear);
        return key;
    }

    SymmetricKey derived(std::string_view purpose) const override
    {
        const std::shared_lock lock(m_mutex);
        return hmacSha256(m_content.wrapping, purpose);
    }

    Result<std::string> secret(const std::string& name) const override
    {
        const std::shared_lock lock(m_mutex);
        const auto found = m_content.secrets.find(name);
        return found != m_content.secrets.end() ? Result<std::string>(found->second) : fail(noSecret(name));
    }

    Result<void> setSecret(const std::string& name, const std::string& value) override
    {
        if (!isSecretName(name))
            return fail(ErrorKind::Invalid, "keys.name",
                "A secret's name has 1 to 64 lower-case letters, digits, hyphens, underscores or dots.");
        if (value.empty() || value.size() > longestSecret)
            return fail(ErrorKind::Invalid, "keys.value", "A secret has between 1 byte and 64 KiB.");
        const std::scoped_lock lock(m_mutex);
        KeyContent changed = m_content;
        changed.secrets[name] = value;
        return replaceContent(std::move(changed));
    }

    Result<void> removeSecret(const std::string& name) override
    {
        const std::scoped_lock lock(m_mutex);
        KeyContent changed = m_content;
        if (changed.secrets.erase(name) == 0)
            return fail(noSecret(name));
        return replaceContent(std::move(changed));
    }

    std::vector<std::string> secretNames() const override
    {
        const std::shared_lock lock(m_mutex);
        std::vector<std::string> names;
        for (const auto& [name, value] : m_content.secrets)
            names.push_back(name);
        return names;
    }

    Result<void> changeUnlock(const Unlock& unlock) override
    {
        EPHOR_TRY(FileLock fresh, makeFileLock(unlock.secret()));
        const std::scoped_lock lock(m_mutex);
        EPHOR_TRY_VOID(write(m_content, fresh, Replace::Allow));
        m_lock = std::move(fresh);
        return {};
    }

    Result<void> writeFirst() const { return write(m_content, m_lock, Replace::Refuse); }

private:
    // Memory follows the disk: what could not be written is not in effect.
    Result<void> replaceContent(KeyContent changed)
    {
        EPHOR_TRY_VOID(write(changed, m_lock, Replace::Allow));
        m_content = std::move(changed);
        return {};
    }

    Result<void> write(const KeyContent& content, const FileLock& lock, Replace replace) const
    {
        if (m_path.empty())
            return {};
        EPHOR_TRY(const std::string file, formatKeyFile(content, lock));
        return writePrivateFile(m_path, bytesOf(file), replace);
    }

    std::string m_path; ///< empty: in memory only
    const std::string m_workspace;
    mutable std::shared_mutex m_mutex; ///< guards what follows
    KeyContent m_content;
    FileLock m_lock;
};

Result<KeyContent> freshContent(const std::string& workspace)
{
    EPHOR_TRY(auto key, proof::SigningKey::generate());
    KeyContent content;
    content.workspace = workspace;
    content.publicKeys = {key.publicKey()};
    content.signer = std::make_shared<proof::SigningKey>(std::move(key));
    content.wrapping = newSymmetricKey();
    return content;
}

}

Result<std::unique_ptr<KeyStore>> KeyStore::create(
    const std::string& path, const std::string& workspace, const Unlock& unlock)
{
    EPHOR_TRY(FileLock lock, makeFileLock(unlock.secret()));
    EPHOR_TRY(KeyContent content, freshContent(workspace));
    auto store = std::make_unique<FileKeyStore>(path, std::move(content), std::move(lock));
    EPHOR_TRY_VOID(store->writeFirst());
    return store;
}

Result<std::unique_ptr<KeyStore>> KeyStore::open(const std::string& path, const Unlock& unlock)
{
    EPHOR_TRY(const Bytes file, readPrivateFile(path, largestKeyFile));
    EPHOR_TRY(OpenedKeyFile opened, parseKeyFile(textOf(file), unlock.secret()));
    return std::make_unique<FileKeyStore>(path, std::move(opened.content), std::move(opened.lock));
}

Result<std::unique_ptr<KeyStore>> KeyStore::inMemory(const std::string& workspace)
{
    EPHOR_TRY(KeyContent content, freshContent(workspace));
    return std::make_unique<FileKeyStore>(std::string(), std::move(content), FileLock());
}

}
