#pragma once

#include "core/http/service.h"

namespace ephor::http {

/// One request on its way through the service.
struct Service::Exchange {
    const HttpRequestView& request;
    Target target;
    CallContext context;
    std::string id; ///< x-request-id of the reply and `instance` of a problem
    std::shared_ptr<ReplyWriter> writer;
};

/// The credential, idempotency key and place of a caller. Codes http.authorization, http.idempotency-key.
Result<CallContext> contextOf(const HttpRequestView& request);

/// Refuses a body that says of itself that it is compressed or no JSON; one that says nothing is taken as JSON. Code:
/// http.media-type.
Result<void> refuseOtherBodies(const HttpRequestView& request);
/// JSON bodies say so: a form that a web page can post without asking is refused. Code http.media-type.
Result<void> needsJsonBody(const HttpRequestView& request);

/// A whole number in a query; nothing when it is absent. Code http.query.
Result<std::optional<std::uint64_t>> countOf(const Target& target, const std::string& name);

}
