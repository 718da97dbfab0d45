#include "core/run/provider/chat_accumulator.h"

#include "core/run/provider/provider_error.h"
#include "core/run/provider/usage.h"

namespace ephor::provider {

namespace {

const Json* presentMember(const Json& object, const char* name)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string textMember(const Json& object, const char* name)
{
    const Json* value = presentMember(object, name);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::int64_t choiceIndex(const Json& choice)
{
    const Json* sent = presentMember(choice, "index");
    return sent && sent->is_number_integer() ? sent->get<std::int64_t>() : 0;
}

// Ephor never asks for more than one choice; a server that sends more is read for the first, wherever it stands.
const Json* firstChoice(const Json& choices)
{
    const Json* first = nullptr;
    if (!choices.is_array())
        return first;
    for (const Json& choice : choices) {
        if (choice.is_object() && (!first || choiceIndex(choice) < choiceIndex(*first)))
            first = &choice;
    }
    return first;
}

}

ProviderResult<void> ChatAccumulator::withinLimits() const
{
    if (m_bytes > m_limits.textBytes)
        return std::unexpected(providerFailure(FailureKind::TooLarge, "The answer is longer than the limit."));
    if (m_calls.count() > m_limits.toolCalls)
        return std::unexpected(
            providerFailure(FailureKind::TooLarge, "The answer asks for more tool calls than the limit."));
    return {};
}

ProviderResult<void> ChatAccumulator::addChunk(const Json& chunk, std::vector<ModelEvent>& events)
{
    if (!chunk.is_object())
        return std::unexpected(
            providerFailure(FailureKind::Malformed, "A chunk of the stream is JSON, but not an object."));
    if (reportsError(chunk))
        return std::unexpected(errorFromBody(chunk, std::nullopt));
    addHead(chunk);
    const Json* choices = presentMember(chunk, "choices");
    const Json* choice = choices ? ownChoice(*choices) : nullptr;
    if (choice) {
        if (reportsError(*choice))
            return std::unexpected(errorFromBody(*choice, std::nullopt));
        const Json* delta = presentMember(*choice, "delta");
        // Some servers close with the whole message in place of a delta; it adds nothing to what was streamed before.
        if (!delta && m_shown == 0)
            delta = presentMember(*choice, "message");
        if (delta)
            addMessage(*delta, events);
        addFinish(*choice, events);
    }
    addExtraUsage(chunk, choice, events);
    return withinLimits();
}

ProviderResult<void> ChatAccumulator::addWhole(const Json& body, std::vector<ModelEvent>& events)
{
    if (reportsError(body))
        return std::unexpected(errorFromBody(body, std::nullopt));
    const Json* choices = presentMember(body, "choices");
    const Json* choice = choices ? firstChoice(*choices) : nullptr;
    if (!choice)
        return std::unexpected(providerFailure(FailureKind::Malformed, "The body is JSON, but holds no choice."));
    if (reportsError(*choice))
        return std::unexpected(errorFromBody(*choice, std::nullopt));
    m_whole = true;
    addHead(body);
    const Json* message = presentMember(*choice, "message");
    if (!message)
        message = presentMember(*choice, "delta");
    if (message)
        addMessage(*message, events);
    addFinish(*choice, events);
    addExtraUsage(body, choice, events);
    return withinLimits();
}

void ChatAccumulator::addHead(const Json& object)
{
    if (m_result.id.empty())
        m_result.id = textMember(object, "id");
    if (m_result.model.empty())
        m_result.model = textMember(object, "model");
}

void ChatAccumulator::addUsage(const Json& usage, std::vector<ModelEvent>& events)
{
    const auto read = readUsage(usage);
    if (!read)
        return;
    m_result.rawUsage = usage;
    if (m_result.usage == read)
        return;
    m_result.usage = read;
    events.push_back(UsageReport{*read});
}

// Most servers put the count on top, some into the choice, and Groq under a member of its own.
void ChatAccumulator::addExtraUsage(const Json& chunk, const Json* choice, std::vector<ModelEvent>& events)
{
    const Json* usage = presentMember(chunk, "usage");
    if (!usage && choice)
        usage = presentMember(*choice, "usage");
    if (const Json* groq = presentMember(chunk, "x_groq"); !usage && groq)
        usage = presentMember(*groq, "usage");
    if (usage)
        addUsage(*usage, events);
}

const Json* ChatAccumulator::ownChoice(const Json& choices)
{
    const Json* const first = firstChoice(choices);
    if (first && choiceIndex(*first) == 0) {
        m_ownChoiceSeen = true;
        return first;
    }
    m_otherChoiceSeen = m_otherChoiceSeen || first;
    return nullptr;
}

void ChatAccumulator::addMessage(const Json& message, std::vector<ModelEvent>& events)
{
    if (!message.is_object())
        return;
    addReasoning(message, events);
    if (const Json* content = presentMember(message, "content"))
        addContent(*content, events);
    if (const Json* refusal = presentMember(message, "refusal"); refusal && refusal->is_string())
        addRefusal(refusal->get<std::string>(), events);
    if (const Json* calls = presentMember(message, "tool_calls"))
        addToolCalls(*calls, events);
    if (const Json* call = presentMember(message, "function_call"))
        addLegacyCall(*call, events);
}

void ChatAccumulator::addContent(const Json& content, std::vector<ModelEvent>& events)
{
    if (content.is_string()) {
        addText(content.get<std::string>(), events);
    } else if (content.is_array()) {
        for (const Json& part : content)
            addContentPart(part, events);
    } else if (content.is_object()) {
        addContentPart(content, events);
    }
}

void ChatAccumulator::addContentPart(const Json& part, std::vector<ModelEvent>& events)
{
    if (part.is_string()) {
        addText(part.get<std::string>(), events);
        return;
    }
    const std::string type = textMember(part, "type");
    if (type == "refusal") {
        addRefusal(textMember(part, "refusal"), events);
    } else if (type == "thinking" || type == "reasoning") {
        const Json* thinking = presentMember(part, type.c_str());
        if (thinking && thinking->is_array()) {
            for (const Json& piece : *thinking)
                addReasoningText(textMember(piece, "text"), events);
        } else {
            addReasoningText(textMember(part, thinking ? type.c_str() : "text"), events);
        }
    } else if (type.empty() || type == "text" || type == "output_text") {
        const Json* text = presentMember(part, "text");
        if (text && text->is_object())
            addText(textMember(*text, "value"), events);
        else
            addText(textMember(part, "text"), events);
    }
}

void ChatAccumulator::addText(std::string text, std::vector<ModelEvent>& events)
{
    if (text.empty())
        return;
    m_bytes += text.size();
    ++m_shown;
    m_result.text += text;
    events.push_back(TextDelta{std::move(text)});
}

void ChatAccumulator::addRefusal(std::string text, std::vector<ModelEvent>& events)
{
    if (text.empty())
        return;
    m_bytes += text.size();
    ++m_shown;
    if (!m_result.refusal)
        m_result.refusal.emplace();
    *m_result.refusal += text;
    events.push_back(RefusalDelta{std::move(text)});
}

// The name differs by server; one that sends two of them sends the same text twice.
void ChatAccumulator::addReasoning(const Json& message, std::vector<ModelEvent>& events)
{
    for (const char* name : {"reasoning_content", "reasoning", "reasoning_text"}) {
        std::string text = textMember(message, name);
        if (text.empty())
            continue;
        addReasoningText(std::move(text), events);
        return;
    }
}

void ChatAccumulator::addReasoningText(std::string text, std::vector<ModelEvent>& events)
{
    if (text.empty())
        return;
    m_bytes += text.size();
    ++m_shown;
    m_result.reasoning += text;
    events.push_back(ReasoningDelta{std::move(text)});
}

void ChatAccumulator::addToolCalls(const Json& calls, std::vector<ModelEvent>& events)
{
    if (calls.is_object()) {
        addToolCall(calls, events);
    } else if (calls.is_array()) {
        for (const Json& entry : calls)
            addToolCall(entry, events);
    }
}

void ChatAccumulator::addToolCall(const Json& entry, std::vector<ModelEvent>& events)
{
    const auto fragment = readToolCallFragment(entry);
    if (!fragment)
        return;
    m_bytes += fragment->arguments.size() + fragment->id.size() + fragment->name.size();
    ++m_shown;
    events.push_back(m_whole ? m_calls.addWhole(*fragment) : m_calls.add(*fragment));
}

void ChatAccumulator::addLegacyCall(const Json& call, std::vector<ModelEvent>& events)
{
    if (!call.is_object())
        return;
    const auto fragment = readToolCallFragment(Json{{"function", call}});
    m_bytes += fragment->arguments.size() + fragment->name.size();
    ++m_shown;
    events.push_back(m_calls.addLegacy(*fragment));
}

void ChatAccumulator::addFinish(const Json& choice, std::vector<ModelEvent>& events)
{
    std::string reason = textMember(choice, "finish_reason");
    if (reason.empty() || m_result.finishReason == reason)
        return;
    m_result.finishReason = reason;
    events.push_back(Finish{std::move(reason)});
}

ModelResult ChatAccumulator::take()
{
    m_result.toolCalls = m_calls.take();
    return std::move(m_result);
}

}
