#include "core/net/http_client.h"

#include "core/net/event_loop.h"
#include "core/net/http_client_awaitable.h"
#include "core/net/timer.h"
#include "tests/core/net/mock_server.h"

#include <QtTest/QtTest>
#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <future>
#include <sys/resource.h>

using namespace ephor;
using namespace ephor::net;
using ephor::tests::MockConnection;
using ephor::tests::MockServer;

namespace {

HttpRequest loopbackRequest(std::string url)
{
    HttpRequest request;
    request.url = std::move(url);
    request.addressRules.allowLoopback = true;
    return request;
}

void answerByPath(const std::shared_ptr<MockConnection>& connection)
{
    const std::string line = connection->requestLine();
    if (line.find("/echo") != std::string::npos)
        connection->respond(200, connection->head + connection->body, "X-One: 1\r\nX-Two:  two \r\n");
    else if (line.find("/redirect") != std::string::npos)
        connection->respond(302, "", "Location: /echo\r\n");
    else if (line.find("/hang") != std::string::npos)
        return;
    else if (line.find("/half") != std::string::npos) {
        connection->send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
        connection->close();
    } else if (line.find("/stalls") != std::string::npos)
        connection->send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    else if (line.find("/big") != std::string::npos)
        connection->respond(200, std::string(100'000, 'x'));
    else if (line.find("/heads") != std::string::npos)
        connection->respond(200, "", "X-Long: " + std::string(9'000, 'x') + "\r\n");
    else if (line.find("/close") != std::string::npos)
        connection->close();
    else if (line.find("/garbage") != std::string::npos) {
        connection->send("SSH-2.0-OpenSSH_9\r\n");
        connection->close();
    } else
        connection->respond(404, "no");
}

struct Outcome {
    std::promise<Result<HttpResponse>> promise;
    std::future<Result<HttpResponse>> future = promise.get_future();
    std::function<void(Result<HttpResponse>)> callback()
    {
        return [this](Result<HttpResponse> result) { promise.set_value(std::move(result)); };
    }
};

boost::asio::awaitable<void> fetchInto(HttpClient& client, std::string url, Outcome* outcome)
{
    HttpRequest request = loopbackRequest(std::move(url));
    auto waiting = fetch(client, std::move(request));
    Result<HttpResponse> result = co_await std::move(waiting);
    outcome->promise.set_value(std::move(result));
}

}

class HttpClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requestAndResponse();
    void redirectsAreNotFollowed();
    void failures_data();
    void failures();
    void refusedBeforeSending_data();
    void refusedBeforeSending();
    void readyRequestsLeaveWhenStarted();
    void addressesAreChecked();
    void pooledConnectionsAreChecked();
    void streamsAndCancels();
    void manyStreamsAtOnce();
    void awaits();
    void awaitIsCancelled();
    void closingEndsEverything();
    void blockingOnTheLoopIsRefused();
    void timers();
};

void HttpClientTest::requestAndResponse()
{
    MockServer server(answerByPath);
    EventLoop loop;
    HttpClient client(loop);
    HttpRequest request = loopbackRequest(server.url("/echo?x=1"));
    request.method = "POST";
    request.body = "hello";
    request.headers = {{"X-Empty", ""}, {"Content-Type", "text/plain"}};
    const auto response = client.fetchBlocking(request);
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 200);
    QCOMPARE(findHeader(response->headers, "x-two").value(), std::string_view("two"));
    QVERIFY(response->body.starts_with("POST /echo?x=1 HTTP/1.1\r\n"));
    QVERIFY(response->body.ends_with("\r\n\r\nhello"));
    QVERIFY(response->body.find("X-Empty:\r\n") != std::string::npos);
    QVERIFY(response->body.find("Content-Type: text/plain\r\n") != std::string::npos);
    QVERIFY(response->body.find("Expect") == std::string::npos);
    QCOMPARE(client.fetchBlocking(loopbackRequest(server.url("/unknown")))->status, 404);
}

void HttpClientTest::redirectsAreNotFollowed()
{
    MockServer server(answerByPath);
    EventLoop loop;
    HttpClient client(loop);
    const auto response = client.fetchBlocking(loopbackRequest(server.url("/redirect")));
    QCOMPARE(response->status, 302);
}

void HttpClientTest::failures_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    QTest::newRow("total timeout") << "/hang?total" << "net.timeout";
    QTest::newRow("idle timeout") << "/hang?idle" << "net.timeout";
    QTest::newRow("idle inside the body") << "/stalls?idle" << "net.timeout";
    QTest::newRow("body cut short") << "/half" << "net.broken";
    QTest::newRow("closed without an answer") << "/close" << "net.broken";
    QTest::newRow("not HTTP") << "/garbage" << "net.broken";
    QTest::newRow("body too large") << "/big" << "net.response-too-large";
    QTest::newRow("headers too large") << "/heads" << "net.headers-too-large";
}

void HttpClientTest::failures()
{
    QFETCH(QString, path);
    QFETCH(QString, code);
    MockServer server(answerByPath);
    EventLoop loop;
    HttpClient client(loop);
    HttpRequest request = loopbackRequest(server.url(path.toStdString()));
    request.maxResponseBytes = 10'000;
    request.maxHeaderBytes = 8'000;
    if (path.endsWith("total"))
        request.totalTimeout = std::chrono::milliseconds(40);
    if (path.endsWith("idle"))
        request.idleTimeout = std::chrono::milliseconds(40);
    const auto response = client.fetchBlocking(request);
    QVERIFY(!response);
    QCOMPARE(response.error().code, code.toStdString());
}

void HttpClientTest::refusedBeforeSending_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("code");
    QTest::newRow("file") << "file:///etc/passwd" << "net.url";
    QTest::newRow("gopher") << "gopher://127.0.0.1/" << "net.url";
    QTest::newRow("no scheme") << "127.0.0.1/x" << "net.url";
    QTest::newRow("user") << "http://me:secret@127.0.0.1/" << "net.url";
    QTest::newRow("line end") << "http://127.0.0.1/\r\nX: 1" << "net.url";
    QTest::newRow("empty") << "" << "net.url";
    QTest::newRow("metadata") << "http://169.254.169.254/latest/meta-data" << "net.address-denied";
    QTest::newRow("metadata mapped") << "http://[::ffff:a9fe:a9fe]/" << "net.address-denied";
    QTest::newRow("private") << "http://10.0.0.1/" << "net.address-denied";
    QTest::newRow("decimal form") << "http://167772161/" << "net.address-denied";
}

