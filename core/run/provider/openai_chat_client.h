#pragma once

#include "core/net/http_client.h"
#include "core/net/timer.h"
#include "core/run/provider/model_client.h"
#include "core/run/provider/openai_chat.h"
#include "core/run/provider/retry.h"

namespace ephor::provider {

struct OpenAiChatOptions {
    std::string baseUrl
        = "https://api.openai.com/v1"; ///< without "/chat/completions"; Ollama: http://localhost:11434/v1
    std::string apiKey; ///< the secret itself, resolved by the caller just before; empty sends none
    net::Headers headers; ///< added to every request, such as OpenAI-Organization or Azure's api-key
    net::AddressRules addressRules;
    TokenLimitField tokenLimitField = TokenLimitField::MaxTokens;
    RetryPolicy retry;
    AnswerLimits limits;
    std::chrono::milliseconds connectTimeout{5'000};
    std::chrono::milliseconds totalTimeout{600'000};
    std::chrono::milliseconds idleTimeout{120'000};
};

/// The HTTP request for a model call; pure.
net::HttpRequest chatHttpRequest(const OpenAiChatOptions& options, const ChatRequest& request);

/// Speaks Chat Completions with a provider. Every tool call of its answers has an id, made up where the provider gave
/// none.
class OpenAiChatClient final : public ModelClient {
public:
    /// All three must outlive the client and its calls.
    OpenAiChatClient(net::HttpClient& http, net::Timer& timer, const Clock& clock, OpenAiChatOptions options);

    std::shared_ptr<net::Cancellable> start(ChatRequest request, OnModelEvent onEvent, OnModelOutcome onDone) override;
    std::unique_ptr<ReadyCall> makeReady(ChatRequest request) override;
    bool simulated() const override { return false; }

private:
    net::HttpClient& m_http;
    net::Timer& m_timer;
    const Clock& m_clock;
    std::shared_ptr<const OpenAiChatOptions> m_options;
};

}
