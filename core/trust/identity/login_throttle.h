#pragma once

#include "core/base/clock.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace ephor::identity {

/// Slows guessing of passwords: after `largestFailures` failures within `window` a login waits until `window` after
/// the last one. An attempt counts as a failure from its beginning, so that many at once gain nothing. Thread-safe.
class LoginThrottle {
public:
    static constexpr std::size_t largestFailures = 5;
    static constexpr Duration window = std::chrono::minutes(1);
    /// Logins remembered at once: what somebody trying names at random may cost in memory. Beyond it the one that was
    /// tried longest ago is forgotten.
    static constexpr std::size_t largestLogins = 10'000;
    /// Passwords compared at once: each comparison takes 32 MB and a core for a while, by design.
    static constexpr std::size_t largestConcurrent = 8;

    explicit LoginThrottle(const Clock& clock);
    ~LoginThrottle();

    /// One comparison under way; forgets the login's failures when it succeeded.
    class Attempt {
    public:
        Attempt(LoginThrottle* throttle, std::string login);
        Attempt(Attempt&& other) noexcept;
        Attempt& operator=(Attempt&&) = delete;
        ~Attempt();
        void succeeded();

    private:
        LoginThrottle* m_throttle;
        std::string m_login;
    };

    /// Codes: session.too-many-failures with the seconds to wait, session.busy.
    Result<Attempt> begin(const std::string& login);

private:
    struct Failures {
        std::size_t count = 0;
        Duration first{};
        Duration last{};
    };
    void forgetOldest();

    const Clock& m_clock;
    std::mutex m_mutex;
    std::map<std::string, Failures> m_failures;
    std::size_t m_running = 0;
};

}
