#pragma once

#include "core/net/http_message.h"
#include "core/run/provider/wire.h"

namespace ephor::provider {

/// Statuses after which the same call may succeed: 408, 409, 429 and every 5xx, as the providers' own clients hold it.
bool isPassingStatus(int status);

/// Whether a JSON text that came in place of an answer reports an error, in any of the shapes seen: a top-level `error`
/// that says something, {"object":"error"}, {"type":"error"}, {"type":"response.failed"}.
bool reportsError(const Json& body);

/// The error that a body reports. `httpStatus` is that of a failed reply; without one the status is taken from a
/// numeric code or from the error's type, and stays unknown otherwise.
ProviderError errorFromBody(const Json& body, std::optional<int> httpStatus);

/// The error of a reply whose status is not 2xx, whatever its body is (also a proxy's HTML page, or nothing).
ProviderError errorFromReply(int status, std::string_view body);

/// Lets the reply's headers have their say: Retry-After, and `x-should-retry`, which overrules the status.
void applyRetryHeaders(ProviderError& error, const net::Headers& headers, Instant now);

/// An error of Ephor's own making about what the provider sent.
ProviderError providerFailure(FailureKind kind, std::string message);

/// A failure of the transport, in the provider's terms.
ProviderError errorFromTransport(const Error& error);

/// The error for the rest of Ephor. The provider's own text stays out of it: it may quote the prompt.
/// Codes: provider.<kind>, such as provider.status or provider.truncated.
Error toError(const ProviderError& error);

}
