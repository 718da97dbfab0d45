#include "core/api/operation.h"
#include "core/base/json.h"
#include "core/http/access_rules.h"
#include "core/http/openapi.h"
#include "core/http/problem.h"
#include "core/http/prometheus.h"
#include "core/http/remote_options.h"
#include "core/http/routes.h"
#include "core/http/sse_format.h"
#include "core/http/wire_head.h"

#include <QtTest/QtTest>

#include <array>
#include <nlohmann/json.hpp>
#include <set>

using namespace ephor;
using namespace ephor::http;

class SurfaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesTargetsApart();
    void refusesBadTargets_data();
    void refusesBadTargets();
    void encodesAndDecodes();
    void findsRoutes();
    void saysWhatIsAllowed();
    void answersToItsOwnNames_data();
    void answersToItsOwnNames();
    void refusesForeignPages();
    void errorsComeBackAsTheyWere();
    void everyKindHasAStatus();
    void chatErrorsAreSentences();
    void foreignErrorsAreUnexpected();
    void writesHeads();
    void writesEvents();
    void writesMetrics();
    void readsRemoteAddresses_data();
    void readsRemoteAddresses();
    void describesEveryOperation();
};

void SurfaceTest::takesTargetsApart()
{
    const auto target = parseTarget("/v1/prompts/a%20b%2Fc?tag=production&unit=x+y&empty");
    QVERIFY(target);
    QCOMPARE(target->segments, (std::vector<std::string>{"v1", "prompts", "a b/c"}));
    QCOMPARE(target->value("unit"), std::string_view("x y"));
    QCOMPARE(target->value("empty"), std::string_view());
    QCOMPARE(target->query.size(), std::size_t(3));
    QCOMPARE(parseTarget("/")->segments, std::vector<std::string>{""});
}

void SurfaceTest::refusesBadTargets_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("absolute") << QByteArray("http://localhost/v1");
    QTest::newRow("star") << QByteArray("*");
    QTest::newRow("half escape") << QByteArray("/a%2");
    QTest::newRow("no hex") << QByteArray("/a%zz");
    QTest::newRow("nul") << QByteArray("/a%00");
    QTest::newRow("line end") << QByteArray("/a%0d%0ab");
    QTest::newRow("not utf-8") << QByteArray("/a%ff");
    QTest::newRow("twice") << QByteArray("/a?x=1&x=2");
    QTest::newRow("long") << QByteArray("/" + QByteArray(9'000, 'a'));
}

void SurfaceTest::refusesBadTargets()
{
    QFETCH(QByteArray, target);
    const auto parsed = parseTarget(target.toStdString());
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, std::string("http.target"));
}

void SurfaceTest::encodesAndDecodes()
{
    const std::string odd = "a b/c?d&e=%\xC3\xA9+~";
    QCOMPARE(percentEncode(odd), std::string("a%20b%2Fc%3Fd%26e%3D%25%C3%A9%2B~"));
    QCOMPARE(parseTarget("/" + percentEncode(odd))->segments[0], odd);
    QCOMPARE(parseTarget("/x?v=" + percentEncode(odd))->value("v"), std::string_view(odd));
}

void SurfaceTest::findsRoutes()
{
    const auto route
        = [](std::string_view method, std::string_view target) { return matchRoute(method, *parseTarget(target)); };
    QCOMPARE(int(route("POST", "/v1/chat/completions")->route), int(Route::ChatCompletions));
    QCOMPARE(int(route("HEAD", "/healthz?x=1")->route), int(Route::Health));
    QCOMPARE(route("GET", "/v1/models/refunds")->parameter, std::string("refunds"));
    QCOMPARE(route("GET", "/v1/runs/r1/events?after=3")->parameter, std::string("r1"));
    QCOMPARE(int(route("DELETE", "/v1/runs/r1")->route), int(Route::CancelRun));
    for (const char* missing : {"/", "/v2/models", "/v1/models/", "/v1/models/a/b", "/v1/runs//events", "/v1/chat"})
        QCOMPARE(route("GET", missing).error().code, std::string("http.no-route"));
}

void SurfaceTest::saysWhatIsAllowed()
{
    const auto wrong = matchRoute("PUT", *parseTarget("/v1/models"));
    QCOMPARE(wrong.error().code, std::string("http.method"));
    const HttpReply reply = errorReply(Dialect::OpenAi, wrong.error(), "");
    QCOMPARE(reply.status, 405);
    QCOMPARE(findHeader(reply.headers, "allow").value(), std::string_view("GET, HEAD"));
}

