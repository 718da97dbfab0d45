#include "core/run/provider/openai_chat_client.h"

#include "core/base/hash.h"
#include "core/run/provider/provider_error.h"

#include <array>
#include <mutex>

namespace ephor::provider {

namespace {

double randomUnit()
{
    std::array<std::uint8_t, 2> bytes{};
    fillRandom(bytes);
    return double(bytes[0] * 256 + bytes[1]) / 65536;
}

struct CallContext {
    net::HttpClient& http;
    net::Timer& timer;
    const Clock& clock;
    std::shared_ptr<const OpenAiChatOptions> options;
};

/// One model call with its retries. The attempts follow each other, so only `cancel` meets them from another thread.
class ChatCall final : public net::Cancellable, public std::enable_shared_from_this<ChatCall> {
public:
    ChatCall(CallContext context, const ChatRequest& request)
        : m_context(std::move(context))
        , m_streamed(request.stream)
        , m_request(chatHttpRequest(*m_context.options, request))
        , m_ready(m_context.http.makeReady(m_request))
    {
    }

    void begin(OnModelEvent onEvent, OnModelOutcome onDone)
    {
        m_onEvent = std::move(onEvent);
        m_onDone = std::move(onDone);
        send();
    }
    void cancel() override;

private:
    void send();
    void takeHead(const net::HttpResponse& head);
    void takeData(std::string_view data);
    void attemptEnded(Result<net::HttpResponse> outcome);
    ProviderResult<ModelResult> readOutcome(const Result<net::HttpResponse>& outcome);
    void deliver(std::vector<ModelEvent>& events);
    void sendLater(Duration delay);
    void sendNow();
    void endCancelled();
    void end(ProviderResult<ModelResult> result);

    CallContext m_context;
    bool m_streamed;
    net::HttpRequest m_request;
    net::HttpClient::Ready m_ready; ///< of the first attempt
    OnModelEvent m_onEvent;
    OnModelOutcome m_onDone;
    int m_attempt = 0;
    std::size_t m_shown = 0;
    bool m_reading = false; ///< the body is a stream worth reading as it comes
    std::string m_body; ///< of a reply that is not
    std::optional<ChatStreamParser> m_parser;
    std::optional<ProviderError> m_failure;

    std::mutex m_mutex;
    std::shared_ptr<net::Cancellable> m_work; ///< the request or the wait under way
    bool m_cancelled = false;
    bool m_backingOff = false; ///< no request is under way that could report the cancel
};

void ChatCall::send()
{
    ++m_attempt;
    m_body.clear();
    m_failure.reset();
    m_reading = false;
    m_parser.emplace(m_context.options->limits);
    net::HttpCallbacks callbacks;
    callbacks.onHead = [self = shared_from_this()](const net::HttpResponse& head) { self->takeHead(head); };
    callbacks.onData = [self = shared_from_this()](std::string_view data) { self->takeData(data); };
    callbacks.onDone
        = [self = shared_from_this()](Result<net::HttpResponse> outcome) { self->attemptEnded(std::move(outcome)); };
    net::HttpClient::Ready ready
        = m_attempt == 1 ? std::exchange(m_ready, nullptr) : m_context.http.makeReady(m_request);
    auto work = m_context.http.start(std::move(ready), std::move(callbacks));
    const std::lock_guard lock(m_mutex);
    m_work = work;
    if (m_cancelled)
        work->cancel();
}

void ChatCall::takeHead(const net::HttpResponse& head)
{
    m_reading = m_streamed && head.status >= 200 && head.status <= 299;
}

void ChatCall::takeData(std::string_view data)
{
    if (!m_reading) {
        m_body.append(data);
        return;
    }
    std::vector<ModelEvent> events;
    const auto pushed = m_parser->push(data, events);
    deliver(events);
    if (pushed || m_failure)
        return;
    m_failure = pushed.error();
    std::shared_ptr<net::Cancellable> work;
    {
        const std::lock_guard lock(m_mutex);
        work = m_work;
    }
    if (work)
        work->cancel();
}

void ChatCall::deliver(std::vector<ModelEvent>& events)
{
    for (const ModelEvent& event : events) {
        m_shown += showsAnswer(event) ? 1 : 0;
        if (m_onEvent)
            m_onEvent(event);
    }
}

ProviderResult<ModelResult> ChatCall::readOutcome(const Result<net::HttpResponse>& outcome)
{
    if (m_failure)
        return std::unexpected(*m_failure);
    std::vector<ModelEvent> events;
    if (!outcome) {
        ProviderError error = errorFromTransport(outcome.error());
        // A connection that breaks behind the last event of an answer took nothing with it.
        if (m_reading && error.kind == FailureKind::Transport) {
            if (auto result = m_parser->finish(events)) {
                deliver(events);
                return result;
            }
        }
        return std::unexpected(std::move(error));
    }
    auto result = m_reading ? m_parser->finish(events)
                            : parseResponse(outcome->status, m_body, events, m_context.options->limits);
    if (result || m_reading)
        deliver(events);
    if (!result)
        applyRetryHeaders(result.error(), outcome->headers, m_context.clock.now());
    return result;
}

void ChatCall::attemptEnded(Result<net::HttpResponse> outcome)
{
    auto result = readOutcome(outcome);
    if (result) {
        completeToolCallIds(*result);
        end(std::move(result));
        return;
    }
    ProviderError& error = result.error();
    error.shownEvents = m_shown;
    error.retryable = error.retryable && m_shown == 0;
    {
        const std::lock_guard lock(m_mutex);
        if (m_cancelled)
            error = providerFailure(FailureKind::Cancelled, "The model call was cancelled.");
    }
    const auto delay = retryDelay(m_context.options->retry, m_attempt, error, randomUnit());
    if (delay)
        sendLater(*delay);
    else
        end(std::move(result));
}

void ChatCall::sendLater(Duration delay)
{
    bool cancelled = false;
    {
        const std::lock_guard lock(m_mutex);
        m_work.reset();
        m_backingOff = true;
        cancelled = m_cancelled;
    }
    if (cancelled) {
        endCancelled();
        return;
    }
    auto waiting = m_context.timer.after(delay, [self = shared_from_this()] { self->sendNow(); });
    const std::lock_guard lock(m_mutex);
    if (m_backingOff)
        m_work = std::move(waiting);
}

void ChatCall::sendNow()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_cancelled)
            return;
        m_backingOff = false;
    }
    send();
}

