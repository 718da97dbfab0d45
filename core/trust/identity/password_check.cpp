#include "core/trust/identity/password_check.h"

#include "core/base/hash.h"
#include "core/trust/keys/password.h"

#include <array>

namespace ephor::identity {

PasswordCheck::PasswordCheck(const Clock& clock)
    : m_throttle(clock)
{
}

// Made on the first use, known login or not, so that the first unknown login takes no longer than the second.
const std::string& PasswordCheck::nobodysHash()
{
    std::call_once(m_once, [this] {
        std::array<std::uint8_t, 32> random{};
        fillRandom(random);
        if (auto hash = keys::hashPassword(toHex(random)))
            m_nobodysHash = std::move(*hash);
    });
    return m_nobodysHash;
}

Result<void> PasswordCheck::check(const std::string& login, const std::string& hash, std::string_view password)
{
    EPHOR_TRY(LoginThrottle::Attempt attempt, m_throttle.begin(login));
    const std::string& nobodys = nobodysHash();
    const bool known = !hash.empty();
    const bool matches = keys::verifyPassword(password, known ? hash : nobodys);
    if (!known || !matches)
        return fail(ErrorKind::Unauthenticated, "session.refused", "The login or the password is not right.",
            "Check both, or ask an administrator to set a new password.");
    attempt.succeeded();
    return {};
}

}
