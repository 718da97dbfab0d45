#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ephor::provider {

/// A call that a model asks for.
struct ToolCall {
    std::string id; ///< as the provider gave it; empty when it gave none
    std::string name;
    std::string argumentsText; ///< the arguments exactly as they came
    /// The arguments as an object. Empty text, white space and a JSON null mean no arguments: `{}`.
    /// No value when the text is not one JSON object; `argumentsError` then says why.
    std::optional<Json> arguments;
    std::string argumentsError;

    bool operator==(const ToolCall&) const = default;
};

/// One message of a conversation, as every dialect knows it.
struct ChatMessage {
    std::string role; ///< system, developer, user, assistant or tool
    std::string content;
    std::vector<ToolCall> toolCalls; ///< of an assistant's message
    std::string toolCallId; ///< of a tool's message: the call it answers
    std::string name; ///< who speaks, or which tool answered; may be empty

    bool operator==(const ChatMessage&) const = default;
};

/// A tool as the model is told about it.
struct ToolDeclaration {
    std::string name;
    std::string description;
    Json parameters = Json::object(); ///< a JSON Schema

    bool operator==(const ToolDeclaration&) const = default;
};

/// What is asked of a model, in no provider's words. What has no value is left out of the request.
struct ChatRequest {
    std::string model;
    std::vector<ChatMessage> messages;
    std::vector<ToolDeclaration> tools;
    std::optional<Json> toolChoice; ///< "auto", "none", "required" or {"type":"function","function":{"name":…}}
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<std::int64_t> maxTokens;
    std::optional<std::int64_t> seed;
    std::vector<std::string> stop;
    std::optional<Json> responseFormat;
    bool stream = true;

    bool operator==(const ChatRequest&) const = default;
};

/// Tokens as the provider counted them. What it did not report has no value: unknown is not zero.
struct Usage {
    std::optional<std::int64_t> inputTokens; ///< of the whole prompt, cached tokens included
    std::optional<std::int64_t> outputTokens; ///< reasoning included
    std::optional<std::int64_t> totalTokens;
    std::optional<std::int64_t> cacheReadTokens; ///< the part of the input read from the provider's cache
    std::optional<std::int64_t> cacheWriteTokens;
    std::optional<std::int64_t> reasoningTokens; ///< the part of the output that was reasoning

    bool operator==(const Usage&) const = default;
};

/// More text of the answer.
struct TextDelta {
    std::string text;
    bool operator==(const TextDelta&) const = default;
};
/// More text of a refusal.
struct RefusalDelta {
    std::string text;
    bool operator==(const RefusalDelta&) const = default;
};
/// More of the model's reasoning, where a provider shows it.
struct ReasoningDelta {
    std::string text;
    bool operator==(const ReasoningDelta&) const = default;
};
/// More of one tool call. Never a whole call by itself: a call is whole only when the stream has ended.
struct ToolCallDelta {
    std::size_t index = 0; ///< position among the calls by first appearance, from 0, whatever the provider counted
    std::string id; ///< only in the event that brings it
    std::string name; ///< only in the event that brings it
    std::string arguments; ///< a fragment of the JSON text
    bool operator==(const ToolCallDelta&) const = default;
};
/// The newest count; a later report replaces an earlier one.
struct UsageReport {
    Usage usage;
    bool operator==(const UsageReport&) const = default;
};
/// Why the model stopped, in the provider's word.
struct Finish {
    std::string reason;
    bool operator==(const Finish&) const = default;
};

using ModelEvent = std::variant<TextDelta, RefusalDelta, ReasoningDelta, ToolCallDelta, UsageReport, Finish>;

/// True for an event that shows something of the answer: after one the call must not be repeated silently.
bool showsAnswer(const ModelEvent& event);

/// A whole answer.
struct ModelResult {
    std::string id;
    std::string model; ///< as the provider named it, which may differ from what was asked for
    std::string text;
    std::optional<std::string> refusal;
    std::string reasoning;
    std::vector<ToolCall> toolCalls; ///< by first appearance
    std::optional<std::string> finishReason; ///< the provider's word, also one nobody knows
    std::optional<Usage> usage;
    Json rawUsage; ///< the provider's own usage object; null when it sent none
    bool simulated = false; ///< no model answered: the text is made up by a scenario

    bool operator==(const ModelResult&) const = default;
};

/// Gives calls without an id, or with one that is taken, an id of their own ("call_1"), since an answer must name one.
void completeToolCallIds(ModelResult& result);

/// What went wrong with a model call.
enum class FailureKind {
    Status, ///< the HTTP status said so
    Reported, ///< an error object in the body of a reply that began as a success
    Malformed, ///< bytes that are not the dialect
    Truncated, ///< the stream ended before the answer did
    TooLarge, ///< a limit on size or count was passed
    Transport, ///< no connection, or it broke
    Timeout,
    Cancelled,
    Denied, ///< Ephor itself did not let the call out: its address rules
};
/// The kind's stable word ("too-large").
std::string_view toString(FailureKind kind);

/// Providers send codes as words, as numbers, or not at all; which one is kept.
using ProviderCode = std::variant<std::monostate, std::int64_t, std::string>;

/// A failed model call. `message` is the provider's own text where it sent one, so it may hold personal data.
struct ProviderError {
    FailureKind kind = FailureKind::Malformed;
    std::optional<int> status; ///< HTTP status, sent or implied by the error's type
    std::string type;
    ProviderCode code;
    std::string message;
    /// Whether the same call may be sent again: the failure is a passing one and nothing of the answer was shown.
    bool retryable = false;
    std::optional<Duration> retryAfter; ///< only where the provider asked for less than a minute
    std::size_t shownEvents = 0; ///< events of the answer handed out before the failure

    bool operator==(const ProviderError&) const = default;
};

template <class T> using ProviderResult = std::expected<T, ProviderError>;

}
