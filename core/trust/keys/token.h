#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace ephor::keys {

/// A bearer token of a service: "ephor_", 43 random characters of base62 (256 bits) and a checksum of six.
/// The checksum lets a scanner for leaked secrets, and us, tell a token from a typing error without a look-up.
struct NewToken {
    std::string token; ///< shown once, kept nowhere
    std::string prefix; ///< "ephor_aB3dE6gH", to recognise it in lists
    Digest hash; ///< what is stored: with 256 random bits a plain SHA-256 cannot be guessed backwards
};
NewToken makeToken();

/// True for the form and the checksum; says nothing about who it belongs to.
bool isToken(std::string_view text);

/// What to look up; nothing for a text that is no token.
std::optional<Digest> hashToken(std::string_view text);

}
