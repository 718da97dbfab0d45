#pragma once

#include "core/demo/service_data.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

namespace ephor::demo {

/// One request to the bank's services, already read.
struct ServiceRequest {
    std::string method;
    std::vector<std::string> path; ///< segments: {"orders", "7731-118", "refund"}
    std::map<std::string, std::string> query;
    Json body;
    std::string idempotencyKey; ///< a write with a key seen before answers what it did then
};

struct ServiceReply {
    int status = 200;
    Json body;
    Duration usual{0}; ///< how long such a call typically takes
};

/// Reads method and target; percent-encoding is undone. A body that is no JSON object is left null.
ServiceRequest readServiceRequest(
    std::string_view method, std::string_view target, std::string_view body, std::string_view idempotencyKey);

/// Does it. 404 for what does not exist, 409 for what cannot be done twice, 422 for a body that misses something,
/// 500 when the database fails.
ServiceReply actOn(ServiceData& data, const ServiceRequest& request);

}
