#include "core/http/problem.h"

#include "core/base/json.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ephor::http {

namespace {

// The kind travels in the problem's type, so that an Error comes back as it was.
constexpr std::string_view problemType = "urn:ephor:problem:";

struct StatusOfCode {
    std::string_view code;
    int status;
};
constexpr std::array ownStatuses{
    StatusOfCode{"http.method", 405},
    StatusOfCode{"http.timeout", 408},
    StatusOfCode{"http.media-type", 415},
    StatusOfCode{"http.host", 421},
    StatusOfCode{"http.headers-too-large", 431},
    StatusOfCode{"http.transfer-coding", 501},
    StatusOfCode{"http.version", 505},
};

int statusOfKind(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid:
        return 400;
    case ErrorKind::Unauthenticated:
        return 401;
    case ErrorKind::Forbidden:
        return 403;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
        return 409;
    case ErrorKind::TooLarge:
        return 413;
    case ErrorKind::Exhausted:
        return 429;
    case ErrorKind::Unavailable:
        return 503;
    case ErrorKind::Timeout:
        return 504;
    case ErrorKind::Cancelled:
        return 499;
    case ErrorKind::CheckFailed:
        return 422;
    case ErrorKind::Internal:
        return 500;
    }
    return 500;
}

std::string_view titleOf(ErrorKind kind)
{
    constexpr std::array<std::string_view, 12> titles{"The request is wrong", "Sign in first", "Not permitted",
        "Not found", "The state moved on", "Too large", "Used up", "Not available now", "Took too long", "Cancelled",
        "A check did not hold", "A fault of Ephor"};
    return titles[std::size_t(kind)];
}

const std::string* fieldOf(const Error& error, std::string_view name)
{
    const auto found = std::ranges::find(error.fields, name, &std::pair<std::string, std::string>::first);
    return found == error.fields.end() ? nullptr : &found->second;
}

std::string problemBody(const Error& error, int status, std::string_view occurrence)
{
    Json fields = Json::array();
    for (const auto& [name, value] : error.fields)
        fields.push_back({{"name", name}, {"value", value}});
    Json problem{{"type", std::string(problemType) + std::string(toString(error.kind))}, {"title", titleOf(error.kind)},
        {"status", status}, {"detail", error.message}, {"code", error.code}, {"hint", error.hint},
        {"fields", std::move(fields)}};
    if (!occurrence.empty())
        problem["instance"] = "urn:uuid:" + std::string(occurrence);
    return compactJson(problem);
}

std::string_view openAiType(int status)
{
    if (status == 401)
        return "authentication_error";
    if (status == 403)
        return "permission_error";
    if (status == 429)
        return "insufficient_quota";
    return status >= 500 ? "server_error" : "invalid_request_error";
}

// Only these may be repeated without starting the same run twice; the SDKs repeat 409, 429 and every 5xx unless told.
bool mayRetry(const Error& error)
{
    return error.kind == ErrorKind::Unavailable && fieldOf(error, "retry_after") != nullptr;
}

}

Dialect dialectOf(std::string_view target)
{
    const std::string_view path = target.substr(0, target.find('?'));
    // Also what the OpenAI clients ask for and Ephor does not serve: their users should read why, too.
    constexpr std::array<std::string_view, 7> clientPaths{
        "/v1/models", "/v1/chat", "/v1/completions", "/v1/responses", "/v1/embeddings", "/v1/files", "/v1/batches"};
    const bool openAi = std::ranges::any_of(clientPaths, [path](std::string_view known) {
        return path.starts_with(known) && (path.size() == known.size() || path[known.size()] == '/');
    });
    return openAi ? Dialect::OpenAi : Dialect::Problem;
}

int statusOf(const Error& error)
{
    const auto own = std::ranges::find(ownStatuses, error.code, &StatusOfCode::code);
    return own != ownStatuses.end() ? own->status : statusOfKind(error.kind);
}

namespace {

// The clients of that dialect show one text, so the cause, where it is and the mend become sentences of one.
std::string spokenBy(const Error& error)
{
    std::string message = error.message;
    if (!message.empty() && message.find_last_of(".!?") != message.size() - 1)
        message += ".";
    const std::string* const line = fieldOf(error, "line");
    const std::string* const column = fieldOf(error, "column");
    if (line != nullptr && column != nullptr)
        message += " It is in line " + *line + ", column " + *column + ".";
    if (!error.hint.empty())
        message += " " + error.hint;
    return message;
}

}

std::string openAiErrorBody(const Error& error)
{
    const std::string* const param = fieldOf(error, "param");
    std::string message = spokenBy(error);
    const Json body{{"error",
        {{"message", std::move(message)}, {"type", openAiType(statusOf(error))},
            {"param", param ? Json(*param) : Json(nullptr)}, {"code", error.code}}}};
    return compactJson(body);
}

HttpReply errorReply(Dialect dialect, const Error& error, std::string_view occurrence)
{
    const int status = statusOf(error);
    HttpReply reply{status, {}, {}};
    if (dialect == Dialect::OpenAi) {
        reply.headers = {{"Content-Type", "application/json"}};
        if (!mayRetry(error))
            reply.headers.push_back({"x-should-retry", "false"});
        reply.body = openAiErrorBody(error);
    } else {
        reply.headers = {{"Content-Type", "application/problem+json"}};
        reply.body = problemBody(error, status, occurrence);
    }
    if (const std::string* const allow = fieldOf(error, "allow"); allow && status == 405)
        reply.headers.push_back({"Allow", *allow});
    if (const std::string* const after = fieldOf(error, "retry_after"))
        reply.headers.push_back({"Retry-After", *after});
    if (status == 401)
        reply.headers.push_back({"WWW-Authenticate", "Bearer"});
    return reply;
}

Error errorFromProblem(int status, std::string_view body)
{
    const auto parsed = parseJson(body);
    const auto text = [&](const char* name) {
        const auto found = parsed->find(name);
        return found != parsed->end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (!parsed || !parsed->is_object() || text("code").empty() || !text("type").starts_with(problemType))
        return Error(ErrorKind::Unavailable, "remote.unexpected",
            "The server answered something that Ephor does not say.",
            "Check that the address is that of ephor serve and that no proxy answers instead.")
            .with("status", std::to_string(status));
    Error error(errorKindFrom(text("type").substr(problemType.size())), text("code"), text("detail"), text("hint"));
    if (const auto fields = parsed->find("fields"); fields != parsed->end() && fields->is_array()) {
        for (const Json& field : *fields) {
            if (field.is_object() && field.contains("name") && field.contains("value") && field["name"].is_string()
                && field["value"].is_string())
                error.fields.emplace_back(field["name"].get<std::string>(), field["value"].get<std::string>());
        }
    }
    return error;
}

HttpReply jsonReply(int status, std::string body)
{
    return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

}
