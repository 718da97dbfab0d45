#include "core/run/provider/openai_chat.h"

#include "core/base/text.h"
#include "core/run/provider/provider_error.h"

namespace ephor::provider {

namespace {

constexpr std::string_view utf8Mark = "\xEF\xBB\xBF";
// White space before a body; a server that sends more than this of it sends no JSON.
constexpr std::size_t longestHead = 64 * 1024;

enum class Opening { Undecided, Json, Other };

Opening openingOf(std::string_view head)
{
    if (head.size() < utf8Mark.size() && utf8Mark.starts_with(head))
        return Opening::Undecided;
    if (head.starts_with(utf8Mark))
        head.remove_prefix(utf8Mark.size());
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return head.size() > longestHead ? Opening::Other : Opening::Undecided;
    return head[first] == '{' || head[first] == '[' ? Opening::Json : Opening::Other;
}

std::string_view withoutMark(std::string_view body)
{
    return body.starts_with(utf8Mark) ? body.substr(utf8Mark.size()) : body;
}

ProviderError malformed(const Error& error)
{
    return providerFailure(
        error.kind == ErrorKind::TooLarge ? FailureKind::TooLarge : FailureKind::Malformed, error.message);
}

ProviderResult<ModelResult> readWhole(std::string_view body, std::vector<ModelEvent>& events, AnswerLimits limits)
{
    if (trim(withoutMark(body)).empty())
        return std::unexpected(providerFailure(FailureKind::Truncated, "The body is empty."));
    const auto json = parseJson(withoutMark(body), JsonLimits{.bytes = 2 * limits.textBytes});
    if (!json)
        return std::unexpected(malformed(json.error()));
    // Google's endpoint wraps an error into an array of one.
    const bool wrapped = json->is_array() && json->size() == 1 && reportsError(json->front());
    ChatAccumulator answer(limits);
    if (auto added = answer.addWhole(wrapped ? json->front() : *json, events); !added)
        return std::unexpected(std::move(added).error());
    return answer.take();
}

}

std::unexpected<ProviderError> ChatStreamParser::failed(ProviderError error)
{
    error.shownEvents = m_answer.shownEvents();
    if (error.shownEvents > 0)
        error.retryable = false;
    m_failure = error;
    return std::unexpected(std::move(error));
}

ProviderResult<void> ChatStreamParser::push(std::string_view bytes, std::vector<ModelEvent>& events)
{
    if (m_failure)
        return std::unexpected(*m_failure);
    if (m_body == Body::Events)
        return pushEvents(bytes, events);
    m_head.append(bytes);
    if (m_body == Body::Unknown) {
        const Opening opening = openingOf(m_head);
        if (opening == Opening::Other) {
            m_body = Body::Events;
            return pushEvents(std::exchange(m_head, {}), events);
        }
        if (opening == Opening::Json)
            m_body = Body::Whole;
    }
    if (m_head.size() > 2 * m_limits.textBytes)
        return failed(providerFailure(FailureKind::TooLarge, "The body is longer than the limit."));
    return {};
}

ProviderResult<void> ChatStreamParser::pushEvents(std::string_view bytes, std::vector<ModelEvent>& events)
{
    std::vector<SseEvent> decoded;
    const auto pushed = m_decoder.push(bytes, decoded);
    if (auto taken = takeEvents(decoded, events); !taken)
        return taken;
    if (!pushed && !m_done)
        return failed(malformed(pushed.error()));
    return {};
}

ProviderResult<void> ChatStreamParser::takeEvents(const std::vector<SseEvent>& decoded, std::vector<ModelEvent>& events)
{
    for (const SseEvent& event : decoded) {
        if (auto taken = takeEvent(event, events); !taken)
            return failed(std::move(taken).error());
    }
    return {};
}

ProviderResult<void> ChatStreamParser::takeEvent(const SseEvent& event, std::vector<ModelEvent>& events)
{
    const std::string_view data = trim(event.data);
    if (m_done || data.empty())
        return {};
    m_anyEvent = true;
    if (data.starts_with("[DONE]")) {
        m_done = true;
        return {};
    }
    const auto chunk = parseJson(data);
    if (event.type == "error") {
        ProviderError error = chunk && !chunk->is_null() ? errorFromBody(*chunk, std::nullopt)
                                                         : providerFailure(FailureKind::Reported, shorten(data, 2'000));
        return std::unexpected(std::move(error));
    }
    if (!chunk && !event.complete) {
        // The cut last event of a stream: if the answer was whole without it, nothing is lost but a count.
        return {};
    }
    if (!chunk)
        return std::unexpected(malformed(chunk.error()));
    return m_answer.addChunk(*chunk, events);
}

ProviderResult<ModelResult> ChatStreamParser::finish(std::vector<ModelEvent>& events)
{
    if (m_failure)
        return std::unexpected(*m_failure);
    if (m_body != Body::Whole)
        return finishEvents(events);
    auto result = readWhole(m_head, events, m_limits);
    if (!result)
        return failed(std::move(result).error());
    return result;
}

ProviderResult<ModelResult> ChatStreamParser::finishEvents(std::vector<ModelEvent>& events)
{
    std::vector<SseEvent> decoded;
    if (const auto finished = m_decoder.finish(decoded); !finished && !m_done)
        return failed(malformed(finished.error()));
    if (auto taken = takeEvents(decoded, events); !taken)
        return std::unexpected(std::move(taken).error());
    if (m_answer.onlyOtherChoicesSeen())
        return failed(
            providerFailure(FailureKind::Malformed, "The stream holds other choices, but not the one with index 0."));
    if (m_done || m_answer.finishSeen())
        return m_answer.take();
    if (!m_anyEvent && m_body == Body::Events)
        return failed(
            providerFailure(FailureKind::Malformed, "The body is not an event stream: it holds no event with data."));
    return failed(providerFailure(FailureKind::Truncated,
        m_anyEvent ? "The stream ended before the model said why it stopped." : "The body is empty."));
}

ProviderResult<ModelResult> parseResponse(
    int status, std::string_view body, std::vector<ModelEvent>& events, AnswerLimits limits)
{
    if (status < 200 || status > 299)
        return std::unexpected(errorFromReply(status, body));
    if (openingOf(body) != Opening::Other)
        return readWhole(body, events, limits);
    const std::string_view text = trim(withoutMark(body));
    if (!text.starts_with("data:") && !text.starts_with("event:") && !text.starts_with(":") && !text.starts_with("id:"))
        return std::unexpected(
            providerFailure(FailureKind::Malformed, "The body is neither JSON nor an event stream."));
    ChatStreamParser stream(limits);
    if (auto pushed = stream.push(body, events); !pushed)
        return std::unexpected(std::move(pushed).error());
    return stream.finish(events);
}

}
