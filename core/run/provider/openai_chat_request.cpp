#include "core/run/provider/openai_chat.h"

namespace ephor::provider {

namespace {

Json encodeToolCall(const ToolCall& call)
{
    std::string arguments = call.argumentsText;
    if (arguments.empty())
        arguments = call.arguments ? compactJson(*call.arguments) : "{}";
    return {{"id", call.id}, {"type", "function"},
        {"function", {{"name", call.name}, {"arguments", std::move(arguments)}}}};
}

Json encodeMessage(const ChatMessage& message)
{
    Json json{{"role", message.role}};
    // An assistant's turn that only calls tools has no content; some servers refuse an empty one.
    const bool onlyCalls = message.content.empty() && !message.toolCalls.empty();
    json["content"] = onlyCalls ? Json() : Json(message.content);
    if (!message.name.empty())
        json["name"] = message.name;
    if (!message.toolCallId.empty())
        json["tool_call_id"] = message.toolCallId;
    if (!message.toolCalls.empty()) {
        Json calls = Json::array();
        for (const ToolCall& call : message.toolCalls)
            calls.push_back(encodeToolCall(call));
        json["tool_calls"] = std::move(calls);
    }
    return json;
}

Json encodeTool(const ToolDeclaration& tool)
{
    Json function{{"name", tool.name}, {"parameters", tool.parameters}};
    if (!tool.description.empty())
        function["description"] = tool.description;
    return {{"type", "function"}, {"function", std::move(function)}};
}

}

Json encodeRequest(const ChatRequest& request, TokenLimitField limitField)
{
    Json json{{"model", request.model}, {"messages", Json::array()}};
    for (const ChatMessage& message : request.messages)
        json["messages"].push_back(encodeMessage(message));
    if (!request.tools.empty()) {
        json["tools"] = Json::array();
        for (const ToolDeclaration& tool : request.tools)
            json["tools"].push_back(encodeTool(tool));
        if (request.toolChoice)
            json["tool_choice"] = *request.toolChoice;
    }
    if (request.temperature)
        json["temperature"] = *request.temperature;
    if (request.topP)
        json["top_p"] = *request.topP;
    if (request.maxTokens)
        json[limitField == TokenLimitField::MaxTokens ? "max_tokens" : "max_completion_tokens"] = *request.maxTokens;
    if (request.seed)
        json["seed"] = *request.seed;
    if (!request.stop.empty())
        json["stop"] = request.stop;
    if (request.responseFormat)
        json["response_format"] = *request.responseFormat;
    json["stream"] = request.stream;
    if (request.stream)
        json["stream_options"] = {{"include_usage", true}};
    return json;
}

}
