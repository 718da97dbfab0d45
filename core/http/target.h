#pragma once

#include "core/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::http {

/// A request target (RFC 9112 §3.2.1, origin form) taken apart, percent-decoded.
struct Target {
    std::vector<std::string> segments; ///< of the path, after the first slash
    std::map<std::string, std::string> query;

    /// The value of that name; empty when there is none.
    std::string_view value(const std::string& name) const;
};

/// Code http.target: not a path, a broken escape, a control character, malformed UTF-8 or a name given twice.
Result<Target> parseTarget(std::string_view target);

/// The text with everything but unreserved characters (RFC 3986 §2.3) percent-encoded.
std::string percentEncode(std::string_view text);

}
