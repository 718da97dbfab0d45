#include "core/run/provider/openai_chat_client.h"

#include "core/net/event_loop.h"
#include "core/run/provider/model_client_awaitable.h"
#include "core/run/provider/provider_error.h"
#include "core/run/provider/retry_after.h"
#include "tests/core/net/mock_server.h"

#include <QtTest/QtTest>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <future>

using namespace ephor;
using namespace ephor::provider;
using ephor::tests::MockConnection;
using ephor::tests::MockServer;

namespace {

const std::string answerStream
    = "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n"
      "data: "
      "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]},\"finish_reason\":\"stop\"}]}\n\n";

ChatRequest hello()
{
    ChatRequest request;
    request.model = "m";
    ChatMessage message;
    message.role = "user";
    message.content = "hello";
    request.messages = {message};
    return request;
}

/// Everything one call needs; waits between attempts pass on a clock of their own.
struct Bench {
    explicit Bench(MockConnection::Handler handler)
        : server(std::move(handler))
        , clock(parseInstant("2026-01-01T00:00:00Z").value())
        , timer(clock)
        , http(loop)
    {
        options.baseUrl = server.url("/v1/");
        options.apiKey = "secret";
        options.addressRules.allowLoopback = true;
    }
    ModelOutcome ask(const ChatRequest& request = hello())
    {
        OpenAiChatClient client(http, timer, clock, options);
        std::promise<ModelOutcome> outcome;
        client.start(
            request, [this](const ModelEvent& event) { events.push_back(event); },
            [&outcome](ModelOutcome ended) { outcome.set_value(std::move(ended)); });
        return outcome.get_future().get();
    }

    MockServer server;
    ManualClock clock;
    net::ManualTimer timer;
    net::EventLoop loop;
    net::HttpClient http;
    OpenAiChatOptions options;
    std::vector<ModelEvent> events;
};

void stream(const std::shared_ptr<MockConnection>& connection, const std::string& body)
{
    connection->beginStream();
    connection->send(body);
    connection->close();
}

boost::asio::awaitable<void> completeInto(ModelClient& client, std::promise<ModelOutcome>* outcome)
{
    ChatRequest request = hello();
    auto waiting = complete(client, std::move(request), nullptr);
    ModelOutcome ended = co_await std::move(waiting);
    outcome->set_value(std::move(ended));
}

}

class OpenAiChatClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streams();
    void plainReply();
    void readyCallsLeaveWhenStarted();
    void retriesPassingFailures();
    void honoursRetryAfter();
    void neverRepeatsWhatWasShown();
    void failures_data();
    void failures();
    void cancelsWhileWaitingToRetry();
    void cancelsWhileStreaming();
    void awaits();
    void httpDates();
};

void OpenAiChatClientTest::streams()
{
    std::string head, body;
    Bench bench([&](const std::shared_ptr<MockConnection>& connection) {
        head = connection->head;
        body = connection->body;
        stream(connection, answerStream);
    });
    const ModelOutcome outcome = bench.ask();
    QVERIFY(outcome.result.has_value());
    QCOMPARE(outcome.result->text, std::string("Hi"));
    QCOMPARE(outcome.result->toolCalls.at(0).id, std::string("call_1"));
    QVERIFY(!outcome.result->simulated);
    QCOMPARE(outcome.attempts, 1);
    QCOMPARE(bench.events.size(), std::size_t(3));
    QVERIFY(head.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"));
    QVERIFY(head.find("Authorization: Bearer secret\r\n") != std::string::npos);
    QVERIFY(parseJson(body).value() == encodeRequest(hello()));
}

void OpenAiChatClientTest::plainReply()
{
    Bench bench([](const std::shared_ptr<MockConnection>& connection) {
        connection->respond(200, R"({"id":"c","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]})");
    });
    ChatRequest request = hello();
    request.stream = false;
    QCOMPARE(bench.ask(request).result->text, std::string("Hi"));
    QCOMPARE(bench.ask().result->text, std::string("Hi"));
}

void OpenAiChatClientTest::readyCallsLeaveWhenStarted()
{
    std::atomic<int> calls = 0;
    Bench bench([&](const std::shared_ptr<MockConnection>& connection) {
        ++calls;
        stream(connection, answerStream);
    });
    OpenAiChatClient client(bench.http, bench.timer, bench.clock, bench.options);
    const auto first = client.makeReady(hello());
    const auto dropped = client.makeReady(hello());
    QVERIFY(bench.ask().result);
    QCOMPARE(calls.load(), 1);
    std::promise<ModelOutcome> outcome;
    first->start(nullptr, [&outcome](ModelOutcome ended) { outcome.set_value(std::move(ended)); });
    const ModelOutcome ended = outcome.get_future().get();
    QVERIFY(ended.result);
    QCOMPARE(ended.result->text, std::string("Hi"));
    QCOMPARE(calls.load(), 2);
}

void OpenAiChatClientTest::retriesPassingFailures()
{
    std::atomic<int> requests = 0;
    Bench bench([&requests](const std::shared_ptr<MockConnection>& connection) {
        const int request = ++requests;
        if (request == 1)
            connection->respond(503, "{}");
        else if (request == 2)
            stream(connection, "data: {\"error\":{\"type\":\"server_error\",\"message\":\"m\"}}\n\n");
        else
            stream(connection, answerStream);
    });
    const ModelOutcome outcome = bench.ask();
    QVERIFY(outcome.result.has_value());
    QCOMPARE(outcome.attempts, 3);
    const Duration waited = bench.clock.steady();
    QVERIFY(waited > std::chrono::milliseconds(1'100) && waited <= std::chrono::milliseconds(1'500));
}

