#pragma once

#include "core/run/provider/tool_call_tracker.h"
#include "core/run/provider/wire.h"

#include <cstddef>

namespace ephor::provider {

/// What one answer may cost, whatever its provider sends.
struct AnswerLimits {
    std::size_t textBytes
        = 16 * 1024 * 1024; ///< text, refusal, reasoning and arguments together: several times any model's output
    std::size_t toolCalls = 512; ///< no agent acts on so many calls of one answer
};

/// Builds an answer from the JSON of Chat Completions: from chunks, or from one whole body. Pure; not thread-safe.
class ChatAccumulator {
public:
    explicit ChatAccumulator(AnswerLimits limits = {})
        : m_limits(limits)
    {
    }

    /// Takes one chunk of a stream and appends what it adds.
    ProviderResult<void> addChunk(const Json& chunk, std::vector<ModelEvent>& events);
    /// Takes a whole chat completion.
    ProviderResult<void> addWhole(const Json& body, std::vector<ModelEvent>& events);

    bool finishSeen() const { return m_result.finishReason.has_value(); }
    /// A stream that has nothing but choices that nobody asked for.
    bool onlyOtherChoicesSeen() const { return m_otherChoiceSeen && !m_ownChoiceSeen; }
    std::size_t shownEvents() const { return m_shown; }
    /// Ends the answer.
    ModelResult take();

private:
    void addHead(const Json& object);
    void addUsage(const Json& usage, std::vector<ModelEvent>& events);
    void addExtraUsage(const Json& chunk, const Json* choice, std::vector<ModelEvent>& events);
    const Json* ownChoice(const Json& choices);
    void addMessage(const Json& message, std::vector<ModelEvent>& events);
    void addContent(const Json& content, std::vector<ModelEvent>& events);
    void addContentPart(const Json& part, std::vector<ModelEvent>& events);
    void addText(std::string text, std::vector<ModelEvent>& events);
    void addRefusal(std::string text, std::vector<ModelEvent>& events);
    void addReasoning(const Json& message, std::vector<ModelEvent>& events);
    void addReasoningText(std::string text, std::vector<ModelEvent>& events);
    void addToolCalls(const Json& calls, std::vector<ModelEvent>& events);
    void addToolCall(const Json& entry, std::vector<ModelEvent>& events);
    void addLegacyCall(const Json& call, std::vector<ModelEvent>& events);
    void addFinish(const Json& choice, std::vector<ModelEvent>& events);
    ProviderResult<void> withinLimits() const;

    AnswerLimits m_limits;
    ModelResult m_result;
    ToolCallTracker m_calls;
    bool m_ownChoiceSeen = false; ///< the choice with index 0, the one that is read
    bool m_otherChoiceSeen = false;
    std::size_t m_bytes = 0;
    std::size_t m_shown = 0;
    bool m_whole = false;
};

}
