#include "core/http/remote_backend.h"

#include "core/api/runs.h"
#include "core/api/session.h"
#include "core/api/workspace.h"
#include "core/domain/any_value.h"
#include "core/domain/reflect.h"
#include "core/http/server.h"
#include "tests/core/http/filled_value.h"
#include "tests/core/http/raw_client.h"
#include "tests/core/http/remote_stage.h"
#include "tests/core/http/tls_files.h"

#include <QtTest/QtTest>

#include <atomic>
#include <future>
#include <nlohmann/json.hpp>
#include <thread>

using namespace ephor;
using namespace ephor::http;
using namespace ephor::tests;

using namespace std::chrono_literals;

class RemoteBackendTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyOperationSurvives_data();
    void everyOperationSurvives();
    void everyErrorSurvives_data();
    void everyErrorSurvives();
    void showsSecretsToTheServer();
    void callsSideBySide();
    void usesConnectionsAgain();
    void repeatsReadsOnADeadConnection();
    void speaksOverTheSocket();
    void speaksTls();
    void distrustsForeignCertificates();
    void cannotReachNobody();
    void givesUpASilentServer();
    void refusesOtherServers_data();
    void refusesOtherServers();
};

void RemoteBackendTest::everyOperationSurvives_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < operationCatalogue().size(); ++i)
        QTest::newRow(operationCatalogue()[i].operation->name.data()) << int(i);
}

void RemoteBackendTest::everyOperationSurvives()
{
    QFETCH(int, index);
    const OperationType& type = operationCatalogue()[std::size_t(index)];
    AnyValue request(type.request());
    fillValue(request.type(), request.get());
    AnyValue answer(type.response());
    fillValue(answer.type(), answer.get());
    const Json answerJson = toJson(answer.type(), answer.get());

    FakeBackend backend;
    Json heard;
    backend.onInvoke
        = [&](const OperationType& called, const void* value, void* response, const CallContext&) -> Result<void> {
        heard = toJson(called.request(), value, Secrets::Show);
        return fromJson(called.response(), response, answerJson, UnknownMembers::Refuse);
    };
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    AnyValue response(type.response());
    const auto done = remote->invoke(type, request.get(), response.get(), keyed("k"));
    QVERIFY2(done, done ? "" : describe(done.error()).c_str());
    QCOMPARE(heard, toJson(request.type(), request.get(), Secrets::Show));
    QCOMPARE(toJson(response.type(), response.get()), answerJson);
    QCOMPARE(backend.lastContext.credential, std::string("k"));
}

void RemoteBackendTest::everyErrorSurvives_data()
{
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind <= int(ErrorKind::Internal); ++kind)
        QTest::newRow(std::string(toString(ErrorKind(kind))).c_str()) << kind;
}

void RemoteBackendTest::everyErrorSurvives()
{
    QFETCH(int, kind);
    const Error error = Error(ErrorKind(kind), "some.code", "A message, \"é\".", "A hint.")
                            .with("z", "1")
                            .with("a", "2")
                            .with("a", "");
    FakeBackend backend;
    backend.onInvoke
        = [&](const OperationType&, const void*, void*, const CallContext&) -> Result<void> { return fail(error); };
    backend.refuseRuns = error;
    backend.refuseStreams = error;
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    QCOMPARE(remote->call<ListRuns>({}, {}).error(), error);
    StartRun::Request run;
    run.agent = "refunds";
    QCOMPARE(remote->start(run, {}, [](const RunEvent&) { }).error(), error);
    QCOMPARE(remote->follow("r", 0, {}, [](const RunEvent&) { }).error(), error);
    QCOMPARE(remote->subscribe({}, {}, [](const Event&) { }).error(), error);
}

void RemoteBackendTest::showsSecretsToTheServer()
{
    FakeBackend backend;
    std::string password;
    backend.onInvoke
        = [&](const OperationType&, const void* request, void* response, const CallContext&) -> Result<void> {
        password = detail::as<SignIn::Request>(request).password;
        detail::as<SignIn::Response>(response).token = "token-1";
        return {};
    };
    const auto server = serveFake(backend);
    const auto signedIn = connectTo(remoteOf(*server))->call<SignIn>({"ann", {"correct horse"}}, {});
    QCOMPARE(password, std::string("correct horse"));
    QCOMPARE(signedIn->token, std::string("token-1"));
}

