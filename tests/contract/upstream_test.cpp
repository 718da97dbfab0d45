#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "tests/contract/desk.h"
#include "tests/core/http/raw_client.h"
#include "tests/core/net/mock_server.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract_tests;
using tests::MockConnection;
using tests::MockServer;
using tests::RawClient;

namespace {

const std::string oneDelta = "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"Hal\"}}]}\n\n";

// What the provider does with a call.
void misbehave(const QByteArray& how, const std::shared_ptr<MockConnection>& connection)
{
    const bool streams = connection->body.find("\"stream\":true") != std::string::npos;
    if (how == "hangs")
        return;
    if (how == "hangs up")
        return connection->close();
    if (how == "fails")
        return connection->respond(500, "{\"error\":{\"message\":\"no\"}}");
    if (how == "answers a page")
        return connection->respond(200, "<html>Sign in</html>");
    if (!streams)
        return connection->respond(200, how == "is cut off" ? "{\"id\":\"c\",\"choices\":[{\"mess" : "{\"id\":7}");
    connection->beginStream();
    connection->send(oneDelta + (how == "is cut off" ? "data: {\"cho" : "data: {\"choices\":7}\n\n"));
    connection->close();
}

template <class T> T taken(Result<T> result)
{
    if (!result)
        throw std::runtime_error(describe(result.error()));
    return std::move(*result);
}

// An agent "far" whose model is the provider at `url`, released.
void addFarAgent(Desk& desk, const std::string& url)
{
    const CallContext admin = desk.admin();
    Backend& backend = desk.backend();
    SaveModel::Request model;
    model.name = "far-model";
    model.team = "desk";
    model.body.provider = ProviderKind::OpenAi;
    model.body.baseUrl = url;
    model.body.model = "m";
    model.body.allowLoopback = true;
    model.body.timeoutSeconds = 1;
    taken(backend.call<SaveModel>(model, admin));
    SaveAgent::Request agent;
    agent.name = "far";
    agent.team = "desk";
    agent.body.title = "Far";
    agent.body.prompt = "clerk-prompt";
    agent.body.model = "far-model";
    taken(backend.call<SaveAgent>(agent, admin));
    CreateChange::Request change;
    change.agent = "far";
    change.title = "First release";
    change.items = {{DefinitionKind::Agent, "far", 0, 1}};
    const std::string id = taken(backend.call<CreateChange>(change, admin)).change.id;
    taken(backend.call<SubmitChange>({id}, admin));
    const std::string digest = taken(backend.call<GetChange>({id}, admin)).change.digest;
    taken(backend.call<ApproveChange>({id, digest, "For the test"}, desk.officer()));
    taken(backend.call<StartRollout>({id, "first"}, admin));
    if (!desk.workspace().refreshRoutes())
        throw std::runtime_error("no routes");
}

}

/// A model provider that misbehaves, seen from whoever calls the agent over HTTP.
class UpstreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCallerHearsWhatFailed_data();
    void theCallerHearsWhatFailed();
};

void UpstreamTest::theCallerHearsWhatFailed_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<bool>("stream");
    for (const char* how : {"hangs", "hangs up", "fails", "answers a page", "is cut off", "is malformed"}) {
        QTest::addRow("%s", how) << QByteArray(how) << false;
        QTest::addRow("%s, streamed", how) << QByteArray(how) << true;
    }
}

void UpstreamTest::theCallerHearsWhatFailed()
{
    QFETCH(QByteArray, how);
    QFETCH(bool, stream);
    MockServer provider([&](const std::shared_ptr<MockConnection>& connection) {
        provider.hold(connection);
        misbehave(how, connection);
    });
    Desk desk(Way::Http);
    addFarAgent(desk, provider.url("/v1/"));
    const std::string body = Json{{"model", "far"}, {"stream", stream},
        {"messages", Json::array({Json{{"role", "user"}, {"content", "Hello"}}})}}
                                 .dump();
    RawClient client(desk.port());
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + desk.key().credential + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size())
        + "\r\n\r\n" + body);
    const http::HttpReply reply = client.reply();
    std::string told = reply.body;
    if (stream && reply.status == 200) {
        // The error is the last event of the stream, and the stream has its proper end.
        const std::size_t at = told.rfind("data: {\"error\"");
        QVERIFY2(at != std::string::npos, told.c_str());
        told = told.substr(at + 6, told.find('\n', at) - at - 6);
    } else {
        QCOMPARE(reply.status, 503);
    }
    const auto error = parseJson(told);
    QVERIFY2(error && error->contains("error"), reply.body.c_str());
    QCOMPARE(error->at("error").value("code", ""), std::string("run.failed"));
    QVERIFY(!error->at("error").value("message", "").empty());
    const auto runs = desk.backend().call<ListRuns>({}, desk.officer());
    QVERIFY(runs);
    QCOMPARE(runs->runs.size(), std::size_t(1));
    QVERIFY(runs->runs.front().state == RunState::Failed);
    QVERIFY(!runs->runs.front().reason.empty());
    QVERIFY(desk.workspace().verifyRecord({}));
}

QTEST_GUILESS_MAIN(UpstreamTest)
#include "upstream_test.moc"
