#pragma once

#include <string>
#include <string_view>

namespace ephor::contract {

/// The five parts of RFC 3986 §3, as views into the text they came from. A part that is absent differs from an empty
/// one: "a?" has an empty query, "a" has none.
struct UriParts {
    std::string_view scheme;
    std::string_view authority;
    std::string_view path;
    std::string_view query;
    std::string_view fragment;
    bool hasScheme = false;
    bool hasAuthority = false;
    bool hasQuery = false;
    bool hasFragment = false;
};

/// Splits as RFC 3986 appendix B does; never fails and checks no character.
UriParts splitUri(std::string_view text);

/// RFC 3986 §5.2.2. `base` may itself be relative or empty: then the result is relative too.
std::string resolveUri(std::string_view base, std::string_view reference);

/// The form in which two spellings of one address are equal (RFC 3986 §6.2.2): scheme and host in lower case, escapes
/// of unreserved characters undone, no dot segments, no fragment.
std::string normalizeUri(std::string_view text);

/// Undoes %XX; an incomplete escape stays as it is.
std::string percentDecode(std::string_view text);

/// Escapes whatever may not stand in a fragment (RFC 3986 §3.5).
std::string percentEncodeFragment(std::string_view text);

}