void RemoteBackendTest::callsSideBySide()
{
    FakeBackend backend;
    std::mutex mutex;
    std::condition_variable changed;
    int inside = 0;
    // Each answers only once all are there: calls that queued behind one another would never end.
    backend.onInvoke = [&](const OperationType&, const void*, void* response, const CallContext&) -> Result<void> {
        std::unique_lock lock(mutex);
        ++inside;
        changed.notify_all();
        const bool all = changed.wait_for(lock, patience, [&] { return inside >= 8; });
        detail::as<SetTraffic::Response>(response).perMinute = all ? 1 : 0;
        return {};
    };
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    std::vector<std::future<bool>> calls;
    for (int i = 0; i < 8; ++i)
        calls.push_back(std::async(std::launch::async, [&] {
            const auto answer = remote->call<SetTraffic>({}, {});
            return answer && answer->perMinute == 1;
        }));
    for (auto& call : calls)
        QVERIFY(call.get());
}

void RemoteBackendTest::usesConnectionsAgain()
{
    FakeBackend backend;
    backend.onInvoke = [](const OperationType&, const void*, void*, const CallContext&) -> Result<void> { return {}; };
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    for (int i = 0; i < 20; ++i)
        QVERIFY(remote->call<ReadMetrics>({}, {}));
    RawClient client(server->port());
    client.send(rawRequest("GET", "/metrics"));
    QVERIFY(client.reply().body.find("ephor_http_connections_total 2\n") != std::string::npos);
}

void RemoteBackendTest::repeatsReadsOnADeadConnection()
{
    FakeBackend backend;
    std::atomic<int> calls = 0;
    backend.onInvoke = [&](const OperationType&, const void*, void*, const CallContext&) -> Result<void> {
        ++calls;
        return {};
    };
    auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    QVERIFY(remote->call<ReadMetrics>({}, {}));
    ServerOptions same;
    same.port = server->port();
    server.reset();
    server = serveFake(backend, same);
    QVERIFY(remote->call<ReadMetrics>({}, {}));
    QCOMPARE(calls.load(), 2);
}

void RemoteBackendTest::speaksOverTheSocket()
{
    QTemporaryDir folder;
    FakeBackend backend;
    ServerOptions options;
    options.address.reset();
    options.unixSocket = folder.filePath("s").toStdString();
    const auto server = serveFake(backend, options);
    RemoteOptions remoteOptions;
    remoteOptions.unixSocket = options.unixSocket;
    const auto remote = connectTo(remoteOptions);
    QCOMPARE(remote->serverVersion(), std::string(EPHOR_VERSION));
    QCOMPARE(remote->call<ListRuns>({}, {}).error().code, std::string("fake.nothing"));
    QVERIFY(backend.lastContext.localPeer);
}