void SurfaceTest::answersToItsOwnNames_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("localhost") << QByteArray("localhost:8080") << true;
    QTest::newRow("v4") << QByteArray("127.0.0.1") << true;
    QTest::newRow("v6") << QByteArray("[::1]:80") << true;
    QTest::newRow("case and dot") << QByteArray("LocalHost.") << true;
    QTest::newRow("allowed") << QByteArray("ephor.example:443") << true;
    QTest::newRow("rebinding") << QByteArray("evil.example:8080") << false;
    QTest::newRow("prefix") << QByteArray("localhost.evil.example") << false;
    QTest::newRow("empty") << QByteArray("") << false;
    QTest::newRow("user") << QByteArray("localhost@evil.example") << false;
}

void SurfaceTest::answersToItsOwnNames()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, accepted);
    HttpRequestView request;
    request.headers = {{"Host", host.toStdString()}};
    const AccessRules rules{{"Ephor.example"}, {}};
    QCOMPARE(checkHost(request, rules).has_value(), accepted);
    request.headers.push_back({"host", "localhost"});
    QVERIFY(!checkHost(request, rules));
    request.headers.clear();
    QVERIFY(!checkHost(request, rules));
    request.ownersSocket = true;
    QVERIFY(checkHost(request, rules));
}

void SurfaceTest::refusesForeignPages()
{
    HttpRequestView request;
    QVERIFY(checkOrigin(request, {}));
    request.headers = {{"Origin", "https://page.example"}};
    QCOMPARE(checkOrigin(request, {}).error().code, std::string("http.origin"));
    QVERIFY(checkOrigin(request, {{}, {"https://page.example"}}));
    request.headers = {{"Origin", "null"}};
    QVERIFY(!checkOrigin(request, {{}, {"https://page.example"}}));
}

void SurfaceTest::errorsComeBackAsTheyWere()
{
    const Error error = Error(ErrorKind::CheckFailed, "proof.root", "The root is \"another\".", "Ask for it again.")
                            .with("b", "2")
                            .with("a", "1\n")
                            .with("b", "3");
    const HttpReply reply = errorReply(Dialect::Problem, error, "0190");
    QCOMPARE(findHeader(reply.headers, "content-type").value(), std::string_view("application/problem+json"));
    QCOMPARE(errorFromProblem(reply.status, reply.body), error);
    QCOMPARE((*parseJson(reply.body))["instance"].get<std::string>(), std::string("urn:uuid:0190"));
    QCOMPARE((*parseJson(reply.body))["status"].get<int>(), reply.status);
}

void SurfaceTest::everyKindHasAStatus()
{
    constexpr std::array expected{400, 401, 403, 404, 409, 413, 429, 503, 504, 499, 422, 500};
    for (std::size_t kind = 0; kind < expected.size(); ++kind) {
        const Error error(ErrorKind(kind), "some.code", "Something.");
        const HttpReply reply = errorReply(Dialect::Problem, error, "");
        QCOMPARE(reply.status, expected[kind]);
        QCOMPARE(errorFromProblem(reply.status, reply.body), error);
    }
    const HttpReply anonymous = errorReply(Dialect::OpenAi, Error(ErrorKind::Unauthenticated, "x", "X."), "");
    QCOMPARE(findHeader(anonymous.headers, "www-authenticate").value(), std::string_view("Bearer"));
}

void SurfaceTest::chatErrorsAreSentences()
{
    const auto spoken = [](const Error& error) {
        const HttpReply reply = errorReply(Dialect::OpenAi, error, "");
        return (*parseJson(reply.body))["error"]["message"].get<std::string>();
    };
    QCOMPARE(spoken(Error(ErrorKind::Unavailable, "stop.in-force", "Stopped by Ada: drill", "Ask Ada.")),
        std::string("Stopped by Ada: drill. Ask Ada."));
    QCOMPARE(spoken(Error(ErrorKind::Invalid, "json.syntax", "This is not valid JSON.", "Check it.")
                     .with("line", "2")
                     .with("column", "7")),
        std::string("This is not valid JSON. It is in line 2, column 7. Check it."));
}

void SurfaceTest::foreignErrorsAreUnexpected()
{
    for (const char* body :
        {"", "<html>", "[]", "{}", R"({"type":"about:blank","title":"x","code":"x"})", R"({"code":1})"})
        QCOMPARE(errorFromProblem(502, body).code, std::string("remote.unexpected"));
}