void HttpClientTest::refusedBeforeSending()
{
    QFETCH(QString, url);
    QFETCH(QString, code);
    EventLoop loop;
    HttpClient client(loop);
    const auto response = client.fetchBlocking(loopbackRequest(url.toStdString()));
    QVERIFY(!response);
    QCOMPARE(response.error().code, code.toStdString());
    HttpRequest header = loopbackRequest("http://127.0.0.1:1/");
    header.headers = {{"X", "a\r\nY: b"}};
    QCOMPARE(client.fetchBlocking(header).error().code, std::string("net.header"));
}

void HttpClientTest::readyRequestsLeaveWhenStarted()
{
    std::atomic<int> requests = 0;
    MockServer server([&requests](const std::shared_ptr<MockConnection>& connection) {
        ++requests;
        connection->respond(200, "done");
    });
    EventLoop loop;
    HttpClient client(loop);
    HttpClient::Ready dropped = client.makeReady(loopbackRequest(server.url("/")));
    HttpClient::Ready kept = client.makeReady(loopbackRequest(server.url("/")));
    HttpClient::Ready wrong = client.makeReady(loopbackRequest("ftp://127.0.0.1/"));
    dropped.reset();
    QVERIFY(client.fetchBlocking(loopbackRequest(server.url("/"))));
    QCOMPARE(requests.load(), 1);
    const auto started = [&client](HttpClient::Ready request) {
        Outcome outcome;
        HttpCallbacks callbacks;
        callbacks.onDone = outcome.callback();
        client.start(std::move(request), std::move(callbacks));
        return outcome.future.get();
    };
    const auto response = started(std::move(kept));
    QVERIFY(response);
    QCOMPARE(response->body, std::string("done"));
    QCOMPARE(requests.load(), 2);
    const auto refused = started(std::move(wrong));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("net.url"));
}

void HttpClientTest::addressesAreChecked()
{
    std::atomic<int> requests = 0;
    MockServer server([&requests](const std::shared_ptr<MockConnection>& connection) {
        ++requests;
        connection->respond(200, "");
    });
    EventLoop loop;
    HttpClient client(loop);
    HttpRequest named;
    named.url = server.url("/echo");
    named.url.replace(named.url.find("127.0.0.1"), 9, "localhost");
    const auto refused = client.fetchBlocking(named);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("net.address-denied"));
    QCOMPARE(requests.load(), 0);
    named.addressRules.allowLoopback = true;
    QCOMPARE(client.fetchBlocking(named)->status, 200);
}

void HttpClientTest::pooledConnectionsAreChecked()
{
    std::atomic<int> requests = 0;
    MockServer server([&requests](const std::shared_ptr<MockConnection>& connection) {
        ++requests;
        connection->respond(200, "");
    });
    EventLoop loop;
    HttpClient client(loop);
    HttpRequest named = loopbackRequest(server.url("/echo"));
    named.url.replace(named.url.find("127.0.0.1"), 9, "localhost");
    QCOMPARE(client.fetchBlocking(named)->status, 200);
    named.addressRules.allowLoopback = false;
    const auto refused = client.fetchBlocking(named);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("net.address-denied"));
    QCOMPARE(requests.load(), 1);
}

