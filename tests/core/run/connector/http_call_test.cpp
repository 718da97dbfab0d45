#include "core/run/connector/http_call.h"

#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::connector;

namespace {

Result<std::string> noSecrets(const std::string& reference)
{
    if (reference == "secret:crm")
        return std::string("s3cret");
    return fail(ErrorKind::NotFound, "keys.no-secret", "No such secret.");
}

ToolBody tool(const char* method, const char* url)
{
    ToolBody body;
    body.http.method = method;
    body.http.url = url;
    return body;
}

}

class HttpCallTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void putsArgumentsWhereTheyBelong();
    void encodesWhatGoesIntoTheUrl();
    void refusesAPathThatClimbs();
    void resolvesSecretsOnlyInHeaders();
    void aWriteTakesAFreshConnection();
    void readsAnswers_data();
    void readsAnswers();
};

void HttpCallTest::putsArgumentsWhereTheyBelong()
{
    const auto posted
        = requestFor(tool("POST", "http://crm/orders/{order}"), {{"order", 12}, {"note", "x"}}, "run:call", noSecrets);
    QVERIFY(posted);
    QCOMPARE(posted->url, std::string("http://crm/orders/12"));
    QCOMPARE(posted->body, std::string("{\"note\":\"x\"}"));
    const auto got = requestFor(tool("GET", "http://crm/orders"), {{"page", 2}, {"q", "a b"}}, "run:call", noSecrets);
    QCOMPARE(got->url, std::string("http://crm/orders?page=2&q=a%20b"));
    QVERIFY(got->body.empty());
    QVERIFY(std::ranges::any_of(got->headers,
        [](const net::Header& header) { return header.name == "Idempotency-Key" && header.value == "run:call"; }));
}

void HttpCallTest::encodesWhatGoesIntoTheUrl()
{
    const auto request = requestFor(tool("GET", "http://crm/o/{order}/x"), {{"order", "a/b?c#d"}}, "k", noSecrets);
    QCOMPARE(request->url, std::string("http://crm/o/a%2Fb%3Fc%23d/x"));
}

void HttpCallTest::refusesAPathThatClimbs()
{
    QVERIFY(!requestFor(tool("GET", "http://crm/o/{order}"), {{"order", ".."}}, "k", noSecrets));
    QVERIFY(!requestFor(tool("GET", "http://crm/o/{order}"), Json::object(), "k", noSecrets));
    QVERIFY(!requestFor(tool("GET", "http://crm/o/{order}"), {{"order", Json::array({1})}}, "k", noSecrets));
}

void HttpCallTest::resolvesSecretsOnlyInHeaders()
{
    ToolBody body = tool("POST", "http://crm/");
    body.http.headers["Authorization"] = "secret:crm";
    const auto request = requestFor(body, {{"note", "secret:crm"}}, "k", noSecrets);
    QVERIFY(request);
    QVERIFY(request->body.find("s3cret") == std::string::npos);
    QVERIFY(std::ranges::any_of(request->headers, [](const net::Header& header) { return header.value == "s3cret"; }));
    body.http.headers["Authorization"] = "secret:gone";
    QVERIFY(!requestFor(body, Json::object(), "k", noSecrets));
}

void HttpCallTest::aWriteTakesAFreshConnection()
{
    ToolBody body = tool("POST", "http://crm/");
    body.effect = SideEffect::Write;
    QVERIFY(requestFor(body, Json::object(), "k", noSecrets)->connection == net::ConnectionUse::Fresh);
    body.idempotent = true;
    QVERIFY(requestFor(body, Json::object(), "k", noSecrets)->connection == net::ConnectionUse::MayReuse);
}

void HttpCallTest::readsAnswers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("outcome"); // 0 done, 1 refused by the tool, 2 nobody knows
    QTest::addColumn<QString>("text");
    QTest::newRow("json") << 200 << "{\"a\":1}" << 0 << "{\"a\":1}";
    QTest::newRow("text") << 200 << "fine" << 0 << "{\"text\":\"fine\"}";
    QTest::newRow("nothing") << 204 << "" << 0 << "{}";
    QTest::newRow("refused") << 409 << "{\"why\":\"twice\"}" << 1
                             << "{\"body\":{\"why\":\"twice\"},\"error\":\"refused-by-tool\",\"status\":409}";
    QTest::newRow("broken") << 502 << "oops" << 2 << "";
    QTest::newRow("redirect") << 302 << "" << 2 << "";
}

void HttpCallTest::readsAnswers()
{
    QFETCH(int, status);
    QFETCH(QString, body);
    QFETCH(int, outcome);
    QFETCH(QString, text);
    net::HttpResponse response;
    response.status = status;
    response.body = body.toStdString();
    const auto answer = readAnswer(response);
    QCOMPARE(answer.has_value() ? int(answer->failed) : 2, outcome);
    if (answer)
        QCOMPARE(QString::fromStdString(answer->text), text);
}

QTEST_GUILESS_MAIN(HttpCallTest)
#include "http_call_test.moc"
