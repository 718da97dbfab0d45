#pragma once

#include "core/trust/identity/login_throttle.h"

#include <string_view>

namespace ephor::identity {

/// Compares passwords, slowly and equally slowly whether or not there is such a login. Thread-safe.
class PasswordCheck {
public:
    explicit PasswordCheck(const Clock& clock);

    /// `hash` is empty when nobody has the login or it has no password: a made-up hash is compared instead, so that
    /// time tells nothing. Codes: session.refused, session.too-many-failures, session.busy.
    Result<void> check(const std::string& login, const std::string& hash, std::string_view password);

private:
    const std::string& nobodysHash();

    LoginThrottle m_throttle;
    std::once_flag m_once;
    std::string m_nobodysHash;
};

}