void HttpClientTest::streamsAndCancels()
{
    std::promise<void> firstSeen;
    MockServer server([](const std::shared_ptr<MockConnection>& connection) {
        connection->beginStream();
        connection->send("data: 1\n\n");
    });
    EventLoop loop;
    HttpClient client(loop);
    Outcome outcome;
    std::string seen;
    int status = 0;
    HttpCallbacks callbacks;
    callbacks.onHead = [&](const HttpResponse& head) { status = head.status; };
    callbacks.onData = [&](std::string_view data) {
        seen += data;
        if (seen == "data: 1\n\n")
            firstSeen.set_value();
    };
    callbacks.onDone = outcome.callback();
    const auto handle = client.start(loopbackRequest(server.url("/stream")), callbacks);
    firstSeen.get_future().wait();
    handle->cancel();
    handle->cancel();
    const auto result = outcome.future.get();
    QCOMPARE(status, 200);
    QVERIFY(!result);
    QVERIFY(result.error().kind == ErrorKind::Cancelled);
}

void HttpClientTest::manyStreamsAtOnce()
{
    constexpr std::size_t streams = 500;
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 8'192);
    setrlimit(RLIMIT_NOFILE, &files);
    QVERIFY2(files.rlim_cur >= 2 * streams + 100, "two descriptors a stream are needed");
    // Nobody gets an end before everybody has begun: only streams that run side by side can finish.
    std::vector<std::shared_ptr<MockConnection>> waiting;
    MockServer server([&waiting](const std::shared_ptr<MockConnection>& connection) {
        connection->beginStream();
        connection->send("data: 1\n\n");
        waiting.push_back(connection);
        if (waiting.size() < streams)
            return;
        for (const auto& each : waiting) {
            each->send("data: 2\n\n");
            each->close();
        }
    });
    EventLoop loop(2);
    HttpClient client(loop);
    std::vector<Outcome> outcomes(streams);
    std::vector<std::string> bodies(streams);
    for (std::size_t i = 0; i < streams; ++i) {
        HttpCallbacks callbacks;
        callbacks.onData = [&bodies, i](std::string_view data) { bodies[i] += data; };
        callbacks.onDone = outcomes[i].callback();
        client.start(loopbackRequest(server.url("/stream")), std::move(callbacks));
    }
    for (std::size_t i = 0; i < streams; ++i) {
        const auto result = outcomes[i].future.get();
        QVERIFY2(result.has_value(), result ? "" : describe(result.error()).c_str());
        QCOMPARE(bodies[i], std::string("data: 1\n\ndata: 2\n\n"));
    }
}

void HttpClientTest::awaits()
{
    MockServer server(answerByPath);
    EventLoop loop(2);
    HttpClient client(loop);
    Outcome outcome;
    boost::asio::co_spawn(loop.context(), fetchInto(client, server.url("/echo"), &outcome), boost::asio::detached);
    QCOMPARE(outcome.future.get()->status, 200);
}

void HttpClientTest::awaitIsCancelled()
{
    std::promise<void> asked;
    MockServer server([&asked](const std::shared_ptr<MockConnection>&) { asked.set_value(); });
    EventLoop loop;
    HttpClient client(loop);
    Outcome outcome;
    boost::asio::cancellation_signal signal;
    boost::asio::co_spawn(loop.context(), fetchInto(client, server.url("/hang"), &outcome),
        boost::asio::bind_cancellation_slot(signal.slot(), boost::asio::detached));
    asked.get_future().wait();
    boost::asio::post(loop.context(), [&signal] { signal.emit(boost::asio::cancellation_type::terminal); });
    const auto result = outcome.future.get();
    QVERIFY(!result);
    QVERIFY(result.error().kind == ErrorKind::Cancelled);
}

void HttpClientTest::closingEndsEverything()
{
    MockServer server(answerByPath);
    EventLoop loop;
    Outcome outcome;
    {
        HttpClient client(loop);
        HttpCallbacks callbacks;
        callbacks.onDone = outcome.callback();
        client.start(loopbackRequest(server.url("/hang")), std::move(callbacks));
    }
    QCOMPARE(outcome.future.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    QVERIFY(outcome.future.get().error().kind == ErrorKind::Cancelled);
}

void HttpClientTest::blockingOnTheLoopIsRefused()
{
    EventLoop loop;
    HttpClient client(loop);
    std::promise<std::string> code;
    boost::asio::post(loop.context(), [&] { code.set_value(client.fetchBlocking({}).error().code); });
    QCOMPARE(code.get_future().get(), std::string("net.would-block"));
}

void HttpClientTest::timers()
{
    EventLoop loop;
    const auto timer = makeLoopTimer(loop);
    std::promise<void> rang;
    const auto never = timer->after(std::chrono::hours(1), [] { qFatal("a cancelled wait must not end"); });
    never->cancel();
    timer->after(Duration(1), [&rang] { rang.set_value(); });
    rang.get_future().wait();
    ManualClock clock(Instant{});
    ManualTimer manual(clock);
    bool called = false;
    manual.after(std::chrono::seconds(90), [&called] { called = true; });
    QVERIFY(called);
    QVERIFY(clock.now() == Instant(std::chrono::seconds(90)));
}

QTEST_GUILESS_MAIN(HttpClientTest)
#include "http_client_test.moc"
