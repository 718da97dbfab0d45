#include "core/api/audit.h"
#include "core/domain/reflect.h"
#include "tests/contract/desk.h"
#include "tests/core/http/raw_client.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract_tests;
using tests::RawClient;

namespace {

constexpr std::size_t largeBody = 64 << 20;
constexpr int deepLevels = 10'000;

// By which the same bad text comes in: each answers in its own dialect.
enum class Door { Chat, Operation, Run, Socket };

const char* targetOf(Door door)
{
    switch (door) {
    case Door::Chat:
        return "/v1/chat/completions";
    case Door::Run:
        return "/v1/runs";
    default:
        return "/v1/operations/prompts.save";
    }
}

std::string headOf(Door door, const std::string& credential, std::size_t length, const std::string& more)
{
    return std::string("POST ") + targetOf(door) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + credential
        + "\r\n" + more + "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

// A request that would be good, with `value` where the text of the message or the prompt stands.
QByteArray bodyWith(Door door, const QByteArray& value)
{
    const QByteArray messages = "\"messages\":[{\"role\":\"user\",\"content\":" + value + "}]}";
    if (door == Door::Chat)
        return "{\"model\":\"clerk\"," + messages;
    if (door == Door::Run)
        return "{\"agent\":\"clerk\"," + messages;
    return "{\"name\":\"clerk-prompt\",\"expectedVersion\":1,\"body\":{\"text\":" + value + "}}";
}

struct Answer {
    int status = 0;
    std::string code;
    std::string message;
};

Answer answerOf(Door door, const http::HttpReply& reply)
{
    const auto json = parseJson(reply.body);
    if (!json || !json->is_object())
        return {reply.status, "no JSON", reply.body};
    if (door == Door::Chat)
        return json->contains("error")
            ? Answer{reply.status, json->at("error").value("code", ""), json->at("error").value("message", "")}
            : Answer{reply.status, "", ""};
    return {reply.status, json->value("code", ""), json->value("detail", "")};
}

}

/// What is wrong with a request, at each door of a served workspace: a clear error in the caller's own dialect, nothing
/// recorded, and the next request is answered as ever.
class BadInputTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_desk.reset(); }
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void refusesLargeBodies();
    void refusesOtherKindsOfBodies_data();
    void refusesOtherKindsOfBodies();
    void namesAnUnknownAgent();

private:
    http::HttpReply send(Door door, const QByteArray& body, const std::string& more = jsonType);
    std::uint64_t entries();
    static constexpr const char* jsonType = "Content-Type: application/json\r\n";
    std::unique_ptr<Desk> m_desk;
    CallContext m_admin;
    CallContext m_key;
};

void BadInputTest::initTestCase()
{
    m_desk = std::make_unique<Desk>(Way::Http);
    m_admin = m_desk->admin();
    m_key = m_desk->key();
}

http::HttpReply BadInputTest::send(Door door, const QByteArray& body, const std::string& more)
{
    const bool agent = door == Door::Chat || door == Door::Run;
    const std::string head
        = headOf(door, agent ? m_key.credential : m_admin.credential, std::size_t(body.size()), more);
    if (door == Door::Socket) {
        RawClient client(m_desk->workspace().paths().socket);
        client.send(head + body.toStdString());
        return client.reply();
    }
    RawClient client(m_desk->port());
    client.send(head + body.toStdString());
    return client.reply();
}

std::uint64_t BadInputTest::entries()
{
    const auto state = m_desk->backend().call<RecordState>({}, m_admin);
    return state ? state->size : 0;
}

