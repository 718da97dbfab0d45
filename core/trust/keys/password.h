#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace ephor::keys {

/// "$scrypt$ln=15,r=8,p=1$<salt>$<hash>" (the PHC string format; base64 without padding). Takes about 0.1 s:
/// never on a thread that serves others.
Result<std::string> hashPassword(std::string_view password);

/// True for the password the hash was made from; false for any other and for a hash that cannot be read.
bool verifyPassword(std::string_view password, std::string_view hash);

/// True when the hash was made with lower costs than hashPassword's of today: hash again at the next sign-in.
bool isOutdatedHash(std::string_view hash);

}
