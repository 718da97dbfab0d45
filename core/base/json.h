#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace ephor {

/// JSON values everywhere in core. Include <nlohmann/json.hpp> in sources that look inside one.
using Json = nlohmann::json;

/// What a text from outside may cost. The defaults suit a request body.
struct JsonLimits {
    std::size_t bytes = 8 * 1024 * 1024; ///< of the whole text
    std::size_t depth = 128; ///< nested arrays and objects: a recursive walk of it stays far from the end of the stack
    std::size_t values = 1'000'000; ///< of any kind, so that "[[],[],…" cannot cost more memory than it seems
};

/// Reads one JSON text (RFC 8259), strictly: UTF-8 only, nothing after the value, no duplicate member names,
/// no lone surrogates. Errors carry line and column (1-based, in bytes) as fields.
/// Codes: json.syntax, json.duplicate-key, json.utf8, json.too-deep, json.too-large.
Result<Json> parseJson(std::string_view text, const JsonLimits& limits = {});

/// The JSON Canonicalization Scheme, RFC 8785: members sorted by UTF-16 code units, shortest numbers, no white space.
/// Refuses integers beyond ±(2^53−1), which other readers would round, and non-finite numbers.
/// Codes: json.integer-range, json.not-finite, json.utf8.
Result<std::string> canonicalJson(const Json& value);

/// A number as ECMAScript's Number::toString writes it; `value` must be finite.
std::string ecmaNumber(double value);

/// Compact text for logs and replies, never for hashing; invalid UTF-8 is replaced.
std::string compactJson(const Json& value);

}
