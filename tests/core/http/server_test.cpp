#include "core/http/server.h"

#include "core/api/definitions.h"
#include "core/api/resolve.h"
#include "core/api/runs.h"
#include "core/api/workspace.h"
#include "core/base/json.h"
#include "tests/core/http/fake_backend.h"
#include "tests/core/http/raw_client.h"

#include <QtTest/QtTest>

#include <future>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <span>
#include <sys/stat.h>

using namespace ephor;
using namespace ephor::http;
using namespace ephor::tests;

namespace {

using namespace std::chrono_literals;

const std::string chatBody = R"({"model":"refunds","messages":[{"role":"user","content":"Hi"}]})";
const std::string chatStreamBody = R"({"model":"refunds","stream":true,"messages":[{"role":"user","content":"Hi"}]})";

std::unique_ptr<Server> serve(Backend& backend, const ServerOptions& options = {})
{
    auto server = Server::start(backend, options);
    if (!server)
        qFatal("%s", describe(server.error()).c_str());
    return std::move(*server);
}

std::string fieldIn(const HttpReply& reply, std::string_view name)
{
    return std::string(findHeader(reply.headers, name).value_or(""));
}

std::string codeIn(const HttpReply& reply)
{
    const auto json = parseJson(reply.body);
    if (!json || !json->is_object())
        return "not json: " + reply.body;
    return json->contains("error") ? (*json)["error"].value("code", "") : json->value("code", "");
}

/// The first `count` of them that have something to read.
std::vector<std::size_t> firstAnswered(std::span<RawClient> clients, std::size_t count)
{
    std::vector<pollfd> waiting;
    for (const RawClient& client : clients)
        waiting.push_back({client.descriptor(), POLLIN, 0});
    std::vector<std::size_t> answered;
    while (answered.size() < count && ::poll(waiting.data(), waiting.size(), 20'000) > 0) {
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].fd >= 0 && waiting[i].revents) {
                answered.push_back(i);
                waiting[i].fd = -1;
            }
        }
    }
    return answered;
}

std::string chunksOf(const std::vector<std::string>& pieces)
{
    std::string out;
    for (const std::string& piece : pieces)
        out += QByteArray::number(qulonglong(piece.size()), 16).toStdString() + "\r\n" + piece + "\r\n";
    return out + "0\r\n\r\n";
}

}

class ServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersHealthAndVersion();
    void refusesBadInput_data();
    void refusesBadInput();
    void takesChunkedBodies();
    void takesRequestsInPieces();
    void answersExpectations();
    void answersPipelinedRequestsInOrder();
    void answersHeadWithoutABody();
    void speaksOldHttp();
    void endsSlowHeaders();
    void endsSlowBodies();
    void endsIdleConnections();
    void limitsConnections();
    void limitsTheQueue();
    void callsOperations();
    void says202WhileAnApprovalWaits();
    void carriesTheCaller();
    void listsModels();
    void resolvesPrompts();
    void servesMetrics();
    void keepsForeignPagesOut();
    void chatsWhole();
    void chatsInAStream();
    void chatWaitsForAPersonAndEnds();
    void aGoneClientLeavesTheRunAlone();
    void streamsRunEvents();
    void cancelsARunOfItsCaller();
    void streamsEvents();
    void closesAStreamThatIsNotRead();
    void servesTheOwnersSocket();
    void refusesAForeignSocketFile();
    void needsTlsBeyondThisMachine();
    void stopsWithStreamsOpen();
    void survivesAThrowingBackend();
};

void ServerTest::answersHealthAndVersion()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    QVERIFY(client.send(rawRequest("GET", "/healthz")));
    const HttpReply health = client.reply();
    QCOMPARE(health.status, 200);
    QCOMPARE(health.body, std::string(R"({"status":"ok"})"));
    QVERIFY(!fieldIn(health, "x-request-id").empty());
    QVERIFY(client.send(rawRequest("GET", "/v1/version")));
    QCOMPARE((*parseJson(client.reply().body))["protocol"].get<int>(), 1);
    QVERIFY(client.send(rawRequest("GET", "/v1/openapi.json")));
    QCOMPARE((*parseJson(client.reply().body))["openapi"].get<std::string>(), std::string("3.1.0"));
}

