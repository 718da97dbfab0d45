#include "core/run/connector/http_call.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>
#include <set>

namespace ephor::connector {

namespace {

constexpr std::size_t shownOfAnError = 2'048; // of a tool's own error text: enough for the model to understand it

bool isUnreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
        || c == '_' || c == '~';
}

std::string percentEncoded(std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (isUnreserved(c)) {
            out.push_back(c);
        } else {
            out.push_back('%');
            out.push_back(hex[std::uint8_t(c) >> 4]);
            out.push_back(hex[std::uint8_t(c) & 0x0F]);
        }
    }
    return out;
}

Result<std::string> textOfArgument(const Json& value, const std::string& name)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_structured() || value.is_null())
        return fail(
            Error(ErrorKind::Invalid, "tool.url-argument", "An argument in a URL is text, a number or a boolean.")
                .with("argument", name));
    return canonicalJson(value);
}

// The URL with its arguments in place; `used` hears which.
Result<std::string> fillUrl(const std::string& pattern, const Json& arguments, std::set<std::string>& used)
{
    std::string url;
    std::size_t at = 0;
    for (;;) {
        const std::size_t open = pattern.find('{', at);
        const std::size_t close = open == std::string::npos ? open : pattern.find('}', open);
        if (close == std::string::npos) {
            url += pattern.substr(at);
            return url;
        }
        const std::string name = pattern.substr(open + 1, close - open - 1);
        if (!arguments.contains(name))
            return fail(
                Error(ErrorKind::Invalid, "tool.url-argument", "The URL needs an argument that the call does not have.")
                    .with("argument", name));
        EPHOR_TRY(const std::string text, textOfArgument(arguments.at(name), name));
        // A segment that climbs would reach another resource than the one the tool is for.
        if (text == "." || text == "..")
            return fail(
                Error(ErrorKind::Invalid, "tool.url-argument", "An argument in a URL cannot be \".\" or \"..\".")
                    .with("argument", name));
        url += pattern.substr(at, open - at) + percentEncoded(text);
        used.insert(name);
        at = close + 1;
    }
}

Result<std::string> queryOf(const Json& rest)
{
    std::string query;
    for (const auto& [name, value] : rest.items()) {
        EPHOR_TRY(const std::string text, textOfArgument(value, name));
        query += (query.empty() ? "?" : "&") + percentEncoded(name) + "=" + percentEncoded(text);
    }
    return query;
}

}

Result<net::HttpRequest> requestFor(
    const ToolBody& tool, const Json& arguments, const std::string& idempotencyKey, const SecretSource& secrets)
{
    net::HttpRequest request;
    request.method = tool.http.method;
    std::set<std::string> used;
    EPHOR_TRY(request.url, fillUrl(tool.http.url, arguments, used));
    Json rest = Json::object();
    for (const auto& [name, value] : arguments.items()) {
        if (!used.contains(name))
            rest[name] = value;
    }
    if (request.method == "GET" || request.method == "DELETE") {
        EPHOR_TRY(const std::string query, queryOf(rest));
        request.url += query;
    } else {
        request.body = compactJson(rest);
        request.headers.push_back({"Content-Type", "application/json"});
    }
    request.headers.push_back({"Accept", "application/json"});
    request.headers.push_back({"Idempotency-Key", idempotencyKey});
    for (const auto& [name, value] : tool.http.headers) {
        std::string resolved = value;
        if (value.starts_with("secret:")) {
            EPHOR_TRY(resolved, secrets(value));
        }
        request.headers.push_back({name, std::move(resolved)});
    }
    request.totalTimeout = std::chrono::milliseconds(tool.timeoutMs);
    request.maxResponseBytes = tool.maxResultBytes;
    request.addressRules.allowLoopback = tool.http.allowLoopback;
    // The client repeats a request by itself when a kept connection turns out dead; a write must not be repeated.
    if (tool.effect != SideEffect::Read && !tool.idempotent)
        request.connection = net::ConnectionUse::Fresh;
    return request;
}

Result<ReadAnswer> readAnswer(const net::HttpResponse& response)
{
    ReadAnswer answer;
    answer.detail = "HTTP " + std::to_string(response.status);
    const auto json = parseJson(response.body);
    if (response.status >= 200 && response.status < 300) {
        answer.text = response.body.empty() ? "{}" : json ? response.body : compactJson(Json{{"text", response.body}});
        return answer;
    }
    if (response.status >= 400 && response.status < 500) {
        answer.failed = true;
        const Json body = json ? *json : Json(shorten(response.body, shownOfAnError));
        answer.text = compactJson(Json{{"error", "refused-by-tool"}, {"status", response.status}, {"body", body}});
        return answer;
    }
    return fail(Error(ErrorKind::Unavailable, "tool.server-error",
        "The tool's server failed with status " + std::to_string(response.status) + ".", "Look at the tool's own log.")
            .with("status", std::to_string(response.status)));
}

}
