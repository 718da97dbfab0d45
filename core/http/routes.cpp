#include "core/http/routes.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace ephor::http {

namespace {

struct RouteLine {
    std::string_view method;
    std::string_view path; ///< "{}" stands for one segment that is not empty
    Route route;
};

constexpr std::array routeTable{
    RouteLine{"POST", "v1/chat/completions", Route::ChatCompletions},
    RouteLine{"GET", "v1/models", Route::Models},
    RouteLine{"GET", "v1/models/{}", Route::Model},
    RouteLine{"GET", "v1/prompts/{}", Route::Prompt},
    RouteLine{"POST", "v1/operations/{}", Route::Operation},
    RouteLine{"GET", "v1/openapi.json", Route::OpenApi},
    RouteLine{"GET", "v1/events", Route::Events},
    RouteLine{"POST", "v1/runs", Route::StartRun},
    RouteLine{"DELETE", "v1/runs/{}", Route::CancelRun},
    RouteLine{"GET", "v1/runs/{}/events", Route::RunEvents},
    RouteLine{"GET", "metrics", Route::Metrics},
    RouteLine{"GET", "healthz", Route::Health},
    RouteLine{"GET", "v1/version", Route::Version},
};

bool matchesPath(std::string_view path, const std::vector<std::string>& segments, std::string& parameter)
{
    const auto wanted = split(path, '/');
    if (wanted.size() != segments.size())
        return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == "{}" ? segments[i].empty() : wanted[i] != segments[i])
            return false;
        if (wanted[i] == "{}")
            parameter = segments[i];
    }
    return true;
}

}

Result<RouteMatch> matchRoute(std::string_view method, const Target& target)
{
    std::string allow;
    for (const RouteLine& line : routeTable) {
        std::string parameter;
        if (!matchesPath(line.path, target.segments, parameter))
            continue;
        if (line.method == method || (method == "HEAD" && line.method == "GET"))
            return RouteMatch{line.route, std::move(parameter)};
        allow += (allow.empty() ? "" : ", ") + std::string(line.method == "GET" ? "GET, HEAD" : line.method);
    }
    if (allow.empty())
        return fail(ErrorKind::NotFound, "http.no-route", "There is nothing at this address.",
            "Agents are called by POST /v1/chat/completions; GET /v1/openapi.json lists every endpoint.");
    return fail(Error(ErrorKind::Invalid, "http.method", "This address does not take " + shorten(method, 16) + ".",
        "It takes " + allow + ".")
            .with("allow", allow));
}

}
