#include "core/trust/identity/login_throttle.h"

#include <algorithm>

namespace ephor::identity {

LoginThrottle::LoginThrottle(const Clock& clock)
    : m_clock(clock)
{
}

LoginThrottle::~LoginThrottle() = default;

LoginThrottle::Attempt::Attempt(LoginThrottle* throttle, std::string login)
    : m_throttle(throttle)
    , m_login(std::move(login))
{
}

LoginThrottle::Attempt::Attempt(Attempt&& other) noexcept
    : m_throttle(std::exchange(other.m_throttle, nullptr))
    , m_login(std::move(other.m_login))
{
}

LoginThrottle::Attempt::~Attempt()
{
    if (m_throttle == nullptr)
        return;
    const std::lock_guard lock(m_throttle->m_mutex);
    --m_throttle->m_running;
}

void LoginThrottle::Attempt::succeeded()
{
    const std::lock_guard lock(m_throttle->m_mutex);
    m_throttle->m_failures.erase(m_login);
}

Result<LoginThrottle::Attempt> LoginThrottle::begin(const std::string& login)
{
    const Duration now = m_clock.steady();
    const std::lock_guard lock(m_mutex);
    if (m_running >= largestConcurrent)
        return fail(ErrorKind::Unavailable, "session.busy", "Too many people sign in at this moment.",
            "Try again in a few seconds.");
    const auto found = m_failures.find(login);
    if (found != m_failures.end()) {
        Failures& failures = found->second;
        const Duration sinceLast = now - failures.last;
        if (failures.count >= largestFailures && sinceLast < window) {
            const auto wait = std::chrono::ceil<std::chrono::seconds>(window - sinceLast).count();
            return fail(Error(ErrorKind::Exhausted, "session.too-many-failures",
                "This login failed too often within a minute.", "Wait, then try again.")
                    .with("seconds", std::to_string(wait)));
        }
        if (failures.count >= largestFailures || now - failures.first >= window)
            m_failures.erase(found);
    }
    if (m_failures.size() >= largestLogins)
        forgetOldest();
    Failures& failures = m_failures[login];
    if (failures.count++ == 0)
        failures.first = now;
    failures.last = now;
    ++m_running;
    return Attempt(this, login);
}

void LoginThrottle::forgetOldest()
{
    m_failures.erase(std::ranges::min_element(m_failures, {}, [](const auto& entry) { return entry.second.last; }));
}

}