void ChatCall::cancel()
{
    std::shared_ptr<net::Cancellable> work;
    bool endsHere = false;
    {
        const std::lock_guard lock(m_mutex);
        endsHere = m_backingOff && !m_cancelled;
        m_cancelled = true;
        work = m_work;
    }
    if (work)
        work->cancel();
    if (endsHere)
        m_context.timer.after(Duration(0), [self = shared_from_this()] { self->endCancelled(); });
}

void ChatCall::endCancelled()
{
    end(std::unexpected(providerFailure(FailureKind::Cancelled, "The model call was cancelled.")));
}

void ChatCall::end(ProviderResult<ModelResult> result)
{
    {
        const std::lock_guard lock(m_mutex);
        m_work.reset();
    }
    m_onEvent = nullptr;
    const OnModelOutcome onDone = std::exchange(m_onDone, nullptr);
    if (onDone)
        onDone(ModelOutcome(std::move(result), m_attempt));
}

class ReadyChatCall final : public ReadyCall {
public:
    explicit ReadyChatCall(std::shared_ptr<ChatCall> call)
        : m_call(std::move(call))
    {
    }
    std::shared_ptr<net::Cancellable> start(OnModelEvent onEvent, OnModelOutcome onDone) override
    {
        m_call->begin(std::move(onEvent), std::move(onDone));
        return m_call;
    }

private:
    std::shared_ptr<ChatCall> m_call;
};

}

net::HttpRequest chatHttpRequest(const OpenAiChatOptions& options, const ChatRequest& request)
{
    net::HttpRequest http;
    http.method = "POST";
    http.url = options.baseUrl;
    while (http.url.ends_with('/'))
        http.url.pop_back();
    http.url += "/chat/completions";
    http.headers = options.headers;
    http.headers.push_back({"Content-Type", "application/json"});
    http.headers.push_back({"Accept", request.stream ? "text/event-stream, application/json" : "application/json"});
    if (!options.apiKey.empty())
        http.headers.push_back({"Authorization", "Bearer " + options.apiKey});
    http.body = compactJson(encodeRequest(request, options.tokenLimitField));
    http.connectTimeout = options.connectTimeout;
    http.totalTimeout = options.totalTimeout;
    http.idleTimeout = options.idleTimeout;
    // The wire form of an answer, with its envelope around every few words, is many times its text.
    http.maxResponseBytes = 8 * options.limits.textBytes;
    http.addressRules = options.addressRules;
    return http;
}

OpenAiChatClient::OpenAiChatClient(
    net::HttpClient& http, net::Timer& timer, const Clock& clock, OpenAiChatOptions options)
    : m_http(http)
    , m_timer(timer)
    , m_clock(clock)
    , m_options(std::make_shared<const OpenAiChatOptions>(std::move(options)))
{
}

std::shared_ptr<net::Cancellable> OpenAiChatClient::start(
    ChatRequest request, OnModelEvent onEvent, OnModelOutcome onDone)
{
    return makeReady(std::move(request))->start(std::move(onEvent), std::move(onDone));
}

std::unique_ptr<ReadyCall> OpenAiChatClient::makeReady(ChatRequest request)
{
    return std::make_unique<ReadyChatCall>(
        std::make_shared<ChatCall>(CallContext{m_http, m_timer, m_clock, m_options}, request));
}

}
