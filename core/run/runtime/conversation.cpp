#include "core/run/runtime/conversation.h"

#include "core/domain/json_text.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// A conversation this long is a mistake or an attack; its tokens would not fit any model.
constexpr std::size_t mostMessages = 2'000;

std::unexpected<Error> badMessage(std::string code, std::string message, std::string hint, const std::string& at)
{
    return fail(Error(ErrorKind::Invalid, std::move(code), std::move(message), std::move(hint)).with("at", at));
}

Result<std::string> contentOf(const Json& message, const std::string& at)
{
    const auto content = message.find("content");
    if (content == message.end() || content->is_null())
        return std::string();
    if (content->is_string())
        return content->get<std::string>();
    if (!content->is_array())
        return badMessage("messages.shape", "The content of a message is text or a list of parts.",
            "Send it as {\"role\":\"user\",\"content\":\"…\"}.", at + "/content");
    std::string text;
    for (std::size_t i = 0; i < content->size(); ++i) {
        const Json& part = (*content)[i];
        const bool isText = part.is_object() && part.value("type", Json()) == "text" && part.contains("text")
            && part["text"].is_string();
        if (!isText)
            return badMessage("messages.part", "Only parts of type \"text\" are understood.", "Leave others out.",
                at + "/content/" + std::to_string(i));
        text += part["text"].get_ref<const std::string&>();
    }
    return text;
}

std::string storedCalls(const std::vector<provider::ToolCall>& calls)
{
    std::string list = "[";
    for (const provider::ToolCall& call : calls) {
        if (list.size() > 1)
            list += ',';
        ObjectText(list).text("arguments", call.argumentsText).text("id", call.id).text("name", call.name).end();
    }
    return list + ']';
}

Result<provider::ToolCall> callFromStored(const Json& stored)
{
    provider::ToolCall call;
    call.id = stored.value("id", "");
    call.name = stored.value("name", "");
    call.argumentsText = stored.value("arguments", "");
    if (call.argumentsText.find_first_not_of(" \t\r\n") == std::string::npos) {
        call.arguments = Json::object();
        return call;
    }
    auto arguments = parseJson(call.argumentsText);
    if (arguments && (arguments->is_object() || arguments->is_null()))
        call.arguments = arguments->is_null() ? Json::object() : std::move(*arguments);
    else
        call.argumentsError = arguments ? "The arguments are not an object." : arguments.error().message;
    return call;
}

}

Result<CallerMessages> readCallerMessages(const Document& messages)
{
    const Json list = jsonOf(messages);
    if (!list.is_array() || list.empty())
        return badMessage(
            "messages.empty", "At least one message is needed.", "Send what the agent is asked.", "/messages");
    if (list.size() > mostMessages)
        return badMessage("messages.too-many", "There are more than " + std::to_string(mostMessages) + " messages.",
            "Send the newest ones only.", "/messages");
    CallerMessages read;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string at = "/messages/" + std::to_string(i);
        if (!list[i].is_object() || !list[i].contains("role") || !list[i]["role"].is_string())
            return badMessage("messages.shape", "A message is an object with a role and content.",
                "Send it as {\"role\":\"user\",\"content\":\"…\"}.", at);
        provider::ChatMessage message;
        message.role = list[i]["role"].get<std::string>();
        if (message.role == "system" || message.role == "developer") {
            message.role = "user";
            read.demoted = true;
        }
        if (message.role != "user" && message.role != "assistant")
            return badMessage("messages.role", "A caller's message has the role user or assistant.",
                "Send no calls and results of tools: the agent makes its own.", at + "/role");
        EPHOR_TRY(message.content, contentOf(list[i], at));
        read.messages.push_back(std::move(message));
    }
    return read;
}

std::string storedText(std::span<const provider::ChatMessage> messages)
{
    std::string list = "[";
    for (const provider::ChatMessage& message : messages) {
        if (list.size() > 1)
            list += ',';
        ObjectText stored(list);
        if (!message.toolCallId.empty())
            stored.text("call", message.toolCallId);
        if (!message.toolCalls.empty())
            stored.raw("calls", storedCalls(message.toolCalls));
        stored.text("content", message.content);
        if (!message.name.empty())
            stored.text("name", message.name);
        stored.text("role", message.role).end();
    }
    return list + ']';
}

Result<Messages> fromStored(const Json& stored)
{
    if (!stored.is_array())
        return fail(ErrorKind::Internal, "run.journal", "The stored messages of a run cannot be read.");
    Messages messages;
    for (const Json& each : stored) {
        provider::ChatMessage message;
        message.role = each.value("role", "");
        message.content = each.value("content", "");
        message.toolCallId = each.value("call", "");
        message.name = each.value("name", "");
        if (each.contains("calls")) {
            for (const Json& call : each["calls"]) {
                EPHOR_TRY(message.toolCalls.emplace_back(), callFromStored(call));
            }
        }
        messages.push_back(std::move(message));
    }
    return messages;
}

const provider::ToolCall* nextUnanswered(const Messages& messages)
{
    const auto asking = std::ranges::find_if(
        messages.rbegin(), messages.rend(), [](const auto& message) { return message.role == "assistant"; });
    if (asking == messages.rend())
        return nullptr;
    for (const provider::ToolCall& call : asking->toolCalls) {
        const bool answered = std::any_of(asking.base(), messages.end(),
            [&](const auto& message) { return message.role == "tool" && message.toolCallId == call.id; });
        if (!answered)
            return &call;
    }
    return nullptr;
}

provider::ChatMessage answerTo(const provider::ToolCall& call, std::string text)
{
    provider::ChatMessage message;
    message.role = "tool";
    message.content = std::move(text);
    message.toolCallId = call.id;
    message.name = call.name;
    return message;
}

}