void ServerTest::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, const std::string& bytes, int status, const char* code) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << status << QByteArray(code);
    };
    const std::string host = "Host: localhost\r\n";
    row("not http", "hello there\r\n\r\n", 400, "http.malformed");
    row("binary", std::string("\x16\x03\x01\x02\0\x01\0", 7) + "\r\n\r\n", 400, "http.malformed");
    row("http/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http.version");
    row("bad field", "GET /healthz HTTP/1.1\r\nHost localhost\r\n\r\n", 400, "http.malformed");
    row("large fields", "GET /healthz HTTP/1.1\r\n" + host + "X: " + std::string(40'000, 'x') + "\r\n\r\n", 431,
        "http.headers-too-large");
    row("large fields, chat",
        "POST /v1/chat/completions HTTP/1.1\r\n" + host + "X: " + std::string(40'000, 'x') + "\r\n\r\n", 431,
        "http.headers-too-large");
    row("no host", "GET /healthz HTTP/1.1\r\n\r\n", 400, "http.host-field");
    row("foreign host", "GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421, "http.host");
    row("two hosts", "GET /healthz HTTP/1.1\r\n" + host + host + "\r\n", 400, "http.host-field");
    row("length and chunks",
        "POST /v1/operations/runs.list HTTP/1.1\r\n" + host
            + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400, "http.malformed");
    row("two lengths",
        "POST /v1/operations/runs.list HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400,
        "http.malformed");
    row("bad length", "POST /v1/runs HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400, "http.malformed");
    row("bad chunk", "POST /v1/operations/runs.list HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        400, "http.malformed");
    row("large body", "POST /v1/operations/runs.list HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n{}", 413,
        "http.body-too-large");
    row("large body, chat", "POST /v1/chat/completions HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n{}", 413,
        "http.body-too-large");
    row("large chunks",
        "POST /v1/operations/runs.list HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n"
            + std::string(100'000, 'x'),
        413, "http.body-too-large");
    row("no route", rawRequest("GET", "/nothing"), 404, "http.no-route");
    row("no route, models", rawRequest("GET", "/v1/models/a/b"), 404, "http.no-route");
    row("wrong method", rawRequest("DELETE", "/v1/models"), 405, "http.method");
    row("bad target", rawRequest("GET", "/v1/models/%zz"), 400, "http.target");
    row("basic auth", rawRequest("GET", "/v1/models", "", "Authorization: Basic eDp5\r\n"), 401, "http.authorization");
    row("no operation", rawRequest("POST", "/v1/operations/no.such", "{}"), 404, "http.no-operation");
    row("form body",
        "POST /v1/operations/runs.list HTTP/1.1\r\n" + host + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
        415, "http.media-type");
    row("json syntax", rawRequest("POST", "/v1/operations/runs.list", "{\"filter\":"), 400, "json.syntax");
    row("duplicate", rawRequest("POST", "/v1/operations/runs.list", R"({"filter":{},"filter":{}})"), 400,
        "json.duplicate-key");
    row("not utf-8", rawRequest("POST", "/v1/operations/runs.list", "{\"filter\":{\"agent\":\"\xff\"}}"), 400,
        "json.utf8");
    row("deep", rawRequest("POST", "/v1/operations/runs.list", std::string(100'000, '[')), 413, "json.too-deep");
    row("deep, chat", rawRequest("POST", "/v1/chat/completions", std::string(100'000, '[')), 413, "json.too-deep");
    row("unknown member", rawRequest("POST", "/v1/operations/runs.list", R"({"filtr":{}})"), 400,
        "value.unknown-member");
    row("wrong type", rawRequest("POST", "/v1/operations/runs.list", R"({"filter":7})"), 400, "value.type");
    row("missing", rawRequest("POST", "/v1/operations/runs.get", "{}"), 400, "value.required");
    row("run without agent", rawRequest("POST", "/v1/runs", "{}"), 400, "value.required");
    row("bad topic", rawRequest("GET", "/v1/events?topics=weather"), 400, "value.word");
    row("bad after", rawRequest("GET", "/v1/runs/r/events?after=x"), 400, "http.query");
    row("no run", rawRequest("GET", "/v1/runs/r/events"), 404, "run.unknown");
    row("long key",
        rawRequest("POST", "/v1/operations/runs.list", "{}", "Idempotency-Key: " + std::string(300, 'k') + "\r\n"), 400,
        "http.idempotency-key");
}

void ServerTest::refusesBadInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(bytes.toStdString());
    const HttpReply reply = client.reply();
    QCOMPARE(reply.status, status);
    QCOMPARE(QByteArray::fromStdString(codeIn(reply)), code);
    const bool openAi = bytes.contains(" /v1/chat/") || bytes.contains(" /v1/models");
    QCOMPARE(fieldIn(reply, "content-type"), std::string(openAi ? "application/json" : "application/problem+json"));
    QCOMPARE(parseJson(reply.body)->contains("error"), openAi);
    RawClient next(server->port());
    next.send(rawRequest("GET", "/healthz"));
    QCOMPARE(next.reply().status, 200);
}

void ServerTest::takesChunkedBodies()
{
    FakeBackend backend;
    backend.script = {{"", 0, RunEventKind::Finished, "", {}}};
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunksOf({chatBody.substr(0, 10), chatBody.substr(10, 1), chatBody.substr(11)}));
    QCOMPARE(client.reply().status, 200);
    QCOMPARE(backend.lastRun.agent, Name("refunds"));
}

void ServerTest::takesRequestsInPieces()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    for (const char c : rawRequest("GET", "/healthz"))
        client.send(std::string(1, c));
    QCOMPARE(client.reply().status, 200);
}

void ServerTest::answersExpectations()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.receiveUntil("\r\n\r\n"), std::string("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send("{}");
    QCOMPARE(client.reply().status, 400);
}

void ServerTest::answersPipelinedRequestsInOrder()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("GET", "/healthz") + rawRequest("GET", "/nothing") + rawRequest("GET", "/v1/version"));
    QCOMPARE(client.reply().status, 200);
    QCOMPARE(client.reply().status, 404);
    QVERIFY(client.reply().body.find("protocol") != std::string::npos);
}

void ServerTest::answersHeadWithoutABody()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("HEAD", "/healthz", "", "Connection: close\r\n"));
    const std::string all = client.receiveAll();
    QVERIFY(all.starts_with("HTTP/1.1 200 OK\r\n"));
    QVERIFY(all.find("Content-Length: 15\r\n") != std::string::npos);
    QVERIFY(all.ends_with("\r\n\r\n"));
}

void ServerTest::speaksOldHttp()
{
    FakeBackend backend;
    backend.script = {{"", 0, RunEventKind::Text, "x", {}}, {"", 0, RunEventKind::Finished, "", {}}};
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send("POST /v1/chat/completions HTTP/1.0\r\nHost: localhost\r\nContent-Length: "
        + std::to_string(chatStreamBody.size()) + "\r\n\r\n" + chatStreamBody);
    const std::string all = client.receiveAll();
    QVERIFY(all.find("chunked") == std::string::npos);
    QVERIFY(all.ends_with("\n\ndata: [DONE]\n\n"));
}

void ServerTest::endsSlowHeaders()
{
    FakeBackend backend;
    ServerOptions options;
    options.times.header = 50ms;
    const auto server = serve(backend, options);
    RawClient client(server->port());
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: loc");
    const HttpReply reply = client.reply();
    QCOMPARE(reply.status, 408);
    QCOMPARE(codeIn(reply), std::string("http.timeout"));
    QCOMPARE(fieldIn(reply, "connection"), std::string("close"));
    QVERIFY(client.receiveAll().empty());
}

void ServerTest::endsSlowBodies()
{
    FakeBackend backend;
    ServerOptions options;
    options.times.body = 50ms;
    const auto server = serve(backend, options);
    RawClient client(server->port());
    client.send("POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{");
    QCOMPARE(client.reply().status, 408);
    RawClient truncated(server->port());
    truncated.send("POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{");
    truncated.finishSending();
    QCOMPARE(codeIn(truncated.reply()), std::string("http.truncated"));
}

void ServerTest::endsIdleConnections()
{
    FakeBackend backend;
    ServerOptions options;
    options.times.idle = 50ms;
    const auto server = serve(backend, options);
    RawClient silent(server->port());
    QVERIFY(silent.receiveAll().empty());
    RawClient once(server->port());
    once.send(rawRequest("GET", "/healthz"));
    QCOMPARE(once.reply().status, 200);
    QVERIFY(once.receiveAll().empty());
}

void ServerTest::limitsConnections()
{
    FakeBackend backend;
    ServerOptions options;
    options.limits.connections = 1;
    const auto server = serve(backend, options);
    RawClient first(server->port());
    first.send(rawRequest("GET", "/healthz"));
    QCOMPARE(first.reply().status, 200);
    RawClient second(server->port());
    const HttpReply refused = second.reply();
    QCOMPARE(refused.status, 503);
    QCOMPARE(fieldIn(refused, "retry-after"), std::string("1"));
    QCOMPARE(codeIn(refused), std::string("http.connections"));
}

void ServerTest::limitsTheQueue()
{
    FakeBackend backend;
    std::promise<void> entered;
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    std::atomic<int> calls = 0;
    backend.onInvoke = [&](const OperationType&, const void*, void*, const CallContext&) -> Result<void> {
        if (++calls == 1)
            entered.set_value();
        released.wait();
        return {};
    };
    ServerOptions options;
    options.limits.workers = 1;
    options.limits.queuedRequests = 1;
    const auto server = serve(backend, options);
    const std::string list = rawRequest("POST", "/v1/operations/runs.list", "{}");
    RawClient working(server->port());
    working.send(list);
    entered.get_future().wait();
    // One more waits, whichever of them that is; the others hear at once that there is no room.
    RawClient clients[]{RawClient(server->port()), RawClient(server->port()), RawClient(server->port())};
    for (RawClient& client : clients)
        client.send(list);
    const std::vector<std::size_t> answered = firstAnswered(clients, 2);
    QCOMPARE(answered.size(), std::size_t(2));
    for (const std::size_t index : answered) {
        const HttpReply refused = clients[index].reply();
        QCOMPARE(refused.status, 503);
        QCOMPARE(codeIn(refused), std::string("http.busy"));
        QCOMPARE(fieldIn(refused, "retry-after"), std::string("1"));
    }
    release.set_value();
    QCOMPARE(working.reply().status, 200);
    QCOMPARE(clients[3 - answered[0] - answered[1]].reply().status, 200);
}

void ServerTest::callsOperations()
{
    FakeBackend backend;
    backend.onInvoke
        = [](const OperationType& operation, const void* request, void* response, const CallContext&) -> Result<void> {
        if (operation.operation->name != SetTraffic::operation.name)
            return fail(
                Error(ErrorKind::Conflict, "some.conflict", "It moved on.", "Look again.").with("version", "7"));
        detail::as<SetTraffic::Response>(response).perMinute = detail::as<SetTraffic::Request>(request).perMinute * 2;
        return {};
    };
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("POST", "/v1/operations/demo.traffic", R"({"perMinute":21})"));
    const HttpReply done = client.reply();
    QCOMPARE(done.status, 200);
    QCOMPARE(done.body, std::string(R"({"perMinute":42})"));
    QCOMPARE(fieldIn(done, "cache-control"), std::string("no-store"));
    client.send(rawRequest("POST", "/v1/operations/runs.list", "{}"));
    const HttpReply failed = client.reply();
    QCOMPARE(failed.status, 409);
    const Json problem = *parseJson(failed.body);
    QCOMPARE(problem["detail"].get<std::string>(), std::string("It moved on."));
    QCOMPARE(problem["hint"].get<std::string>(), std::string("Look again."));
    QCOMPARE(problem["type"].get<std::string>(), std::string("urn:ephor:problem:conflict"));
    QCOMPARE(problem["fields"][0]["value"].get<std::string>(), std::string("7"));
    QCOMPARE(problem["instance"].get<std::string>(), "urn:uuid:" + fieldIn(failed, "x-request-id"));
}

void ServerTest::says202WhileAnApprovalWaits()
{
    FakeBackend backend;
    ApprovalState state = ApprovalState::Waiting;
    backend.onInvoke = [&](const OperationType&, const void*, void* response, const CallContext&) -> Result<void> {
        detail::as<DecideApproval::Response>(response).request.state = state;
        return {};
    };
    const auto server = serve(backend);
    RawClient client(server->port());
    const std::string decide = rawRequest(
        "POST", "/v1/operations/approvals.decide", R"({"id":"a","digest":"d","reason":"fine","approve":true})");
    client.send(decide);
    QCOMPARE(client.reply().status, 202);
    state = ApprovalState::Approved;
    client.send(decide);
    QCOMPARE(client.reply().status, 200);
}

void ServerTest::carriesTheCaller()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest(
        "POST", "/v1/operations/runs.list", "{}", "Authorization: bearer  key-1 \r\nIdempotency-Key: once\r\n"));
    QCOMPARE(client.reply().status, 404);
    QCOMPARE(backend.lastContext.credential, std::string("key-1"));
    QCOMPARE(backend.lastContext.idempotencyKey, std::string("once"));
    QCOMPARE(backend.lastContext.peer, std::string("127.0.0.1"));
    QVERIFY(backend.lastContext.localPeer);
    QCOMPARE(int(backend.lastContext.surface), int(Surface::Http));
    client.send(rawRequest("POST", "/v1/operations/runs.list", "{}", "X-Forwarded-For: 10.0.0.1\r\n"));
    QCOMPARE(client.reply().status, 404);
    QVERIFY(!backend.lastContext.localPeer);
    QVERIFY(backend.lastContext.credential.empty());
}

void ServerTest::listsModels()
{
    FakeBackend backend;
    backend.onInvoke = [](const OperationType& operation, const void* request, void* response,
                           const CallContext& context) -> Result<void> {
        if (context.credential.empty())
            return fail(ErrorKind::Unauthenticated, "session.none", "Nobody is signed in.");
        if (operation.operation->name != ListDefinitions::operation.name
            || detail::as<ListDefinitions::Request>(request).kind != DefinitionKind::Agent)
            return fail(ErrorKind::Internal, "test.unexpected", "Something else was asked.");
        DefinitionSummary agent{DefinitionKind::Agent, "refunds"};
        agent.team = "shop";
        agent.production = 3;
        agent.changedAt = Instant(std::chrono::seconds(1'700'000'000));
        DefinitionSummary draft{DefinitionKind::Agent, "draft"};
        detail::as<ListDefinitions::Response>(response).definitions = {agent, draft};
        return {};
    };
    const auto server = serve(backend);
    RawClient client(server->port());
    const std::string key = "Authorization: Bearer k\r\n";
    client.send(rawRequest("GET", "/v1/models", "", key));
    QCOMPARE(client.reply().body,
        std::string(
            R"({"data":[{"created":1700000000,"id":"refunds","object":"model","owned_by":"shop"}],"object":"list"})"));
    client.send(rawRequest("GET", "/v1/models/refunds", "", key));
    QCOMPARE(client.reply().status, 200);
    client.send(rawRequest("GET", "/v1/models/draft", "", key));
    const HttpReply unknown = client.reply();
    QCOMPARE(unknown.status, 404);
    QCOMPARE(codeIn(unknown), std::string("model_not_found"));
    client.send(rawRequest("GET", "/v1/models"));
    const HttpReply anonymous = client.reply();
    QCOMPARE(anonymous.status, 401);
    QCOMPARE((*parseJson(anonymous.body))["error"]["type"].get<std::string>(), std::string("authentication_error"));
}

void ServerTest::resolvesPrompts()
{
    FakeBackend backend;
    ResolvePrompt::Request asked;
    backend.onInvoke
        = [&](const OperationType&, const void* request, void* response, const CallContext&) -> Result<void> {
        asked = detail::as<ResolvePrompt::Request>(request);
        auto& resolved = detail::as<ResolvePrompt::Response>(response);
        resolved.prompt.version.number = 7;
        resolved.prompt.version.digest = "sha256:abc";
        resolved.variant = Variant::Canary;
        return {};
    };
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("GET", "/v1/prompts/refund%20mail?unit=ann&agent=refunds"));
    const HttpReply first = client.reply();
    QCOMPARE(first.status, 200);
    QCOMPARE(fieldIn(first, "etag"), std::string("\"sha256:abc\""));
    QCOMPARE(fieldIn(first, "x-ephor-version"), std::string("7"));
    QCOMPARE((*parseJson(first.body))["variant"].get<std::string>(), std::string("canary"));
    QCOMPARE(asked.name, Name("refund mail"));
    QCOMPARE(asked.tag, (Text<64>("production")));
    QCOMPARE(asked.unit, (Text<256>("ann")));
    client.send(rawRequest("GET", "/v1/prompts/x", "", "If-None-Match: \"other\", W/\"sha256:abc\"\r\n"));
    const HttpReply known = client.reply();
    QCOMPARE(known.status, 304);
    QVERIFY(known.body.empty());
    QCOMPARE(fieldIn(known, "etag"), std::string("\"sha256:abc\""));
    client.send(rawRequest("GET", "/v1/prompts/x", "", "If-None-Match: \"other\"\r\n"));
    QCOMPARE(client.reply().status, 200);
}

void ServerTest::servesMetrics()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("GET", "/metrics"));
    const HttpReply own = client.reply();
    QCOMPARE(own.status, 200);
    QVERIFY(own.body.find("ephor_http_connections 1\n") != std::string::npos);
    client.send(rawRequest("GET", "/metrics", "", "Authorization: Bearer wrong\r\n"));
    QCOMPARE(client.reply().status, 404);
    client.send(rawRequest("GET", "/metrics", "", "X-Forwarded-For: 10.0.0.1\r\n"));
    QCOMPARE(client.reply().status, 404);
    backend.onInvoke = [](const OperationType&, const void*, void* response, const CallContext&) -> Result<void> {
        detail::as<ReadMetrics::Response>(response).values = {{"runs.total", 5}};
        return {};
    };
    client.send(rawRequest("GET", "/metrics", "", "Authorization: Bearer right\r\n"));
    const HttpReply all = client.reply();
    QVERIFY(all.body.find("# TYPE ephor_runs_total counter\nephor_runs_total 5\n") != std::string::npos);
    QVERIFY(fieldIn(all, "content-type").starts_with("text/plain; version=0.0.4"));
}

void ServerTest::keepsForeignPagesOut()
{
    FakeBackend backend;
    ServerOptions options;
    options.service.access.origins = {"https://page.example"};
    const auto server = serve(backend, options);
    RawClient client(server->port());
    client.send(rawRequest("POST", "/v1/operations/runs.list", "{}", "Origin: https://evil.example\r\n"));
    const HttpReply refused = client.reply();
    QCOMPARE(refused.status, 403);
    QCOMPARE(codeIn(refused), std::string("http.origin"));
    QVERIFY(fieldIn(refused, "access-control-allow-origin").empty());
    client.send(rawRequest("OPTIONS", "/v1/operations/runs.list", "", "Origin: https://page.example\r\n"));
    const HttpReply preflight = client.reply();
    QCOMPARE(preflight.status, 204);
    QCOMPARE(fieldIn(preflight, "access-control-allow-origin"), std::string("https://page.example"));
    client.send(rawRequest("GET", "/healthz", "", "Origin: https://page.example\r\n"));
    QCOMPARE(fieldIn(client.reply(), "access-control-allow-origin"), std::string("https://page.example"));
}

void ServerTest::chatsWhole()
{
    FakeBackend backend;
    backend.script = {{"", 0, RunEventKind::Started, "", {}}, {"", 0, RunEventKind::Text, "Hello", {}},
        {"", 0, RunEventKind::Finished, "", {R"({"usage":{"inputTokens":3,"outputTokens":1}})"}}};
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(
        rawRequest("POST", "/v1/chat/completions", chatBody, "x-ephor-person: ann\r\nAuthorization: Bearer k\r\n"));
    const HttpReply reply = client.reply();
    QCOMPARE(reply.status, 200);
    QCOMPARE(fieldIn(reply, "x-ephor-run"), std::string("run-1"));
    const Json body = *parseJson(reply.body);
    QCOMPARE(body["choices"][0]["message"]["content"].get<std::string>(), std::string("Hello"));
    QCOMPARE(body["usage"]["total_tokens"].get<int>(), 4);
    QCOMPARE(backend.lastRun.person, (Text<256>("ann")));
    QCOMPARE(backend.lastContext.credential, std::string("k"));
    QVERIFY(backend.waitForListeners("run-1", 0));
    backend.refuseRuns = Error(ErrorKind::NotFound, "agent.unknown", "There is no such agent.");
    client.send(rawRequest("POST", "/v1/chat/completions", chatBody));
    QCOMPARE(codeIn(client.reply()), std::string("model_not_found"));
}

void ServerTest::chatsInAStream()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("POST", "/v1/chat/completions", chatStreamBody));
    QVERIFY(backend.waitForListeners("run-1", 1));
    backend.say("run-1", RunEventKind::Text, "one");
    const std::string first = client.receiveUntil("\"one\"");
    QVERIFY(first.starts_with(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nx-ephor-run: run-1\r\n"));
    QVERIFY(first.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
    backend.say("run-1", RunEventKind::Text, "two");
    QVERIFY(client.receiveUntil("\"two\"").find("\"two\"") != std::string::npos);
    backend.say("run-1", RunEventKind::Finished);
    const std::string last = client.receiveUntil("0\r\n\r\n");
    QVERIFY(last.find("data: [DONE]\n\n\r\n0\r\n\r\n") != std::string::npos);
    QVERIFY(backend.waitForListeners("run-1", 0));
    client.send(rawRequest("GET", "/healthz"));
    QCOMPARE(client.reply().status, 200);
}

void ServerTest::chatWaitsForAPersonAndEnds()
{
    FakeBackend backend;
    backend.script = {{"", 0, RunEventKind::Waiting, "An officer must agree.", {R"({"approval":"ap-9"})"}}};
    ServerOptions options;
    options.service.chat.wait = 30ms;
    const auto server = serve(backend, options);
    RawClient client(server->port());
    client.send(rawRequest("POST", "/v1/chat/completions", chatStreamBody));
    const HttpReply stream = client.reply();
    QCOMPARE(stream.status, 200);
    QVERIFY(stream.body.find(": waiting for approval ap-9\n\n") != std::string::npos);
    QVERIFY(stream.body.find("Approval ap-9; run run-1.") != std::string::npos);
    QVERIFY(stream.body.ends_with("data: [DONE]\n\n"));
    client.send(rawRequest("POST", "/v1/chat/completions", chatBody));
    const HttpReply whole = client.reply();
    QCOMPARE(whole.status, 200);
    QVERIFY(whole.body.find("Approval ap-9; run run-2.") != std::string::npos);
    QVERIFY(backend.waitForListeners("run-1", 0));
    QVERIFY(backend.waitForListeners("run-2", 0));
}

void ServerTest::aGoneClientLeavesTheRunAlone()
{
    FakeBackend backend;
    const auto server = serve(backend);
    {
        RawClient client(server->port());
        client.send(rawRequest("POST", "/v1/chat/completions", chatStreamBody));
        QVERIFY(backend.waitForListeners("run-1", 1));
        backend.say("run-1", RunEventKind::Text, "one");
        client.receiveUntil("\"one\"");
    }
    QVERIFY(backend.waitForListeners("run-1", 0));
    backend.say("run-1", RunEventKind::Finished);
    RawClient again(server->port());
    again.send(rawRequest("GET", "/v1/runs/run-1/events?after=1"));
    QVERIFY(again.reply().body.find("event: finished") != std::string::npos);
}

void ServerTest::streamsRunEvents()
{
    FakeBackend backend;
    backend.script = {{"", 0, RunEventKind::Text, "a", {}}, {"", 0, RunEventKind::Finished, "", {}}};
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("POST", "/v1/runs", R"({"agent":"refunds","messages":[],"person":"ann"})"));
    const HttpReply started = client.reply();
    QCOMPARE(fieldIn(started, "x-ephor-run"), std::string("run-1"));
    QCOMPARE(started.body,
        std::string(
            ": run run-1\n\nid: 1\nevent: text\ndata: {\"data\":null,\"kind\":\"text\",\"run\":\"run-1\",\"seq\":1,"
            "\"text\":\"a\"}\n\nid: 2\nevent: finished\ndata: {\"data\":null,\"kind\":\"finished\",\"run\":\"run-1\","
            "\"seq\":2,\"text\":\"\"}\n\n"));
    client.send(rawRequest("GET", "/v1/runs/run-1/events", "", "Last-Event-ID: 1\r\n"));
    const HttpReply rest = client.reply();
    QVERIFY(rest.body.starts_with(": run run-1\n\nid: 2\nevent: finished\n"));
}

void ServerTest::cancelsARunOfItsCaller()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("POST", "/v1/runs", R"({"agent":"refunds"})", "Authorization: Bearer mine\r\n"));
    client.receiveUntil(": run run-1\n\n");
    RawClient other(server->port());
    other.send(rawRequest("DELETE", "/v1/runs/run-1", "", "Authorization: Bearer theirs\r\n"));
    QCOMPARE(other.reply().status, 404);
    other.send(rawRequest("DELETE", "/v1/runs/run-1", "", "Authorization: Bearer mine\r\n"));
    QCOMPARE(other.reply().status, 202);
    QVERIFY(backend.waitForCancel("run-1"));
}

