#pragma once

#include "core/trust/detect/secret/secret_pattern.h"

#include <cstddef>
#include <functional>
#include <string_view>

namespace ephor::detect {

/// Where the range of a decoded text lies in the encoded one.
using OuterOf = std::function<Span(Span)>;
/// Called with the encoded range, what it decodes to, and how to get back.
using EncodedVisit = std::function<void(Span outer, std::string_view inner, const OuterOf& outerOf)>;

/// Runs of base64 or base64url that decode to plain text. Pictures and keys decode to bytes and are passed over after a
/// few characters. A run longer than longestEncodedRun is read in pieces of that length.
void eachBase64Text(std::string_view text, const EncodedVisit& visit);

/// Words with percent signs (RFC 3986 §2.1), as in links and forms.
void eachPercentText(std::string_view text, const EncodedVisit& visit);

/// Bounds what is held decoded at a time.
inline constexpr std::size_t longestEncodedRun = 64 * 1024;

}
