#pragma once

#include "core/base/bytes.h"

#include <string>
#include <string_view>

namespace ephor::detect {

struct Entity;

/// A value as it is compared: the same card number with other separators, the same address in capitals are one value.
/// Secrets and technical values differ by every character, so they stay as they are but for look-alike characters.
std::string comparableValue(const Entity& entity, std::string_view value);

/// The keyed digest (core/base/hmac.h) of a value of an entity, in its comparable form. Says nothing about the value
/// without the key.
Digest valueDigest(BytesView key, const Entity& entity, std::string_view value);

}
