#pragma once

#include "core/run/provider/chat_accumulator.h"
#include "core/run/provider/sse.h"
#include "core/run/provider/wire.h"

namespace ephor::provider {

/// OpenAI's Chat Completions dialect, which Azure, Ollama, vLLM and most gateways speak too. Everything here is pure:
/// values and bytes in, values out. What it reads is in docs/formats/wire-openai-chat.md.

/// Which member carries the limit on output tokens: OpenAI's newer models refuse the old one, older servers ignore the
/// new.
enum class TokenLimitField { MaxTokens, MaxCompletionTokens };

/// The request body.
Json encodeRequest(const ChatRequest& request, TokenLimitField limitField = TokenLimitField::MaxTokens);

/// Reads a streamed reply, the same however its bytes are cut. After a failure every further call fails likewise.
class ChatStreamParser {
public:
    explicit ChatStreamParser(AnswerLimits limits = {})
        : m_limits(limits)
        , m_answer(limits)
    {
    }

    /// Takes the next bytes of the body and appends what they add to the answer, also when it fails.
    ProviderResult<void> push(std::string_view bytes, std::vector<ModelEvent>& events);

    /// The body has ended: appends what was still open, and returns the answer. An answer is whole when the provider
    /// said [DONE] or gave a reason to stop; otherwise it was truncated. A server that answers with one JSON body
    /// although a stream was asked for is understood too.
    ProviderResult<ModelResult> finish(std::vector<ModelEvent>& events);

private:
    enum class Body { Unknown, Events, Whole };

    ProviderResult<void> pushEvents(std::string_view bytes, std::vector<ModelEvent>& events);
    ProviderResult<void> takeEvent(const SseEvent& event, std::vector<ModelEvent>& events);
    ProviderResult<void> takeEvents(const std::vector<SseEvent>& decoded, std::vector<ModelEvent>& events);
    ProviderResult<ModelResult> finishEvents(std::vector<ModelEvent>& events);
    std::unexpected<ProviderError> failed(ProviderError error);

    AnswerLimits m_limits;
    SseDecoder m_decoder;
    ChatAccumulator m_answer;
    Body m_body = Body::Unknown;
    std::string m_head; ///< bytes before the first that tells what the body is; then the body, when it is one JSON text
    bool m_done = false;
    bool m_anyEvent = false;
    std::optional<ProviderError> m_failure;
};

/// Reads a reply that was not asked to stream. A status outside 200 to 299 is an error, whatever the body says.
/// Appends the answer as events too, so that both kinds of reply can be used alike.
ProviderResult<ModelResult> parseResponse(
    int status, std::string_view body, std::vector<ModelEvent>& events, AnswerLimits limits = {});

}