void ServerTest::streamsEvents()
{
    FakeBackend backend;
    ServerOptions options;
    options.service.heartbeat = 20ms;
    const auto server = serve(backend, options);
    RawClient client(server->port());
    client.send(rawRequest("GET", "/v1/events?topics=runs,stops"));
    QVERIFY(backend.waitForSubscribers(1));
    QCOMPARE(backend.lastTopics, (TopicSet{Topic::Runs, Topic::Stops}));
    backend.tell({5, Topic::Runs, "finished", "run-1", 2});
    const std::string got = client.receiveUntil("\"version\":2}\n\n");
    QVERIFY(got.find("id: 5\nevent: runs\ndata: {\"id\":\"run-1\",\"kind\":\"finished\",\"seq\":5,\"topic\":\"runs\",")
        != std::string::npos);
    QVERIFY(client.receiveUntil(": here\n\n").find(": here\n\n") != std::string::npos);
    client.close();
    QVERIFY(backend.waitForSubscribers(0));
    RawClient back(server->port());
    back.send(rawRequest("GET", "/v1/events", "", "Last-Event-ID: 5\r\n"));
    QVERIFY(back.receiveUntil("resync").find("\"kind\":\"resync\"") != std::string::npos);
}

void ServerTest::closesAStreamThatIsNotRead()
{
    FakeBackend backend;
    ServerOptions options;
    options.limits.backlogBytes = 64 * 1024;
    const auto server = serve(backend, options);
    RawClient client(server->port());
    client.send(rawRequest("GET", "/v1/events"));
    QVERIFY(backend.waitForSubscribers(1));
    const std::string filler(64 * 1024, 'x');
    for (int i = 0; i < 400; ++i)
        backend.tell({1, Topic::Runs, filler, "", 0});
    QVERIFY(backend.waitForSubscribers(0));
}

