#pragma once

#include "core/base/result.h"
#include "core/http/http_message.h"

#include <string>
#include <vector>

namespace ephor::http {

/// Whether talk beyond this machine may go without TLS.
enum class PlainText { LoopbackOnly, Everywhere };

/// Which names the server answers to and which web pages may call it.
struct AccessRules {
    std::vector<std::string> hosts; ///< names without port, beside those of loopback
    std::vector<std::string> origins; ///< "https://console.example"; no other page may call
};

/// The Host field must name this server: a page that resolves its own name to 127.0.0.1 (DNS rebinding) is refused.
/// The owner's socket is exempt, since no browser reaches it. Code http.host.
Result<void> checkHost(const HttpRequestView& request, const AccessRules& rules);

/// A request with an Origin comes from a web page and is refused unless that origin is allowed. Code http.origin.
Result<void> checkOrigin(const HttpRequestView& request, const AccessRules& rules);

/// The name in a Host field: without port, brackets and trailing dot, in lower case.
std::string hostName(std::string_view host);

/// True for localhost and the loopback addresses, v4 and v6.
bool isLoopbackName(std::string_view name);

}
