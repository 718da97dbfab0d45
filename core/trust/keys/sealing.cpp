#include "core/trust/keys/sealing.h"

#include "core/base/hash.h"
#include "core/trust/keys/random_stock.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace ephor::keys {

namespace {

constexpr std::size_t tagBytes = 16;

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

// Fetching the algorithm anew for every value costs more than sealing it.
const EVP_CIPHER* aes256Gcm()
{
    static EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return algorithm;
}

// A cipher that fails to encrypt leaves nothing safe to store or to say.
void requireCipher(int ok)
{
    if (ok != 1)
        std::abort();
}

Error sealedError()
{
    return {ErrorKind::CheckFailed, "keys.sealed",
        "A sealed value cannot be opened: the key is another one, or the value was changed."};
}

}

SymmetricKey newSymmetricKey()
{
    SymmetricKey key{};
    fillRandom(key);
    return key;
}

Sealed seal(const SymmetricKey& key, std::string_view context, BytesView plaintext)
{
    Sealed sealed;
    fillFromStock(sealed.nonce);
    sealed.ciphertext.resize(plaintext.size() + tagBytes);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    int written = 0;
    requireCipher(EVP_EncryptInit_ex(cipher.get(), aes256Gcm(), nullptr, key.data(), sealed.nonce.data()));
    requireCipher(EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytesOf(context).data(), int(context.size())));
    requireCipher(
        EVP_EncryptUpdate(cipher.get(), sealed.ciphertext.data(), &written, plaintext.data(), int(plaintext.size())));
    requireCipher(EVP_EncryptFinal_ex(cipher.get(), sealed.ciphertext.data() + plaintext.size(), &written));
    requireCipher(EVP_CIPHER_CTX_ctrl(
        cipher.get(), EVP_CTRL_GCM_GET_TAG, int(tagBytes), sealed.ciphertext.data() + plaintext.size()));
    return sealed;
}

Result<Bytes> open(const SymmetricKey& key, std::string_view context, BytesView nonce, BytesView ciphertext)
{
    if (nonce.size() != 12 || ciphertext.size() < tagBytes)
        return fail(sealedError());
    std::array<std::uint8_t, tagBytes> tag; // a copy: OpenSSL takes it as if it wrote to it
    std::ranges::copy(ciphertext.last(tagBytes), tag.begin());
    const BytesView content = ciphertext.first(ciphertext.size() - tagBytes);
    Bytes plaintext(content.size());
    const Cipher cipher(EVP_CIPHER_CTX_new());
    int written = 0;
    const bool opened = EVP_DecryptInit_ex(cipher.get(), aes256Gcm(), nullptr, key.data(), nonce.data()) == 1
        && EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytesOf(context).data(), int(context.size())) == 1
        && EVP_DecryptUpdate(cipher.get(), plaintext.data(), &written, content.data(), int(content.size())) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, int(tagBytes), tag.data()) == 1
        && EVP_DecryptFinal_ex(cipher.get(), plaintext.data() + plaintext.size(), &written) == 1;
    if (opened)
        return plaintext;
    wipe(plaintext);
    return fail(sealedError());
}

void wipe(std::span<std::uint8_t> secret)
{
    OPENSSL_cleanse(secret.data(), secret.size());
}

void wipe(std::string& secret)
{
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

}
