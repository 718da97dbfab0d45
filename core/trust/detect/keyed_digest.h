#pragma once

#include "core/base/bytes.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace ephor::detect {

struct Entity;

/// HMAC with SHA-256 (RFC 2104, FIPS 198-1) over parts in their order. Parts are not separated: separate them where one
/// could run into the next.
Digest keyedDigest(BytesView key, std::initializer_list<std::string_view> parts);

/// A value as it is compared: the same card number with other separators, the same address in capitals are one value.
/// Secrets and technical values differ by every character, so they stay as they are but for look-alike characters.
std::string comparableValue(const Entity& entity, std::string_view value);

/// The keyed digest of a value of an entity, in its comparable form. Says nothing about the value without the key.
Digest valueDigest(BytesView key, const Entity& entity, std::string_view value);

}
