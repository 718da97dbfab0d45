#pragma once

#include "core/base/result.h"
#include "core/http/target.h"

namespace ephor::http {

enum class Route {
    ChatCompletions,
    Models,
    Model,
    Prompt,
    Operation,
    OpenApi,
    Events,
    StartRun,
    RunEvents,
    CancelRun,
    Metrics,
    Health,
    Version,
};

struct RouteMatch {
    Route route;
    std::string parameter; ///< what stands for the {…} of the path; may be empty
};

/// Finds the endpoint. HEAD finds what GET does. Codes http.no-route (404) and http.method (405, with the field
/// "allow").
Result<RouteMatch> matchRoute(std::string_view method, const Target& target);

}
