#include "core/base/hash.h"

#include <cstdlib>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <utility>

namespace ephor {

namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetching the algorithm by name costs more than a short digest in OpenSSL 3, so it is done once.
const EVP_MD* sha256Algorithm()
{
    static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return algorithm;
}

// A digest that cannot be computed would make every later proof a lie: there is no caller who could go on.
void require(int ok)
{
    if (ok != 1)
        std::abort();
}

}

struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
};

Sha256::Sha256()
    : m_state(std::make_unique<State>())
{
    require(EVP_DigestInit_ex(m_state->context.get(), sha256Algorithm(), nullptr));
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::add(BytesView bytes)
{
    require(EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size()));
    return *this;
}

Digest Sha256::finish()
{
    Digest digest{};
    unsigned length = 0;
    require(EVP_DigestFinal_ex(m_state->context.get(), digest.data(), &length));
    require(EVP_DigestInit_ex(m_state->context.get(), nullptr, nullptr));
    return digest;
}

Digest sha256(BytesView bytes)
{
    thread_local Sha256 hasher;
    return hasher.add(bytes).finish();
}

void fillRandom(std::span<std::uint8_t> out)
{
    require(RAND_bytes(out.data(), int(out.size())));
}

bool equalConstantTime(BytesView left, BytesView right)
{
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}