void OpenAiChatClientTest::honoursRetryAfter()
{
    std::atomic<int> requests = 0;
    Bench bench([&requests](const std::shared_ptr<MockConnection>& connection) {
        if (++requests == 1)
            connection->respond(429, "{}", "Retry-After: 17\r\n");
        else
            stream(connection, answerStream);
    });
    QVERIFY(bench.ask().result.has_value());
    QVERIFY(bench.clock.steady() == std::chrono::seconds(17));
}

void OpenAiChatClientTest::neverRepeatsWhatWasShown()
{
    std::atomic<int> requests = 0;
    Bench bench([&requests](const std::shared_ptr<MockConnection>& connection) {
        ++requests;
        stream(connection, "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n");
    });
    const ModelOutcome outcome = bench.ask();
    QVERIFY(outcome.result.error().kind == FailureKind::Truncated);
    QCOMPARE(outcome.result.error().shownEvents, std::size_t(1));
    QCOMPARE(requests.load(), 1);
}

void OpenAiChatClientTest::failures_data()
{
    QTest::addColumn<QString>("behaviour");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("attempts");
    QTest::newRow("refused") << "401" << "status" << 1;
    QTest::newRow("hangs") << "hang" << "timeout" << 3;
    QTest::newRow("closes") << "close" << "transport" << 3;
    QTest::newRow("a page") << "page" << "malformed" << 3;
    QTest::newRow("denied address") << "denied" << "denied" << 1;
    QTest::newRow("bad address") << "address" << "transport" << 1;
    QTest::newRow("too large") << "large" << "too-large" << 1;
}

void OpenAiChatClientTest::failures()
{
    QFETCH(QString, behaviour);
    QFETCH(QString, kind);
    QFETCH(int, attempts);
    Bench bench([&behaviour](const std::shared_ptr<MockConnection>& connection) {
        if (behaviour == "401")
            connection->respond(401, R"({"error":{"message":"bad key","code":"invalid_api_key"}})");
        else if (behaviour == "close")
            connection->close();
        else if (behaviour == "page")
            stream(connection, "<html></html>");
        else if (behaviour == "large")
            stream(connection,
                "data: {\"choices\":[{\"delta\":{\"content\":\"0123456789012345678901234567890123456789\"}}]}\n\n");
    });
    if (behaviour == "hang")
        bench.options.totalTimeout = std::chrono::milliseconds(30);
    if (behaviour == "denied")
        bench.options.addressRules.allowLoopback = false;
    if (behaviour == "address")
        bench.options.baseUrl = "not an address";
    if (behaviour == "large")
        bench.options.limits.textBytes = 32;
    const ModelOutcome outcome = bench.ask();
    QVERIFY(!outcome.result);
    QCOMPARE(std::string(provider::toString(outcome.result.error().kind)), kind.toStdString());
    QCOMPARE(outcome.attempts, attempts);
    QVERIFY(toError(outcome.result.error()).code.starts_with("provider."));
}

void OpenAiChatClientTest::cancelsWhileWaitingToRetry()
{
    std::promise<void> refused;
    Bench bench([&refused](const std::shared_ptr<MockConnection>& connection) {
        connection->respond(503, "{}", "Retry-After: 50\r\n");
        refused.set_value();
    });
    const auto timer = net::makeLoopTimer(bench.loop);
    OpenAiChatClient client(bench.http, *timer, bench.clock, bench.options);
    std::promise<ModelOutcome> outcome;
    const auto call
        = client.start(hello(), nullptr, [&outcome](ModelOutcome ended) { outcome.set_value(std::move(ended)); });
    refused.get_future().wait();
    call->cancel();
    const ModelOutcome ended = outcome.get_future().get();
    QVERIFY(ended.result.error().kind == FailureKind::Cancelled);
    QCOMPARE(ended.attempts, 1);
}

void OpenAiChatClientTest::cancelsWhileStreaming()
{
    Bench bench([](const std::shared_ptr<MockConnection>& connection) {
        connection->beginStream();
        connection->send("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n");
    });
    OpenAiChatClient client(bench.http, bench.timer, bench.clock, bench.options);
    std::promise<void> shown;
    std::promise<ModelOutcome> outcome;
    const auto call = client.start(
        hello(), [&shown](const ModelEvent&) { shown.set_value(); },
        [&outcome](ModelOutcome ended) { outcome.set_value(std::move(ended)); });
    shown.get_future().wait();
    call->cancel();
    QVERIFY(outcome.get_future().get().result.error().kind == FailureKind::Cancelled);
}

void OpenAiChatClientTest::awaits()
{
    Bench bench([](const std::shared_ptr<MockConnection>& connection) { stream(connection, answerStream); });
    OpenAiChatClient client(bench.http, bench.timer, bench.clock, bench.options);
    std::promise<ModelOutcome> outcome;
    boost::asio::co_spawn(bench.loop.context(), completeInto(client, &outcome), boost::asio::detached);
    QCOMPARE(outcome.get_future().get().result->text, std::string("Hi"));
}

void OpenAiChatClientTest::httpDates()
{
    QVERIFY(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT") == parseInstant("1994-11-06T08:49:37Z").value());
    for (const char* bad : {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
             "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Xxx 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC"})
        QVERIFY2(!parseHttpDate(bad), bad);
}

QTEST_GUILESS_MAIN(OpenAiChatClientTest)
#include "openai_chat_client_test.moc"
