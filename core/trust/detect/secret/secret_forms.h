#pragma once

#include "core/trust/detect/secret/secret_pattern.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace ephor::detect {

// Secrets that are told by how they are built rather than by an alphabet and a length. Each function looks at the place
// where its mark stands, and takes time linear in what it returns or rejects.

/// No block is longer: an RSA key of 16,384 bits has 12.7 kB. A block that never ends is reported that far.
inline constexpr std::size_t longestKeyBlock = 16 * 1024;
/// A link longer than that carries no password people wrote.
inline constexpr std::size_t longestAddress = 1024;
/// A signed token longer than any header of a request may be is none.
inline constexpr std::size_t longestSignedToken = 8 * 1024;

inline constexpr std::string_view keyBlockMark = "-----BEGIN";
inline constexpr std::string_view signedTokenMark = "eyJ";
inline constexpr std::string_view addressMark = "://";
inline constexpr std::string_view basicMark = "basic ";
inline constexpr std::string_view bearerMark = "bearer ";
inline constexpr std::string_view puttyMark = "private-lines:";

/// A private key in PEM or PGP armour, from its first line to its last; line breaks may be spelt out (\n) or lost.
/// Where the last line is missing, up to where prose begins. Certificates and public keys are no secrets.
std::optional<Span> keyBlockAt(std::string_view text, std::size_t mark);

/// True where the text ends before it is clear whether a private key stands at `mark`, or where it ends.
bool keyBlockOpenAt(std::string_view text, std::size_t mark);

/// The private lines of a PuTTY key.
std::optional<Span> puttyLinesAt(std::string_view text, std::size_t mark);

/// A JSON Web Token (RFC 7519): three parts in base64url, the first a JSON object that names an algorithm.
std::optional<Span> signedTokenAt(std::string_view text, std::size_t mark);

/// scheme://user:password@host with all that belongs to it.
std::optional<Span> addressWithPasswordAt(std::string_view text, std::size_t mark);

/// The credentials of "Basic dXNlcjpwYXNz": base64 of a name, a colon and a password.
std::optional<Span> basicCredentialsAt(std::string_view text, std::size_t mark);

/// The token of "Bearer …", of whatever form.
std::optional<Span> bearerTokenAt(std::string_view text, std::size_t mark);

/// The 40 characters of an AWS secret key that stand within a line or two behind its access key.
std::optional<Span> secretKeyBehind(std::string_view text, std::size_t accessKeyEnd);
inline constexpr std::size_t secretKeyDistance = 120;

}
