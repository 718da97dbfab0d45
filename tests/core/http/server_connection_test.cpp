#include "core/http/server.h"

#include "tests/core/http/served.h"

#include <future>
#include <poll.h>
#include <span>
#include <sys/stat.h>

using namespace ephor;
using namespace ephor::http;
using namespace ephor::tests;

namespace {

using namespace std::chrono_literals;

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

class ServerConnectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
    void closesAStreamThatIsNotRead();
    void servesTheOwnersSocket();
    void refusesAForeignSocketFile();
    void needsTlsBeyondThisMachine();
    void stopsWithStreamsOpen();
};

void ServerConnectionTest::refusesBadInput_data()
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
    row("coding under chunks",
        "POST /v1/operations/runs.list HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501,
        "http.transfer-coding");
    row("coding alone, chat", "POST /v1/chat/completions HTTP/1.1\r\n" + host + "Transfer-Encoding: identity\r\n\r\n{}",
        501, "http.transfer-coding");
    row("large body", "POST /v1/operations/runs.list HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n{}", 413,
        "http.body-too-large");
    row("large body, chat", "POST /v1/chat/completions HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n{}", 413,
        "http.body-too-large");
    row("large chunks",
        "POST /v1/operations/runs.list HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n"
            + std::string(100'000, 'x'),
        413, "http.body-too-large");
    row("no route", rawRequest("GET", "/nothing"), 404, "http.no-route");
    row("no route, responses", rawRequest("POST", "/v1/responses", "{}"), 404, "http.no-route");
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

void ServerConnectionTest::refusesBadInput()
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
    const bool openAi
        = bytes.contains(" /v1/chat/") || bytes.contains(" /v1/models") || bytes.contains(" /v1/responses");
    QCOMPARE(fieldIn(reply, "content-type"), std::string(openAi ? "application/json" : "application/problem+json"));
    const auto body = parseJson(reply.body);
    QCOMPARE(body->contains("error"), openAi);
    QVERIFY2(!code.startsWith("http.") || openAi || !body->value("hint", "").empty(), reply.body.c_str());
    RawClient next(server->port());
    next.send(rawRequest("GET", "/healthz"));
    QCOMPARE(next.reply().status, 200);
}

void ServerConnectionTest::takesChunkedBodies()
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

void ServerConnectionTest::takesRequestsInPieces()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    for (const char c : rawRequest("GET", "/healthz"))
        client.send(std::string(1, c));
    QCOMPARE(client.reply().status, 200);
}

void ServerConnectionTest::answersExpectations()
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

void ServerConnectionTest::answersPipelinedRequestsInOrder()
{
    FakeBackend backend;
    const auto server = serve(backend);
    RawClient client(server->port());
    client.send(rawRequest("GET", "/healthz") + rawRequest("GET", "/nothing") + rawRequest("GET", "/v1/version"));
    QCOMPARE(client.reply().status, 200);
    QCOMPARE(client.reply().status, 404);
    QVERIFY(client.reply().body.find("protocol") != std::string::npos);
}

void ServerConnectionTest::answersHeadWithoutABody()
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

void ServerConnectionTest::speaksOldHttp()
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

void ServerConnectionTest::endsSlowHeaders()
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

void ServerConnectionTest::endsSlowBodies()
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

void ServerConnectionTest::endsIdleConnections()
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

void ServerConnectionTest::limitsConnections()
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

void ServerConnectionTest::limitsTheQueue()
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

void ServerConnectionTest::closesAStreamThatIsNotRead()
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

void ServerConnectionTest::servesTheOwnersSocket()
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

void ServerConnectionTest::refusesAForeignSocketFile()
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

void ServerConnectionTest::needsTlsBeyondThisMachine()
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

void ServerConnectionTest::stopsWithStreamsOpen()
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

QTEST_GUILESS_MAIN(ServerConnectionTest)
#include "server_connection_test.moc"
