#pragma once

#include "core/base/json.h"
#include "core/domain/definition.h"
#include "core/net/http_message.h"

#include <functional>
#include <string>

namespace ephor::connector {

/// The value behind "secret:name".
using SecretSource = std::function<Result<std::string>(const std::string& reference)>;

/// The request for one call; pure but for `secrets`. An argument named in the URL as {name} goes there,
/// percent-encoded; the rest goes to the query of GET and DELETE, else to a JSON body. Codes: tool.url-argument,
/// tool.header, keys.no-secret.
Result<net::HttpRequest> requestFor(
    const ToolBody& tool, const Json& arguments, const std::string& idempotencyKey, const SecretSource& secrets);

/// What the tool's HTTP answer means to a run.
struct ReadAnswer {
    std::string text; ///< JSON
    bool failed = false;
    std::string detail; ///< "HTTP 200"
};
/// 2xx is the result (text that is not JSON is wrapped as {"text": …}); 4xx is the tool's own refusal. Anything else is
/// an error, since nobody knows what happened: tool.server-error (Unavailable).
Result<ReadAnswer> readAnswer(const net::HttpResponse& response);

}
