#include "core/http/service.h"

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/http/exchange.h"
#include "core/http/openapi.h"

#include <charconv>
#include <exception>
#include <nlohmann/json.hpp>

namespace ephor::http {

namespace {

// Of a key that names a write: a UUID or a digest fits many times.
constexpr std::size_t longestIdempotencyKey = 256;
// Of a bearer token: session tokens and service keys are far shorter.
constexpr std::size_t longestCredential = 4'096;

/// Adds what every reply of one request carries.
class NamedWriter final : public ReplyWriter {
public:
    NamedWriter(std::shared_ptr<ReplyWriter> next, Headers headers)
        : m_next(std::move(next))
        , m_headers(std::move(headers))
    {
    }
    void reply(HttpReply reply) override { m_next->reply(named(std::move(reply))); }
    void begin(HttpReply head) override { m_next->begin(named(std::move(head))); }
    void write(std::string bytes) override { m_next->write(std::move(bytes)); }
    void end() override { m_next->end(); }
    void after(std::chrono::milliseconds delay, std::function<void()> task) override
    {
        m_next->after(delay, std::move(task));
    }
    void onClosed(std::function<void()> task) override { m_next->onClosed(std::move(task)); }

private:
    HttpReply named(HttpReply reply) const
    {
        reply.headers.insert(reply.headers.end(), m_headers.begin(), m_headers.end());
        return reply;
    }

