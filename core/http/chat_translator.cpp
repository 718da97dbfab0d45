#include "core/http/chat_translator.h"

#include "core/api/run_event_data.h"
#include "core/domain/reflect.h"
#include "core/http/problem.h"
#include "core/http/sse_format.h"

#include <nlohmann/json.hpp>

namespace ephor::http {

namespace {

// Of one answer held for a reply that does not stream: beyond any model's output, and a bound on memory.
constexpr std::size_t longestAnswer = 16 * 1024 * 1024;

std::string jsonString(const std::string& text)
{
    return compactJson(Json(text));
}

template <class Data> Data dataOf(const Document& document)
{
    // An event that says less than expected still has its meaning; what it does not say keeps the default.
    return fromJson<Data>(jsonOf(document), UnknownMembers::Ignore).value_or(Data{});
}

/// Null while any of it is unknown: a zero would be a lie.
std::string usageJson(const Usage& usage)
{
    if (!usage.inputTokens || !usage.outputTokens)
        return "null";
    std::string out = "{\"prompt_tokens\":" + std::to_string(*usage.inputTokens)
        + ",\"completion_tokens\":" + std::to_string(*usage.outputTokens)
        + ",\"total_tokens\":" + std::to_string(*usage.inputTokens + *usage.outputTokens);
    if (usage.cachedTokens)
        out += ",\"prompt_tokens_details\":{\"cached_tokens\":" + std::to_string(*usage.cachedTokens) + "}";
    return out + "}";
}

}

ChatTranslator::ChatTranslator(ChatShape shape)
    : m_shape(std::move(shape))
{
}

ChatOutput ChatTranslator::opened(const std::string& run)
{
    m_run = run;
    m_opened = true;
    m_prefix = "{\"id\":" + jsonString("chatcmpl-" + run) + ",\"object\":\"chat.completion.chunk\",\"created\":"
        + std::to_string(m_shape.created) + ",\"model\":" + jsonString(m_shape.agent) + ",\"choices\":";
    ChatOutput output;
    for (const RunEvent& event : std::exchange(m_early, {}))
        takeOpened(output, event);
    return output;
}

ChatOutput ChatTranslator::refused(const Error& error, std::string_view occurrence)
{
    ChatOutput output;
    m_over = true;
    Error shown = error;
    if (error.kind == ErrorKind::NotFound) {
        shown.code = "model_not_found";
        shown = std::move(shown).with("param", "model");
    }
    output.whole = errorReply(Dialect::OpenAi, shown, occurrence);
    return output;
}

ChatOutput ChatTranslator::take(const RunEvent& event)
{
    ChatOutput output;
    if (!m_opened)
        m_early.push_back(event);
    else
        takeOpened(output, event);
    return output;
}

void ChatTranslator::takeOpened(ChatOutput& output, const RunEvent& event)
{
    if (m_over)
        return;
    switch (event.kind) {
    case RunEventKind::Text:
        m_waiting = false;
        addText(output, event.text);
        break;
    case RunEventKind::Waiting:
        m_waiting = true;
        ++m_wait;
        m_approval = dataOf<RunWaiting>(event.data).approval;
        m_waitText = event.text;
        output.waitBegan = true;
        begin(output);
        if (m_shape.stream)
            output.bytes += sseComment("waiting for approval " + m_approval);
        break;
    case RunEventKind::Finished:
        finish(output, dataOf<RunFinished>(event.data));
        break;
    case RunEventKind::Failed:
        failWith(output, event.data);
        break;
    case RunEventKind::Started:
        break;
    case RunEventKind::ToolCall:
    case RunEventKind::Verdict:
    case RunEventKind::ToolResult:
    case RunEventKind::Resumed:
        m_waiting = false;
        break;
    }
}

ChatOutput ChatTranslator::heartbeat()
{
    ChatOutput output;
    if (m_over || !m_opened || !m_shape.stream)
        return output;
    begin(output);
    output.bytes += sseComment(m_waiting ? "waiting for approval " + m_approval : "working");
    return output;
}

ChatOutput ChatTranslator::waitedEnough(std::uint64_t wait)
{
    ChatOutput output;
    if (m_over || !m_waiting || wait != m_wait)
        return output;
    std::string text = m_spoke ? "\n\n" : "";
    text += "This run waits for a person. ";
    if (!m_waitText.empty())
        text += m_waitText + " ";
    text += "Approval " + m_approval + "; run " + m_run + ". It goes on by itself once somebody has decided.";
    addText(output, text);
    finish(output, RunFinished());
    return output;
}

void ChatTranslator::begin(ChatOutput& output)
{
    if (m_begun || !m_shape.stream)
        return;
    m_begun = true;
    output.head = HttpReply{200,
        {{"Content-Type", "text/event-stream; charset=utf-8"}, {"x-ephor-run", m_run}, {"X-Accel-Buffering", "no"}},
        chunk(
            R"([{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}])",
            "null")};
}

void ChatTranslator::addText(ChatOutput& output, const std::string& text)
{
    if (text.empty())
        return;
    m_spoke = true;
    if (m_shape.stream) {
        begin(output);
        output.bytes += chunk(delta("\"content\":" + jsonString(text), "null"), "null");
        return;
    }
    m_text += text;
    if (m_text.size() <= longestAnswer)
        return;
    m_over = true;
    output.whole = errorReply(Dialect::OpenAi,
        Error(ErrorKind::TooLarge, "chat.answer-too-large", "The answer is larger than one reply may be.",
            "Ask for it as a stream."),
        "");
}

void ChatTranslator::finish(ChatOutput& output, const RunFinished& finished)
{
    if (m_over)
        return;
    m_over = true;
    const std::string usage = usageJson(finished.usage);
    const std::string& reason = finished.finishReason;
    // A member of Ephor's own: clients of the dialect pass over what they do not know.
    const std::string cited = finished.citations.empty()
        ? std::string()
        : ",\"ephor\":" + compactJson(Json{{"citations", toJson(finished.citations)}});
    if (m_shape.stream) {
        begin(output);
        output.bytes += chunk(delta("", jsonString(reason)), "null", cited);
        if (m_shape.includeUsage)
            output.bytes += chunk("[]", usage);
        output.bytes += sseData("[DONE]");
        output.end = true;
        return;
    }
    std::string body = "{\"id\":" + jsonString("chatcmpl-" + m_run) + ",\"object\":\"chat.completion\",\"created\":"
        + std::to_string(m_shape.created) + ",\"model\":" + jsonString(m_shape.agent)
        + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + jsonString(m_text)
        + ",\"refusal\":null},\"logprobs\":null,\"finish_reason\":" + jsonString(reason) + "}]";
    if (usage != "null")
        body += ",\"usage\":" + usage;
    output.whole = jsonReply(200, body + cited + "}");
    output.whole->headers.push_back({"x-ephor-run", m_run});
}

void ChatTranslator::failWith(ChatOutput& output, const Document& data)
{
    m_over = true;
    Error error = errorOf(dataOf<RunFailed>(data));
    if (error.code.empty())
        error = Error(ErrorKind::Internal, "run.failed", "The run failed and did not say why.",
            "Look it up by the id in x-ephor-run.");
    if (m_begun) {
        output.bytes += sseData(openAiErrorBody(error));
        output.end = true;
        return;
    }
    output.whole = errorReply(Dialect::OpenAi, error, "");
    output.whole->headers.push_back({"x-ephor-run", m_run});
}

std::string ChatTranslator::chunk(const std::string& choices, const std::string& usage, const std::string& more) const
{
    return sseData(m_prefix + choices + (m_shape.includeUsage ? ",\"usage\":" + usage : "") + more + "}");
}

std::string ChatTranslator::delta(const std::string& content, const std::string& finishReason) const
{
    return "[{\"index\":0,\"delta\":{" + content + "},\"logprobs\":null,\"finish_reason\":" + finishReason + "}]";
}

}
