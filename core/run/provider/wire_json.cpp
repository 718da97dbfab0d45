#include "core/run/provider/wire_json.h"

namespace ephor::provider {

namespace {

void addCount(Json& into, const char* name, const std::optional<std::int64_t>& count)
{
    if (count)
        into[name] = *count;
}

Json codeJson(const ProviderCode& code)
{
    if (const auto* number = std::get_if<std::int64_t>(&code))
        return *number;
    if (const auto* word = std::get_if<std::string>(&code))
        return *word;
    return nullptr;
}

Json textJson(const char* type, const std::string& text)
{
    return {{"type", type}, {"text", text}};
}

struct EventWriter {
    Json operator()(const TextDelta& delta) const { return textJson("text", delta.text); }
    Json operator()(const RefusalDelta& delta) const { return textJson("refusal", delta.text); }
    Json operator()(const ReasoningDelta& delta) const { return textJson("reasoning", delta.text); }
    Json operator()(const UsageReport& report) const
    {
        Json json = usageJson(report.usage);
        json["type"] = "usage";
        return json;
    }
    Json operator()(const Finish& finish) const { return {{"type", "finish"}, {"reason", finish.reason}}; }
    Json operator()(const ToolCallDelta& delta) const
    {
        Json json{{"type", "tool_call"}, {"index", delta.index}, {"arguments", delta.arguments}};
        if (!delta.id.empty())
            json["id"] = delta.id;
        if (!delta.name.empty())
            json["name"] = delta.name;
        return json;
    }
};

Json toolCallJson(const ToolCall& call)
{
    Json json{{"id", call.id}, {"name", call.name}};
    if (call.arguments) {
        json["arguments"] = *call.arguments;
    } else {
        json["arguments_text"] = call.argumentsText;
        json["arguments_error"] = call.argumentsError;
    }
    return json;
}

}

Json eventJson(const ModelEvent& event)
{
    return std::visit(EventWriter{}, event);
}

Json usageJson(const Usage& usage)
{
    Json json = Json::object();
    addCount(json, "input_tokens", usage.inputTokens);
    addCount(json, "output_tokens", usage.outputTokens);
    addCount(json, "total_tokens", usage.totalTokens);
    addCount(json, "cached_tokens", usage.cacheReadTokens);
    addCount(json, "cache_write_tokens", usage.cacheWriteTokens);
    addCount(json, "reasoning_tokens", usage.reasoningTokens);
    return json;
}

Json resultJson(const ModelResult& result)
{
    Json calls = Json::array();
    for (const ToolCall& call : result.toolCalls)
        calls.push_back(toolCallJson(call));
    Json json{{"id", result.id}, {"model", result.model}, {"text", result.text}, {"tool_calls", std::move(calls)}};
    json["finish_reason"] = result.finishReason ? Json(*result.finishReason) : Json();
    json["usage"] = result.usage ? usageJson(*result.usage) : Json();
    if (result.refusal)
        json["refusal"] = *result.refusal;
    if (!result.reasoning.empty())
        json["reasoning"] = result.reasoning;
    if (result.simulated)
        json["simulated"] = true;
    return json;
}

Json errorJson(const ProviderError& error)
{
    Json json{{"kind", std::string(toString(error.kind))}, {"message", error.message}, {"retryable", error.retryable}};
    json["status"] = error.status ? Json(*error.status) : Json();
    json["type"] = error.type.empty() ? Json() : Json(error.type);
    json["code"] = codeJson(error.code);
    if (error.retryAfter)
        json["retry_after_ms"] = std::chrono::floor<std::chrono::milliseconds>(*error.retryAfter).count();
    if (error.shownEvents > 0)
        json["shown_events"] = error.shownEvents;
    return json;
}

}