    std::shared_ptr<ReplyWriter> m_next;
    Headers m_headers;
};

HttpReply preflightReply()
{
    return {204,
        {{"Access-Control-Allow-Methods", "GET, POST, DELETE"},
            {"Access-Control-Allow-Headers",
                "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, x-ephor-person, "
                "x-ephor-conversation, x-ephor-reference"},
            {"Access-Control-Max-Age", "600"}},
        {}};
}

}

Result<CallContext> contextOf(const HttpRequestView& request)
{
    CallContext context;
    context.surface = Surface::Http;
    context.peer = request.peer;
    context.localPeer = request.localPeer;
    if (const auto value = findHeader(request.headers, "authorization")) {
        const bool bearer = value->size() > 7 && lowerAscii(value->substr(0, 7)) == "bearer ";
        const std::string_view token = bearer ? trim(value->substr(7)) : std::string_view();
        if (token.empty() || token.size() > longestCredential)
            return fail(ErrorKind::Unauthenticated, "http.authorization",
                "The Authorization field is not a bearer token.",
                "Send \"Authorization: Bearer \" and a service key or a session token.");
        context.credential = token;
    }
    if (const auto key = findHeader(request.headers, "idempotency-key")) {
        if (key->empty() || key->size() > longestIdempotencyKey || !isUtf8(*key))
            return fail(ErrorKind::Invalid, "http.idempotency-key",
                "The Idempotency-Key takes 1 to 256 bytes of UTF-8.", "Send a shorter one, such as a UUID.");
        context.idempotencyKey = *key;
    }
    return context;
}

Result<void> refuseOtherBodies(const HttpRequestView& request)
{
    const auto coding = findHeader(request.headers, "content-encoding");
    if (coding && lowerAscii(trim(*coding)) != "identity")
        return fail(ErrorKind::Invalid, "http.media-type", "A compressed body is not read.",
            "Send it without a Content-Encoding.");
    const auto type = findHeader(request.headers, "content-type");
    if (!type || lowerAscii(trim(type->substr(0, type->find(';')))) == "application/json")
        return {};
    return fail(
        ErrorKind::Invalid, "http.media-type", "The body must be JSON.", "Send Content-Type: application/json.");
}

Result<void> needsJsonBody(const HttpRequestView& request)
{
    if (!findHeader(request.headers, "content-type"))
        return fail(
            ErrorKind::Invalid, "http.media-type", "The body must be JSON.", "Send Content-Type: application/json.");
    return refuseOtherBodies(request);
}

Result<std::optional<std::uint64_t>> countOf(const Target& target, const std::string& name)
{
    const std::string_view text = target.value(name);
    if (text.empty())
        return std::optional<std::uint64_t>();
    std::uint64_t count = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (problem != std::errc() || end != text.data() + text.size())
        return fail(ErrorKind::Invalid, "http.query", "The parameter " + name + " must be a whole number.",
            "Send digits alone, or leave it out.");
    return std::optional(count);
}

Service::Service(Backend& backend, ServiceOptions options, const Counters& counters)
    : m_backend(backend)
    , m_options(std::move(options))
    , m_counters(counters)
{
}

Service::~Service() = default;

void Service::handle(const HttpRequestView& request, const std::shared_ptr<ReplyWriter>& writer)
{
    const std::string id = newId(*m_options.clock);
    Headers common{{"x-request-id", id}};
    const auto origin = findHeader(request.headers, "origin");
    if (origin && checkOrigin(request, m_options.access)) {
        common.push_back({"Access-Control-Allow-Origin", std::string(*origin)});
        common.push_back(
            {"Access-Control-Expose-Headers", "x-request-id, x-ephor-run, x-ephor-version, ETag, Retry-After"});
        common.push_back({"Vary", "Origin"});
    }
    Exchange exchange{request, {}, {}, id, std::make_shared<NamedWriter>(writer, std::move(common))};
    Result<void> done;
    try {
        done = dispatch(exchange);
    } catch (const std::exception& problem) {
        done = fail(Error(ErrorKind::Internal, "http.fault", "A fault of Ephor ended this request.",
            "Report it with the x-request-id of the reply.")
                .with("what", problem.what()));
    }
    if (!done)
        exchange.writer->reply(errorReply(dialectOf(request.target), done.error(), id));
}

Result<void> Service::dispatch(const Exchange& exchange)
{
    const HttpRequestView& request = exchange.request;
    EPHOR_TRY_VOID(checkHost(request, m_options.access));
    EPHOR_TRY_VOID(checkOrigin(request, m_options.access));
    Exchange full = exchange;
    EPHOR_TRY(full.target, parseTarget(request.target));
    if (request.method == "OPTIONS" && findHeader(request.headers, "origin")) {
        exchange.writer->reply(preflightReply());
        return {};
    }
    EPHOR_TRY(const RouteMatch match, matchRoute(request.method, full.target));
    EPHOR_TRY(full.context, contextOf(request));
    return answer(full, match);
}

Result<void> Service::answer(const Exchange& exchange, const RouteMatch& match)
{
    switch (match.route) {
    case Route::ChatCompletions:
        return chat(exchange);
    case Route::Models:
        return listModels(exchange);
    case Route::Model:
        return showModel(exchange, match.parameter);
    case Route::Prompt:
        return showPrompt(exchange, match.parameter);
    case Route::Operation:
        return runOperation(exchange, match.parameter);
    case Route::Events:
        return streamEvents(exchange);
    case Route::StartRun:
        return startRun(exchange);
    case Route::RunEvents:
        return followRun(exchange, match.parameter);
    case Route::CancelRun:
        return cancelRun(exchange, match.parameter);
    case Route::Metrics:
        return showMetrics(exchange);
    case Route::OpenApi:
        exchange.writer->reply(jsonReply(200, openApi()));
        return {};
    case Route::Health:
        exchange.writer->reply(health());
        return {};
    case Route::Version:
        exchange.writer->reply(jsonReply(
            200, compactJson({{"name", "ephor"}, {"version", m_options.version}, {"protocol", protocolVersion}})));
        return {};
    }
    return {};
}

Result<void> Service::chat(const Exchange& exchange)
{
    EPHOR_TRY_VOID(refuseOtherBodies(exchange.request));
    EPHOR_TRY(const ChatRequest request, readChatRequest(exchange.request));
    ChatReply::run(
        m_backend, request, exchange.context, exchange.writer, m_options.chat, *m_options.clock, exchange.id);
    return {};
}

// Load balancers look at the status alone, people at the reason; neither needs a key for it.
HttpReply Service::health() const
{
    const auto halt = m_options.halted ? m_options.halted() : std::nullopt;
    if (!halt)
        return jsonReply(200, R"({"status":"ok"})");
    return jsonReply(503,
        compactJson({{"status", "halted"}, {"code", halt->code}, {"reason", halt->message}, {"hint", halt->hint}}));
}

const std::string& Service::openApi()
{
    std::call_once(m_openApiOnce, [this] { m_openApi = openApiDocument(m_options.version); });
    return m_openApi;
}

}
