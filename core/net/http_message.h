#pragma once

#include "core/net/address_rules.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::net {

/// One header field; names compare without case.
struct Header {
    std::string name;
    std::string value;
    bool operator==(const Header&) const = default;
};
using Headers = std::vector<Header>;

/// The value of the first field of that name; nothing when there is none.
std::optional<std::string_view> findHeader(const Headers& headers, std::string_view name);

/// Whether a request may go over a connection that served another. The client sends a request again by itself when such
/// a connection turns out to be dead; a call that must not happen twice takes a fresh one.
enum class ConnectionUse { MayReuse, Fresh };

/// One request, with every limit it is held to. The defaults suit a model call; nothing is unlimited.
struct HttpRequest {
    std::string method = "GET";
    std::string url; ///< absolute, http or https, without user and password
    Headers headers;
    std::string body;
    std::chrono::milliseconds connectTimeout{5'000}; ///< name look-up, connection and TLS together
    std::chrono::milliseconds totalTimeout{600'000};
    /// Without any byte from the server for this long the request is given up. A model may think long before its first
    /// word, hence minutes.
    std::chrono::milliseconds idleTimeout{120'000};
    std::size_t maxResponseBytes = 32 * 1024 * 1024; ///< of the body after decompression; a longer one is a failure
    std::size_t maxHeaderBytes = 64 * 1024; ///< of all header fields of the reply together
    ConnectionUse connection = ConnectionUse::MayReuse;
    AddressRules addressRules;
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body; ///< empty when the body was streamed to a callback
};

}
