#include "core/trust/identity/key_passes.h"

namespace ephor::identity {

namespace {

// More keys than a workspace has in use at once; beyond that they are looked up again.
constexpr std::size_t mostPasses = 1'024;

}

std::optional<Principal> KeyPasses::recall(std::string_view credential) const
{
    if (credential.empty())
        return std::nullopt;
    const Digest hash = sha256(credential);
    const std::lock_guard lock(m_mutex);
    const auto found = m_passes.find(hash);
    if (found == m_passes.end() || found->second.expiresAt <= m_clock.now()
        || m_clock.steady() - found->second.keptAt >= keptFor)
        return std::nullopt;
    return found->second.holder;
}

std::uint64_t KeyPasses::generation() const
{
    const std::lock_guard lock(m_mutex);
    return m_generation;
}

void KeyPasses::keep(std::string_view credential, const Principal& holder, Instant expiresAt, std::uint64_t generation)
{
    const Digest hash = sha256(credential);
    const std::lock_guard lock(m_mutex);
    if (generation != m_generation)
        return;
    if (m_passes.size() >= mostPasses)
        m_passes.clear();
    m_passes.insert_or_assign(hash, Pass{holder, expiresAt, m_clock.steady()});
}

void KeyPasses::forget()
{
    const std::lock_guard lock(m_mutex);
    m_passes.clear();
    ++m_generation;
}

}
