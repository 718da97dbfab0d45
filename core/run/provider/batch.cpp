#include "core/run/provider/batch.h"

#include "core/run/provider/openai_chat.h"
#include "core/run/provider/provider_error.h"
#include "core/run/provider/wire_json.h"

namespace ephor::provider {

namespace {

constexpr std::string_view openAiChatDialect = "openai-chat";

struct WireItem {
    std::string body;
    int status = 200;
    bool stream = false;
    net::Headers headers;
};

Json invalidItem(std::string_view message)
{
    return {{"error",
        {{"kind", "invalid-item"}, {"message", std::string(message)}, {"retryable", false}, {"status", nullptr},
            {"type", nullptr}, {"code", nullptr}}}};
}

Result<void> readItemHeaders(const Json& item, WireItem& read)
{
    const auto headers = item.find("headers");
    if (headers == item.end() || headers->is_null())
        return {};
    if (!headers->is_object())
        return fail(ErrorKind::Invalid, "wire.headers", "\"headers\" must be an object of strings.");
    for (const auto& [name, value] : headers->items()) {
        if (!value.is_string())
            return fail(ErrorKind::Invalid, "wire.headers", "\"headers\" must be an object of strings.");
        read.headers.push_back({name, value.get<std::string>()});
    }
    return {};
}

Result<WireItem> readItem(const Json& item)
{
    if (!item.is_object())
        return fail(ErrorKind::Invalid, "wire.item", "An item must be an object with a \"body\".");
    WireItem read;
    const auto body = item.find("body");
    if (body == item.end() || !body->is_string())
        return fail(ErrorKind::Invalid, "wire.body", "\"body\" must be a string: the bytes of the reply.");
    read.body = body->get<std::string>();
    if (const auto status = item.find("status"); status != item.end() && !status->is_null()) {
        if (!status->is_number_integer() || status->get<std::int64_t>() < 100 || status->get<std::int64_t>() > 999)
            return fail(ErrorKind::Invalid, "wire.status", "\"status\" must be an HTTP status.");
        read.status = status->get<int>();
    }
    if (const auto stream = item.find("stream"); stream != item.end() && !stream->is_null()) {
        if (!stream->is_boolean())
            return fail(ErrorKind::Invalid, "wire.stream", "\"stream\" must be true or false.");
        read.stream = stream->get<bool>();
    }
    EPHOR_TRY_VOID(readItemHeaders(item, read));
    return read;
}

ProviderResult<ModelResult> readReply(const WireItem& item, std::vector<ModelEvent>& events)
{
    if (!item.stream || item.status < 200 || item.status > 299)
        return parseResponse(item.status, item.body, events);
    ChatStreamParser parser;
    if (auto pushed = parser.push(item.body, events); !pushed)
        return std::unexpected(std::move(pushed).error());
    return parser.finish(events);
}

}

std::string_view knownDialects()
{
    return openAiChatDialect;
}

Json parseWireItem(const Json& item, std::string_view dialect, const Clock& clock)
{
    if (dialect != openAiChatDialect)
        return invalidItem("This dialect is not known; openai-chat is.");
    const auto read = readItem(item);
    if (!read)
        return invalidItem(read.error().message);
    std::vector<ModelEvent> events;
    auto result = readReply(*read, events);
    if (!result) {
        applyRetryHeaders(result.error(), read->headers, clock.now());
        return {{"error", errorJson(result.error())}};
    }
    Json written = Json::array();
    for (const ModelEvent& event : events)
        written.push_back(eventJson(event));
    return {{"events", std::move(written)}, {"result", resultJson(*result)}};
}

}
