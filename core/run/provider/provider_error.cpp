#include "core/run/provider/provider_error.h"

#include "core/base/text.h"
#include "core/run/provider/retry_after.h"

#include <array>
#include <charconv>
#include <cmath>

namespace ephor::provider {

namespace {

// A provider's message is shown to people; one that goes on longer is a page or a dump of the request.
constexpr std::size_t longestProviderMessage = 2'000;

struct TypeStatus {
    std::string_view word;
    int status;
};

// Types and codes seen in errors inside a 200 reply, where no status says how to take them.
constexpr std::array<TypeStatus, 27> typeStatuses{{
    {"invalid_request_error", 400},
    {"invalid_request", 400},
    {"badrequesterror", 400},
    {"context_length_exceeded", 400},
    {"content_filter", 400},
    {"invalid_argument", 400},
    {"authentication_error", 401},
    {"invalid_api_key", 401},
    {"unauthenticated", 401},
    {"permission_error", 403},
    {"permission_denied", 403},
    {"not_found_error", 404},
    {"not_found", 404},
    {"model_not_found", 404},
    {"request_too_large", 413},
    {"rate_limit_error", 429},
    {"rate_limit_exceeded", 429},
    {"insufficient_quota", 429},
    {"resource_exhausted", 429},
    {"too_many_requests", 429},
    {"server_error", 500},
    {"api_error", 500},
    {"internal_error", 500},
    {"internalservererror", 500},
    {"internal_server_error", 500},
    {"service_unavailable", 503},
    {"overloaded_error", 529},
}};

bool says(const Json& value)
{
    return !(value.is_null() || value == Json(false) || value == Json("") || value == Json::object());
}

const Json* member(const Json& object, const char* name)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string stringMember(const Json& object, const char* name)
{
    const Json* value = member(object, name);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

// The object that tells about the error, however deep the provider or a gateway before it wrapped it.
const Json& errorNode(const Json& body)
{
    const Json* node = &body;
    if (node->is_array() && !node->empty())
        node = &node->front();
    if (stringMember(*node, "type") == "response.failed") {
        if (const Json* response = member(*node, "response"))
            node = response;
    }
    if (const Json* errors = member(*node, "errors"); errors && errors->is_array() && !errors->empty())
        return errors->front();
    constexpr int deepestWrapping = 3;
    for (int level = 0; level < deepestWrapping; ++level) {
        const Json* inner = member(*node, "error");
        if (!inner || !says(*inner))
            break;
        node = inner;
    }
    return *node;
}

std::string messageOf(const Json& node)
{
    if (node.is_string())
        return node.get<std::string>();
    for (const char* name : {"message", "detail", "error_description", "msg"}) {
        if (const Json* value = member(node, name); value && says(*value))
            return value->is_string() ? value->get<std::string>() : compactJson(*value);
    }
    return {};
}

ProviderCode codeOf(const Json& node)
{
    const Json* code = member(node, "code");
    if (!code)
        return {};
    if (code->is_string() && !code->get_ref<const std::string&>().empty())
        return code->get<std::string>();
    if (code->is_number_integer())
        return code->get<std::int64_t>();
    if (code->is_number_float() && code->get<double>() == std::floor(code->get<double>())
        && std::abs(code->get<double>()) < 1e9)
        return std::int64_t(code->get<double>());
    return {};
}

std::optional<int> asErrorStatus(std::int64_t number)
{
    if (number < 400 || number > 599)
        return std::nullopt;
    return int(number);
}

std::optional<int> statusOfWord(std::string_view word)
{
    int number = 0;
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (!word.empty() && problem == std::errc() && end == word.data() + word.size())
        return asErrorStatus(number);
    const std::string lower = lowerAscii(word);
    for (const TypeStatus& entry : typeStatuses) {
        if (entry.word == lower)
            return entry.status;
    }
    return std::nullopt;
}

std::optional<int> impliedStatus(const Json& node, const ProviderError& error)
{
    for (const char* name : {"status", "status_code", "http_status"}) {
        const Json* value = member(node, name);
        if (value && value->is_number_integer()) {
            if (const auto status = asErrorStatus(value->get<std::int64_t>()))
                return status;
        }
    }
    if (const auto* number = std::get_if<std::int64_t>(&error.code)) {
        if (const auto status = asErrorStatus(*number))
            return status;
    }
    if (const auto* word = std::get_if<std::string>(&error.code)) {
        if (const auto status = statusOfWord(*word))
            return status;
    }
    return statusOfWord(error.type);
}

// Google's errors say when to come back in a detail: {"@type":"…RetryInfo","retryDelay":"34.4s"}.
std::optional<Duration> retryDelayOf(const Json& node)
{
    const Json* details = member(node, "details");
    if (!details || !details->is_array())
        return std::nullopt;
    for (const Json& detail : *details) {
        std::string delay = stringMember(detail, "retryDelay");
        if (!delay.ends_with('s'))
            continue;
        delay.pop_back();
        return retryAfterOf({{"retry-after", delay}}, Instant());
    }
    return std::nullopt;
}

ErrorKind kindFor(const ProviderError& error)
{
    switch (error.kind) {
    case FailureKind::Timeout:
        return ErrorKind::Timeout;
    case FailureKind::Cancelled:
        return ErrorKind::Cancelled;
    case FailureKind::Denied:
        return ErrorKind::Forbidden;
    case FailureKind::TooLarge:
        return ErrorKind::TooLarge;
    default:
        return error.status == 429 ? ErrorKind::Exhausted : ErrorKind::Unavailable;
    }
}

struct FailureWording {
    std::string_view message;
    std::string_view hint;
};

FailureWording wordingFor(FailureKind kind)
{
    switch (kind) {
    case FailureKind::Status:
        return {"The model's provider refused the call.", "Its status and code say why; its own text is in the run."};
    case FailureKind::Reported:
        return {"The model's provider broke off its answer with an error.", "Its own text is in the run."};
    case FailureKind::Malformed:
        return {
            "The model's provider sent something that is not a chat completion.", "Check the provider's base address."};
    case FailureKind::Truncated:
        return {
            "The model's answer ended before it was complete.", "Ask again; a proxy in between may cut long answers."};
    case FailureKind::TooLarge:
        return {"The model's answer is larger than the limit.", "Set a limit on output tokens."};
    case FailureKind::Transport:
        return {"The model's provider cannot be reached.", "Check its address and the network."};
    case FailureKind::Timeout:
        return {"The model's provider did not answer in time.", "Try again, or raise the provider's time limits."};
    case FailureKind::Cancelled:
        return {"The model call was cancelled.", ""};
    case FailureKind::Denied:
        return {"The address rules do not let this call out.",
            "Allow the provider's address, if it is meant to be reached."};
    }
    return {};
}

}

bool isPassingStatus(int status)
{
    return status == 408 || status == 409 || status == 429 || status >= 500;
}

bool reportsError(const Json& body)
{
    if (!body.is_object())
        return false;
    if (const Json* error = member(body, "error"); error && says(*error))
        return true;
    const std::string type = stringMember(body, "type");
    return stringMember(body, "object") == "error" || type == "error" || type == "response.failed";
}

ProviderError errorFromBody(const Json& body, std::optional<int> httpStatus)
{
    const Json& node = errorNode(body);
    ProviderError error;
    error.kind = httpStatus ? FailureKind::Status : FailureKind::Reported;
    error.message = shorten(messageOf(node), longestProviderMessage);
    error.type = stringMember(node, "type");
    if (error.type.empty() || error.type == "error")
        error.type = stringMember(node, "status");
    error.code = codeOf(node);
    error.status = httpStatus ? httpStatus : impliedStatus(node, error);
    error.retryable = error.status && isPassingStatus(*error.status);
    error.retryAfter = retryDelayOf(node);
    if (error.message.empty())
        error.message = "The provider reported an error without a message.";
    return error;
}

ProviderError errorFromReply(int status, std::string_view body)
{
    if (const auto json = parseJson(body); json && (json->is_object() || json->is_array())) {
        ProviderError error = errorFromBody(*json, status);
        return error;
    }
    ProviderError error;
    error.kind = FailureKind::Status;
    error.status = status;
    error.retryable = isPassingStatus(status);
    const std::string_view text = trim(body);
    if (text.empty())
        error.message = "The provider answered with status " + std::to_string(status) + " and no body.";
    else if (text.front() == '<' || !isUtf8(text))
        error.message = "The provider answered with status " + std::to_string(status) + " and a body that is not JSON.";
    else
        error.message = shorten(text, longestProviderMessage);
    return error;
}

void applyRetryHeaders(ProviderError& error, const net::Headers& headers, Instant now)
{
    if (const auto wait = retryAfterOf(headers, now))
        error.retryAfter = wait;
    if (error.shownEvents > 0)
        return;
    const auto advice = net::findHeader(headers, "x-should-retry");
    if (advice && trim(*advice) == "true")
        error.retryable = true;
    else if (advice && trim(*advice) == "false")
        error.retryable = false;
}

ProviderError providerFailure(FailureKind kind, std::string message)
{
    ProviderError error;
    error.kind = kind;
    error.message = std::move(message);
    error.retryable = kind == FailureKind::Malformed || kind == FailureKind::Truncated || kind == FailureKind::Transport
        || kind == FailureKind::Timeout;
    return error;
}

ProviderError errorFromTransport(const Error& error)
{
    FailureKind kind = FailureKind::Transport;
    if (error.kind == ErrorKind::Timeout)
        kind = FailureKind::Timeout;
    else if (error.kind == ErrorKind::Cancelled)
        kind = FailureKind::Cancelled;
    else if (error.kind == ErrorKind::Forbidden)
        kind = FailureKind::Denied;
    else if (error.kind == ErrorKind::TooLarge)
        kind = FailureKind::TooLarge;
    ProviderError made = providerFailure(kind, error.message);
    made.code = error.code;
    made.retryable = made.retryable && error.kind != ErrorKind::Invalid;
    return made;
}

Error toError(const ProviderError& error)
{
    const FailureWording wording = wordingFor(error.kind);
    Error made(kindFor(error), "provider." + std::string(toString(error.kind)), std::string(wording.message),
        std::string(wording.hint));
    if (error.status)
        made.fields.emplace_back("status", std::to_string(*error.status));
    if (!error.type.empty())
        made.fields.emplace_back("type", shorten(error.type, 64));
    if (const auto* word = std::get_if<std::string>(&error.code))
        made.fields.emplace_back("code", shorten(*word, 64));
    if (const auto* number = std::get_if<std::int64_t>(&error.code))
        made.fields.emplace_back("code", std::to_string(*number));
    made.fields.emplace_back("retryable", error.retryable ? "yes" : "no");
    return made;
}

}