void ServerTest::servesTheOwnersSocket()
{
    QTemporaryDir folder;
    FakeBackend backend;
    ServerOptions options;
    options.address.reset();
    options.unixSocket = folder.filePath("ephor.sock").toStdString();
    auto server = serve(backend, options);
    QCOMPARE(server->port(), std::uint16_t(0));
    struct stat info{};
    QCOMPARE(::stat(options.unixSocket.c_str(), &info), 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
    RawClient client(options.unixSocket);
    client.send(
        "POST /v1/operations/runs.list HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    QCOMPARE(client.reply().status, 404);
    QVERIFY(backend.lastContext.localPeer);
    const auto second = Server::start(backend, options);
    QCOMPARE(second.error().code, std::string("http.socket-taken"));
    server.reset();
    QVERIFY(!QFile::exists(folder.filePath("ephor.sock")));
}

void ServerTest::refusesAForeignSocketFile()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("precious"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    FakeBackend backend;
    ServerOptions options;
    options.address.reset();
    options.unixSocket = folder.filePath("precious").toStdString();
    QCOMPARE(Server::start(backend, options).error().code, std::string("http.socket-taken"));
    QVERIFY(file.exists());
    // What a server that died left behind is a socket that nobody answers.
    options.unixSocket = folder.filePath("stale").toStdString();
    const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    options.unixSocket.copy(address.sun_path, sizeof address.sun_path - 1);
    QCOMPARE(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(left);
    QVERIFY(Server::start(backend, options));
    options.unixSocket = std::string(200, 'x');
    QCOMPARE(Server::start(backend, options).error().code, std::string("http.socket-path"));
}

void ServerTest::needsTlsBeyondThisMachine()
{
    FakeBackend backend;
    ServerOptions options;
    options.address = "0.0.0.0";
    QCOMPARE(Server::start(backend, options).error().code, std::string("http.plain-text"));
    options.plainText = PlainText::Everywhere;
    QVERIFY(Server::start(backend, options));
    options.address = "somewhere";
    QCOMPARE(Server::start(backend, options).error().code, std::string("http.address"));
    options.address = "127.0.0.1";
    options.certificateFile = "/nonexistent";
    QCOMPARE(Server::start(backend, options).error().code, std::string("http.tls"));
    const auto server = serve(backend);
    ServerOptions taken;
    taken.port = server->port();
    QCOMPARE(Server::start(backend, taken).error().code, std::string("http.listen"));
}

void ServerTest::stopsWithStreamsOpen()
{
    FakeBackend backend;
    auto server = serve(backend);
    RawClient events(server->port());
    events.send(rawRequest("GET", "/v1/events"));
    RawClient chat(server->port());
    chat.send(rawRequest("POST", "/v1/chat/completions", chatBody));
    RawClient idle(server->port());
    QVERIFY(backend.waitForSubscribers(1));
    QVERIFY(backend.waitForListeners("run-1", 1));
    server.reset();
    QVERIFY(backend.waitForSubscribers(0));
    QVERIFY(backend.waitForListeners("run-1", 0));
    backend.say("run-1", RunEventKind::Finished);
    QVERIFY(idle.receiveAll().empty());
}

void ServerTest::survivesAThrowingBackend()
{
    FakeBackend backend;
    backend.onInvoke = [](const OperationType&, const void*, void*, const CallContext&) -> Result<void> {
        throw std::runtime_error("x");
    };
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("POST", "/v1/operations/runs.list", "{}"));
    const HttpReply reply = client.reply();
    QCOMPARE(reply.status, 500);
    QCOMPARE(codeIn(reply), std::string("http.fault"));
}

QTEST_GUILESS_MAIN(ServerTest)
#include "server_test.moc"
