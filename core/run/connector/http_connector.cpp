#include "core/run/connector/http_connector.h"

#include "core/domain/reflect.h"
#include "core/net/http_client.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ephor::connector {

namespace {

// After one of these the request never reached the tool, so the run knows that nothing happened.
bool neverLeft(const Error& error)
{
    constexpr std::array<std::string_view, 6> codes{
        "net.url", "net.header", "net.resolve", "net.connect", "net.tls", "net.address-denied"};
    return std::ranges::find(codes, error.code) != codes.end();
}

ToolAnswer unreached(const Error& error)
{
    return {compactJson(Json{{"error", "unreachable"}, {"reason", error.message}}), true, Duration(0), error.code};
}

Result<ToolAnswer> outcomeOf(Result<net::HttpResponse> response)
{
    if (!response) {
        if (neverLeft(response.error()))
            return unreached(response.error());
        if (response.error().code == "net.response-too-large")
            return ToolAnswer{
                R"({"error":"result-too-large","reason":"The tool answered more than its limit allows."})", true,
                Duration(0), "result too large"};
        return fail(std::move(response).error());
    }
    EPHOR_TRY(ReadAnswer read, readAnswer(*response));
    return ToolAnswer{std::move(read.text), read.failed, Duration(0), std::move(read.detail)};
}

class HttpConnector final : public Connector {
public:
    HttpConnector(const ToolBody& tool, net::HttpClient& http, const Clock& clock, SecretSource secrets)
        : m_tool(tool)
        , m_http(http)
        , m_clock(clock)
        , m_secrets(std::move(secrets))
    {
    }

    std::shared_ptr<net::Cancellable> start(
        ToolInvocation invocation, std::function<void(Result<ToolAnswer>)> done) override
    {
        auto request
            = requestFor(m_tool, jsonOf(invocation.arguments), invocation.run + ":" + invocation.call, m_secrets);
        if (!request) {
            done(unreached(request.error()));
            return nullptr;
        }
        const Duration began = m_clock.steady();
        net::HttpCallbacks callbacks;
        callbacks.onDone = [done = std::move(done), began, &clock = m_clock](Result<net::HttpResponse> response) {
            Result<ToolAnswer> answer = outcomeOf(std::move(response));
            if (answer)
                answer->took = clock.steady() - began;
            done(std::move(answer));
        };
        return m_http.start(std::move(*request), std::move(callbacks));
    }

private:
    const ToolBody m_tool;
    net::HttpClient& m_http;
    const Clock& m_clock;
    SecretSource m_secrets;
};

}

std::shared_ptr<Connector> makeHttpConnector(
    const ToolBody& tool, net::HttpClient& http, const Clock& clock, SecretSource secrets)
{
    return std::make_shared<HttpConnector>(tool, http, clock, std::move(secrets));
}

}