void SurfaceTest::writesHeads()
{
    const HttpReply reply{200, {{"x-odd", "a\r\nInjected: yes"}}, "body"};
    const std::string head = replyHead(reply, {4, false, true, 784111777});
    QCOMPARE(head,
        std::string("HTTP/1.1 200 OK\r\nx-odd: a\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
                    "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 4\r\nConnection: close\r\n\r\n"));
    QVERIFY(replyHead({304, {}, {}}, {0, false, false, 0}).find("Content-Length") == std::string::npos);
    QCOMPARE(chunkOf("0123456789abcdef"), std::string("10\r\n0123456789abcdef\r\n"));
}

void SurfaceTest::writesEvents()
{
    QCOMPARE(sseEvent("runs", 7, "{}"), std::string("id: 7\nevent: runs\ndata: {}\n\n"));
    QCOMPARE(sseComment("a\nb"), std::string(": a b\n\n"));
}

void SurfaceTest::writesMetrics()
{
    QCOMPARE(prometheusText({{"runs.total", 3}, {"ledger.queue-depth", 0.5}}),
        std::string("# TYPE ephor_ledger_queue_depth gauge\nephor_ledger_queue_depth 0.5\n"
                    "# TYPE ephor_runs_total counter\nephor_runs_total 3\n"));
}

void SurfaceTest::readsRemoteAddresses_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("place"); ///< host|port|tls, or the code
    QTest::newRow("https") << QByteArray("https://ephor.example") << QByteArray("ephor.example|443|1");
    QTest::newRow("port") << QByteArray("https://ephor.example:8443/") << QByteArray("ephor.example|8443|1");
    QTest::newRow("loopback") << QByteArray("http://127.0.0.1:80") << QByteArray("127.0.0.1|80|0");
    QTest::newRow("v6") << QByteArray("https://[::1]:9") << QByteArray("::1|9|1");
    QTest::newRow("plain beyond") << QByteArray("http://ephor.example") << QByteArray("remote.plain-text");
    for (const char* bad :
        {"", "ephor.example", "ftp://x", "https://", "https://a/b", "https://u@h", "https://h:x", "https://h:"})
        QTest::addRow("bad %s", bad) << QByteArray(bad) << QByteArray("remote.url");
}

void SurfaceTest::readsRemoteAddresses()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, place);
    RemoteOptions options;
    options.url = url.toStdString();
    const auto read = remotePlaceOf(options);
    const std::string found = read ? read->host + "|" + read->port + "|" + (read->tls ? "1" : "0") : read.error().code;
    QCOMPARE(QByteArray::fromStdString(found), place);
}

void SurfaceTest::describesEveryOperation()
{
    const Json document = *parseJson(openApiDocument("1.2.3"));
    QCOMPARE(document["openapi"].get<std::string>(), std::string("3.1.0"));
    std::set<std::string> ids;
    for (const auto& [path, item] : document["paths"].items()) {
        QVERIFY(path.starts_with('/'));
        for (const auto& [method, operation] : item.items()) {
            QVERIFY2(ids.insert(operation["operationId"].get<std::string>()).second, path.c_str());
            QVERIFY2(operation["tags"].is_array() && operation["tags"].size() == 1, path.c_str());
            QVERIFY2(operation["responses"].contains("default"), path.c_str());
            QVERIFY2(!operation.contains("parameters") || operation["parameters"].is_array(), path.c_str());
            std::set<std::string> inPath;
            for (const Json& parameter : operation.value("parameters", Json::array())) {
                if (parameter["in"] == "path")
                    inPath.insert("{" + parameter["name"].get<std::string>() + "}");
            }
            const auto open = path.find('{');
            QVERIFY2((open == std::string::npos) == inPath.empty(), path.c_str());
            QVERIFY2(open == std::string::npos || inPath.contains(path.substr(open, path.find('}') - open + 1)),
                path.c_str());
        }
    }
    for (const OperationType& type : operationCatalogue()) {
        const std::string path = "/v1/operations/" + std::string(type.operation->name);
        QVERIFY2(document["paths"].contains(path), path.c_str());
        const Json& schema = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"];
        QCOMPARE(schema["type"].get<std::string>(), std::string("object"));
    }
    QVERIFY(document["components"]["schemas"]["Problem"]["required"].size() == 5);
}

QTEST_GUILESS_MAIN(SurfaceTest)
#include "surface_test.moc"
