#include "core/http/server.h"

#include "core/api/definitions.h"
#include "core/api/resolve.h"
#include "core/api/runs.h"
#include "core/api/workspace.h"
#include "tests/core/http/served.h"

using namespace ephor;
using namespace ephor::http;
using namespace ephor::tests;

namespace {

using namespace std::chrono_literals;

}

class ServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersHealthAndVersion();
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