void RemoteBackendTest::speaksTls()
{
    QTemporaryDir folder;
    const TlsFiles files = makeSelfSigned(folder.path().toStdString(), "a", "IP:127.0.0.1,DNS:localhost");
    FakeBackend backend;
    ServerOptions options;
    options.certificateFile = files.certificate;
    options.keyFile = files.key;
    const auto server = serveFake(backend, options);
    for (const char* host : {"127.0.0.1", "localhost"}) {
        RemoteOptions remoteOptions = remoteOf(*server);
        remoteOptions.url = "https://" + std::string(host) + ":" + std::to_string(server->port());
        remoteOptions.caFile = files.certificate;
        const auto remote = connectTo(remoteOptions);
        QCOMPARE(remote->call<ListRuns>({}, {}).error().code, std::string("fake.nothing"));
        Ear<Event> ear;
        const auto subscription = remote->subscribe({}, {}, [&](const Event& event) { ear.hear(event); });
        QVERIFY(subscription);
        backend.tell({1, Topic::Runs, std::string(100'000, 'k'), "", 0});
        QVERIFY(ear.waitForCount(1));
        QCOMPARE(ear.all()[0].kind.size(), std::size_t(100'000));
    }
}

void RemoteBackendTest::distrustsForeignCertificates()
{
    QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    const TlsFiles files = makeSelfSigned(path, "a", "DNS:other.example");
    const TlsFiles others = makeSelfSigned(path, "b", "IP:127.0.0.1");
    FakeBackend backend;
    ServerOptions options;
    options.certificateFile = files.certificate;
    options.keyFile = files.key;
    const auto server = serveFake(backend, options);
    RemoteOptions remote;
    remote.url = "https://127.0.0.1:" + std::to_string(server->port());
    QCOMPARE(RemoteBackend::connect(remote).error().code, std::string("remote.tls"));
    remote.caFile = others.certificate;
    QCOMPARE(RemoteBackend::connect(remote).error().code, std::string("remote.tls"));
    remote.caFile = files.certificate;
    QCOMPARE(RemoteBackend::connect(remote).error().code, std::string("remote.tls"));
    remote.caFile = path + "/missing";
    QCOMPARE(RemoteBackend::connect(remote).error().code, std::string("remote.tls"));
}

void RemoteBackendTest::cannotReachNobody()
{
    FakeBackend backend;
    auto server = serveFake(backend);
    const RemoteOptions options = remoteOf(*server);
    server.reset();
    const auto refused = RemoteBackend::connect(options);
    QCOMPARE(refused.error().code, std::string("remote.unreachable"));
    QCOMPARE(int(refused.error().kind), int(ErrorKind::Unavailable));
    RemoteOptions socket;
    socket.unixSocket = "/nonexistent/socket";
    QCOMPARE(RemoteBackend::connect(socket).error().code, std::string("remote.unreachable"));
    socket.unixSocket = std::string(200, 'x');
    QCOMPARE(RemoteBackend::connect(socket).error().code, std::string("remote.unreachable"));
}

void RemoteBackendTest::givesUpASilentServer()
{
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    QCOMPARE(::bind(listening, reinterpret_cast<const sockaddr*>(&address), size), 0);
    QCOMPARE(::listen(listening, 4), 0);
    QCOMPARE(::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size), 0);
    RemoteOptions options;
    options.url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    options.times.silence = 30ms;
    QCOMPARE(RemoteBackend::connect(options).error().code, std::string("remote.timeout"));
    ::close(listening);
}

void RemoteBackendTest::refusesOtherServers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("code");
    const auto json = [](const QByteArray& body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    };
    QTest::newRow("page") << json("<html>") << QByteArray("remote.unexpected");
    QTest::newRow("other") << json(R"({"name":"other","protocol":1,"version":"1"})") << QByteArray("remote.unexpected");
    QTest::newRow("newer") << json(R"({"name":"ephor","protocol":2,"version":"9"})") << QByteArray("remote.version");
    QTest::newRow("error") << QByteArray("HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n")
                           << QByteArray("remote.unexpected");
    QTest::newRow("noise") << QByteArray("SSH-2.0-x\r\n\r\n") << QByteArray("remote.malformed");
    QTest::newRow("cut") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{") << QByteArray("remote.lost");
    QTest::newRow("nothing") << QByteArray() << QByteArray("remote.lost");
}

void RemoteBackendTest::refusesOtherServers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, code);
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    QCOMPARE(::bind(listening, reinterpret_cast<const sockaddr*>(&address), size), 0);
    QCOMPARE(::listen(listening, 4), 0);
    QCOMPARE(::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size), 0);
    std::thread peer([&] {
        const int accepted = ::accept(listening, nullptr, nullptr);
        std::array<char, 4096> request;
        [[maybe_unused]] const auto read = ::recv(accepted, request.data(), request.size(), 0);
        [[maybe_unused]] const auto sent = ::send(accepted, bytes.data(), std::size_t(bytes.size()), MSG_NOSIGNAL);
        ::close(accepted);
    });
    RemoteOptions options;
    options.url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    const auto connected = RemoteBackend::connect(options);
    peer.join();
    ::close(listening);
    QVERIFY(!connected);
    QCOMPARE(QByteArray::fromStdString(connected.error().code), code);
}

QTEST_GUILESS_MAIN(RemoteBackendTest)
#include "remote_backend_test.moc"
