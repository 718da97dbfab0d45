#include "core/api/definitions.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "tests/contract/desk.h"
#include "tests/core/http/raw_client.h"
#include "tests/core/store/fault_vfs.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract_tests;
using tests::RawClient;

namespace {

constexpr auto patience = std::chrono::seconds(60);

http::HttpReply ask(std::uint16_t port, const std::string& request)
{
    RawClient client(port);
    client.send(request);
    return client.reply();
}

http::HttpReply health(std::uint16_t port)
{
    return ask(port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

std::string post(const std::string& target, const std::string& credential, const std::string& body)
{
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + credential
        + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string chat(const std::string& credential, bool stream)
{
    return post("/v1/chat/completions", credential,
        Json{{"model", "clerk"}, {"stream", stream},
            {"messages", Json::array({Json{{"role", "user"}, {"content", "How is the stock?"}}})}}
            .dump());
}

std::string promptSaving(const std::string& credential)
{
    return post("/v1/operations/prompts.save", credential,
        R"({"name":"clerk-prompt","body":{"text":"Be polite."},"expectedVersion":1})");
}

// Asking again, not sleeping: each answer takes its time.
bool getsWell(std::uint16_t port)
{
    const auto until = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < until) {
        if (health(port).status == 200)
            return true;
    }
    return false;
}

}

/// A served desk on a disk that fills when the test says so.
class FullDiskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void chatIsRefusedAndGoesOnWithRoom_data();
    void chatIsRefusedAndGoesOnWithRoom();
    void aRunThatWasUnderWayGoesOnWithRoom();
    void aFailedSyncStaysUntilReopening();
};

void FullDiskTest::init()
{
    // Whoever opens a database from now on gets the disk that can be full.
    fault::install();
    sqlite3_vfs_register(sqlite3_vfs_find("fault"), 1);
}

void FullDiskTest::chatIsRefusedAndGoesOnWithRoom_data()
{
    QTest::addColumn<bool>("stream");
    QTest::newRow("whole") << false;
    QTest::newRow("streamed") << true;
}

void FullDiskTest::chatIsRefusedAndGoesOnWithRoom()
{
    QFETCH(bool, stream);
    Desk desk(Way::Http);
    const std::string key = desk.key().credential;
    const std::string admin = desk.admin().credential;
    QCOMPARE(health(desk.port()).status, 200);
    QCOMPARE(ask(desk.port(), chat(key, stream)).status, 200);
    fault::rules.writesUntilFull = 0;
    const http::HttpReply refused = ask(desk.port(), chat(key, stream));
    QCOMPARE(refused.status, 503);
    const auto error = parseJson(refused.body);
    QVERIFY2(error && error->contains("error"), refused.body.c_str());
    QCOMPARE((*error)["error"].value("code", ""), std::string("store.halted"));
    QCOMPARE((*error)["error"].value("type", ""), std::string("server_error"));
    const http::HttpReply ill = health(desk.port());
    QCOMPARE(ill.status, 503);
    QCOMPARE(parseJson(ill.body)->value("status", ""), std::string("halted"));
    QVERIFY(!parseJson(ill.body)->value("reason", "").empty());
    const http::HttpReply saved = ask(desk.port(), promptSaving(admin));
    QCOMPARE(saved.status, 503);
    QCOMPARE(parseJson(saved.body)->value("code", ""), std::string("store.halted"));
    // What was recorded can be read all the while.
    QCOMPARE(ask(desk.port(), post("/v1/operations/runs.list", admin, "{}")).status, 200);
    fault::rules.writesUntilFull = -1;
    QVERIFY(getsWell(desk.port()));
    QCOMPARE(ask(desk.port(), chat(key, stream)).status, 200);
    QCOMPARE(ask(desk.port(), promptSaving(admin)).status, 200);
    const auto verified = desk.workspace().verifyRecord({});
    QVERIFY2(verified.has_value(), verified ? "" : describe(verified.error()).c_str());
}

void FullDiskTest::aRunThatWasUnderWayGoesOnWithRoom()
{
    Desk desk(Way::Http);
    RawClient client(desk.port());
    client.send(post("/v1/runs", desk.key().credential,
        R"({"agent":"clerk","messages":[{"role":"user","content":"Please take two pens."}]})"));
    QVERIFY(client.receiveUntil("event: waiting").find("event: waiting") != std::string::npos);
    const CallContext officer = desk.officer();
    const auto waiting = desk.backend().call<ListApprovals>({}, officer);
    QVERIFY(waiting);
    const ApprovalRequest request = waiting->requests.at(0);
    DecideApproval::Request decision;
    decision.id = request.id;
    decision.digest = request.digest;
    decision.approve = true;
    decision.reason = "They need pens";
    fault::rules.writesUntilFull = 0;
    const auto refused = desk.backend().call<DecideApproval>(decision, officer);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("store.halted"));
    fault::rules.writesUntilFull = -1;
    QVERIFY(getsWell(desk.port()));
    QVERIFY(desk.backend().call<DecideApproval>(decision, officer));
    QVERIFY(client.receiveUntil("event: finished").find("event: finished") != std::string::npos);
    const auto again = desk.backend().call<DecideApproval>(decision, officer);
    QCOMPARE(again.error().code, std::string("approval.decided"));
}

void FullDiskTest::aFailedSyncStaysUntilReopening()
{
    QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    prepareDesk(base);
    const auto tokens = readTokens(base);
    QVERIFY(tokens);
    SavePrompt::Request prompt;
    prompt.name = "clerk-prompt";
    prompt.body.text = "Be polite.";
    prompt.expectedVersion = 1;
    {
        const auto workspace = openDesk(base);
        QVERIFY(workspace);
        fault::rules.syncsUntilFailure = 0;
        const auto refused = (*workspace)->backend().call<SavePrompt>(prompt, tokens->admin);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("store.halted"));
        fault::rules.syncsUntilFailure = -1;
        QVERIFY((*workspace)->halted());
    }
    const auto workspace = openDesk(base);
    QVERIFY2(workspace.has_value(), workspace ? "" : describe(workspace.error()).c_str());
    const auto saved = (*workspace)->backend().call<SavePrompt>(prompt, tokens->admin);
    QVERIFY2(saved.has_value(), saved ? "" : describe(saved.error()).c_str());
    QVERIFY((*workspace)->verifyRecord({}));
}

QTEST_GUILESS_MAIN(FullDiskTest)
#include "full_disk_test.moc"