void BadInputTest::saysWhatIsWrong_data()
{
    QTest::addColumn<int>("door");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    constexpr std::pair<Door, const char*> doors[]
        = {{Door::Chat, "chat"}, {Door::Operation, "operation"}, {Door::Run, "run"}, {Door::Socket, "socket"}};
    for (const auto& [door, name] : doors) {
        const auto row
            = [&, door = door, name = name](const char* what, const QByteArray& body, int status, const char* code) {
                  QTest::addRow("%s, %s", name, what) << int(door) << body << status << QByteArray(code);
              };
        row("cut off", bodyWith(door, "\"x\"").chopped(3), 400, "json.syntax");
        row("more behind", bodyWith(door, "\"x\"") + " x", 400, "json.syntax");
        row("mark of byte order", "\xEF\xBB\xBF" + bodyWith(door, "\"x\""), 400, "json.syntax");
        row("a NUL byte", bodyWith(door, QByteArray("\"a\0b\"", 5)), 400, "json.syntax");
        row("half a surrogate pair", bodyWith(door, "\"a\\ud800b\""), 400, "json.syntax");
        row("the other half", bodyWith(door, "\"a\\udc00b\""), 400, "json.syntax");
        row("a surrogate in UTF-8", bodyWith(door, "\"\xED\xA0\x80\""), 400, "json.utf8");
        row("longer than needed", bodyWith(door, "\"\xC0\xAF\""), 400, "json.utf8");
        row("no UTF-8", bodyWith(door, "\"\xFF\xFE\""), 400, "json.utf8");
        row("no number", bodyWith(door, "NaN"), 400, "json.syntax");
        row("deep", bodyWith(door, QByteArray(deepLevels, '[') + QByteArray(deepLevels, ']')), 413, "json.too-deep");
        row("the same member twice", bodyWith(door, "\"x\",\"content\":\"y\",\"text\":\"z\",\"text\":\"x\""), 400,
            "json.duplicate-key");
    }
    QTest::newRow("operation, wrong type")
        << int(Door::Operation) << bodyWith(Door::Operation, "[7]") << 400 << QByteArray("value.type");
    QTest::newRow("operation, a list") << int(Door::Operation) << QByteArray("[]") << 400 << QByteArray("value.type");
    QTest::newRow("chat, wrong type") << int(Door::Chat) << bodyWith(Door::Chat, "7") << 400 << QByteArray("chat.type");
    QTest::newRow("run, no messages") << int(Door::Run) << QByteArray("{\"agent\":\"clerk\"}") << 400
                                      << QByteArray("messages.empty");
    QTest::newRow("run, messages of null") << int(Door::Run) << QByteArray("{\"agent\":\"clerk\",\"messages\":null}")
                                           << 400 << QByteArray("messages.empty");
    QTest::newRow("run, messages of text") << int(Door::Run) << QByteArray("{\"agent\":\"clerk\",\"messages\":\"x\"}")
                                           << 400 << QByteArray("messages.empty");
}

void BadInputTest::saysWhatIsWrong()
{
    QFETCH(int, door);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    const std::uint64_t before = entries();
    const Answer answer = answerOf(Door(door), send(Door(door), body));
    QCOMPARE(QByteArray::fromStdString(answer.code), code);
    QCOMPARE(answer.status, status);
    QVERIFY(answer.message.ends_with("."));
    QCOMPARE(entries(), before);
}

void BadInputTest::refusesLargeBodies()
{
    for (const Door door : {Door::Chat, Door::Operation, Door::Run, Door::Socket}) {
        const Answer answer = answerOf(door, send(door, bodyWith(door, "\"" + QByteArray(largeBody, 'x') + "\"")));
        QCOMPARE(answer.status, 413);
        QCOMPARE(answer.code, std::string("http.body-too-large"));
    }
    QVERIFY(m_desk->backend().call<RecordState>({}, m_admin));
}

void BadInputTest::refusesOtherKindsOfBodies_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("text") << QByteArray("Content-Type: text/plain\r\n");
    QTest::newRow("form") << QByteArray("Content-Type: application/x-www-form-urlencoded\r\n");
    QTest::newRow("parts") << QByteArray("Content-Type: multipart/form-data; boundary=x\r\n");
    QTest::newRow("nearly") << QByteArray("Content-Type: application/jsonx\r\n");
    QTest::newRow("compressed") << QByteArray("Content-Type: application/json\r\nContent-Encoding: gzip\r\n");
}

void BadInputTest::refusesOtherKindsOfBodies()
{
    QFETCH(QByteArray, fields);
    for (const Door door : {Door::Chat, Door::Operation, Door::Run, Door::Socket}) {
        const Answer answer = answerOf(door, send(door, bodyWith(door, "\"x\""), fields.toStdString()));
        QCOMPARE(answer.status, 415);
        QCOMPARE(answer.code, std::string("http.media-type"));
    }
}

void BadInputTest::namesAnUnknownAgent()
{
    const Answer chat
        = answerOf(Door::Chat, send(Door::Chat, R"({"model":"clark","messages":[{"role":"user","content":"x"}]})"));
    QCOMPARE(chat.status, 404);
    QCOMPARE(chat.code, std::string("model_not_found"));
    const Answer run
        = answerOf(Door::Run, send(Door::Run, R"({"agent":"clark","messages":[{"role":"user","content":"x"}]})"));
    QCOMPARE(run.status, 404);
    QCOMPARE(run.code, std::string("agent.unknown"));
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "bad_input_test.moc"
