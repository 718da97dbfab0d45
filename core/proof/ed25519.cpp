#include "core/proof/ed25519.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace ephor::proof {

namespace {

struct EvpFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
template <class T> using Evp = std::unique_ptr<T, EvpFree>;

/// OpenSSL's default callback would ask at the terminal; a service must never do that.
int refusePassword(char*, int, int, void*)
{
    return -1;
}

std::unexpected<Error> cryptoFault(const char* what)
{
    ERR_clear_error();
    return fail(
        ErrorKind::Internal, "proof.key.crypto", std::string("The cryptographic library could not ") + what + ".");
}

}

struct SigningKey::Key {
    Evp<EVP_PKEY> evp;
};

SigningKey::SigningKey(std::unique_ptr<Key> key, const PublicKey& publicKey)
    : m_key(std::move(key))
    , m_public(publicKey)
{
}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

Result<SigningKey> SigningKey::adopt(std::unique_ptr<Key> key)
{
    PublicKey publicKey{};
    std::size_t length = publicKey.size();
    if (EVP_PKEY_get_raw_public_key(key->evp.get(), publicKey.data(), &length) != 1 || length != publicKey.size())
        return cryptoFault("read the public half of a key");
    return SigningKey(std::move(key), publicKey);
}

Result<SigningKey> SigningKey::generate()
{
    Evp<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nullptr));
    EVP_PKEY* made = nullptr;
    if (!context || EVP_PKEY_keygen_init(context.get()) != 1 || EVP_PKEY_keygen(context.get(), &made) != 1)
        return cryptoFault("generate a key");
    return adopt(std::make_unique<Key>(Key{Evp<EVP_PKEY>(made)}));
}

Result<SigningKey> SigningKey::fromSeed(BytesView seed)
{
    if (seed.size() != 32)
        return fail(ErrorKind::Invalid, "proof.key.seed", "An Ed25519 secret has 32 bytes.");
    Evp<EVP_PKEY> made(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    if (!made)
        return cryptoFault("take in a key");
    return adopt(std::make_unique<Key>(Key{std::move(made)}));
}

Result<SigningKey> SigningKey::fromPem(std::string_view pem)
{
    Evp<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min<std::size_t>(pem.size(), 64 * 1024))));
    Evp<EVP_PKEY> read(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, refusePassword, nullptr) : nullptr);
    if (!read || EVP_PKEY_get_id(read.get()) != EVP_PKEY_ED25519) {
        ERR_clear_error();
        return fail(ErrorKind::Invalid, "proof.key.pem",
            "The text is not an unencrypted Ed25519 private key in PKCS #8 PEM.",
            "Make one with `openssl genpkey -algorithm ed25519`.");
    }
    return adopt(std::make_unique<Key>(Key{std::move(read)}));
}

Result<std::string> SigningKey::toPem() const
{
    Evp<BIO> bio(BIO_new(BIO_s_secmem()));
    if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), m_key->evp.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return cryptoFault("write a key as PEM");
    char* text = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &text);
    return std::string(text, static_cast<std::size_t>(length));
}

Result<Signature> SigningKey::sign(BytesView message) const
{
    Evp<EVP_MD_CTX> context(EVP_MD_CTX_new());
    Signature signature{};
    std::size_t length = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_key->evp.get()) != 1
        || EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) != 1
        || length != signature.size())
        return cryptoFault("sign");
    return signature;
}

bool verifySignature(const PublicKey& key, BytesView message, BytesView signature)
{
    if (signature.size() != Signature().size())
        return false;
    Evp<EVP_PKEY> evp(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    Evp<EVP_MD_CTX> context(EVP_MD_CTX_new());
    const bool holds = evp && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, evp.get()) == 1
        && EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return holds;
}

}
