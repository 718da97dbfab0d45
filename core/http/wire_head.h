#pragma once

#include "core/http/http_message.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ephor::http {

/// What the connection adds to a reply.
struct Framing {
    std::optional<std::size_t> length; ///< Content-Length; nothing: chunks, or to the end of the connection
    bool chunked = false;
    bool close = false; ///< the connection ends with this reply
    std::int64_t now = 0; ///< seconds since 1970, for Date
};

/// Status line and fields up to the empty line (RFC 9112). Field values that could break out of their line are cut.
std::string replyHead(const HttpReply& reply, const Framing& framing);

/// Request line, fields and body.
std::string requestBytes(
    const std::string& method, const std::string& target, const Headers& headers, const std::string& body);

/// One chunk of a chunked body; an empty one would end it.
std::string chunkOf(const std::string& bytes);
constexpr std::string_view lastChunk = "0\r\n\r\n";

}
