#include "core/http/chat_request.h"

#include "core/base/json.h"

#include <QtTest/QtTest>

#include <algorithm>

using namespace ephor;
using namespace ephor::http;

namespace {

Result<ChatRequest> readBody(const std::string& body, Headers headers = {})
{
    HttpRequestView request;
    request.method = "POST";
    request.target = "/v1/chat/completions";
    request.headers = std::move(headers);
    request.body = body;
    return readChatRequest(request);
}

std::string paramOf(const Error& error)
{
    const auto found = std::ranges::find(error.fields, "param", &std::pair<std::string, std::string>::first);
    return found == error.fields.end() ? "(none)" : found->second;
}

}

class ChatRequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatAnAgentTakes();
    void joinsTextParts();
    void takesClaims();
    void ignoresWhatItDoesNotKnow();
    void refuses_data();
    void refuses();
};

void ChatRequestTest::readsWhatAnAgentTakes()
{
    const auto chat = readBody(R"({"model":"refunds","stream":true,"stream_options":{"include_usage":true},
        "messages":[{"role":"developer","content":"Be kind."},{"role":"user","content":"Hello","name":"ann"}],
        "max_completion_tokens":50,"max_tokens":60,"variables":{"tone":"calm"}})");
    QVERIFY(chat);
    QCOMPARE(chat->run.agent, Name("refunds"));
    QCOMPARE(chat->run.messages.text,
        std::string(R"([{"content":"Be kind.","role":"system"},{"content":"Hello","role":"user"}])"));
    QCOMPARE(chat->run.variables.text, std::string(R"({"tone":"calm"})"));
    QVERIFY(chat->stream && chat->includeUsage);
    QVERIFY(chat->run.stream);
    QCOMPARE(chat->run.maxOutputTokens.value(), std::uint64_t(50));
    QCOMPARE(readBody(R"({"model":"a","messages":[{"role":"user","content":"x"}],"max_tokens":7})")
                 ->run.maxOutputTokens.value(),
        std::uint64_t(7));
}

void ChatRequestTest::joinsTextParts()
{
    const auto chat = readBody(
        R"({"model":"a","messages":[{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}]})");
    QVERIFY(chat);
    QCOMPARE(chat->run.messages.text, std::string(R"([{"content":"one\ntwo","role":"user"}])"));
    QVERIFY(!chat->stream && !chat->run.stream);
}

void ChatRequestTest::takesClaims()
{
    const std::string body = R"({"model":"a","user":"u-1","messages":[{"role":"user","content":"x"}]})";
    QCOMPARE(readBody(body)->run.person, (Text<256>("u-1")));
    const auto named
        = readBody(body, {{"X-Ephor-Person", "p-1"}, {"x-ephor-conversation", "c-1"}, {"x-ephor-reference", "ORD-7"}});
    QCOMPARE(named->run.person, (Text<256>("p-1")));
    QCOMPARE(named->run.conversation, (Text<256>("c-1")));
    QCOMPARE(named->run.reference, (Text<256>("ORD-7")));
    QCOMPARE(
        paramOf(readBody(body, {{"x-ephor-person", std::string(257, 'p')}}).error()), std::string("x-ephor-person"));
    QCOMPARE(paramOf(readBody(body, {{"x-ephor-reference", "\xff"}}).error()), std::string("x-ephor-reference"));
}

void ChatRequestTest::ignoresWhatItDoesNotKnow()
{
    QVERIFY(readBody(R"({"model":"a","messages":[{"role":"user","content":"x"}],"metadata":{"k":"v"},"temperature":0.2,
        "new_thing":[1],"tools":[],"tool_choice":"none","n":1,"stream":null,"user":null,"response_format":{"type":"text"}})"));
}

void ChatRequestTest::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const char* name, const QByteArray& body, const char* code, const char* param) {
        QTest::newRow(name) << body << QByteArray(code) << QByteArray(param);
    };
    const QByteArray one = R"("messages":[{"role":"user","content":"x"}])";
    row("empty", "", "json.syntax", "(none)");
    row("not json", "{\"model\":", "json.syntax", "(none)");
    row("duplicate", "{\"model\":\"a\",\"model\":\"b\"}", "json.duplicate-key", "(none)");
    row("not utf-8", "{\"model\":\"\xff\"}", "json.utf8", "(none)");
    row("deep", QByteArray(200, '['), "json.too-deep", "(none)");
    row("list", "[]", "chat.type", "");
    row("no model", "{" + one + "}", "chat.missing", "model");
    row("model number", "{\"model\":1," + one + "}", "chat.type", "model");
    row("model empty", "{\"model\":\"\"," + one + "}", "chat.missing", "model");
    row("model long", "{\"model\":\"" + QByteArray(129, 'm') + "\"," + one + "}", "chat.missing", "model");
    row("no messages", R"({"model":"a"})", "chat.missing", "messages");
    row("messages object", R"({"model":"a","messages":{}})", "chat.type", "messages");
    row("messages empty", R"({"model":"a","messages":[]})", "chat.missing", "messages");
    row("message text", R"({"model":"a","messages":["x"]})", "chat.type", "messages[0]");
    row("no role", R"({"model":"a","messages":[{"content":"x"}]})", "chat.missing", "messages[0].role");
    row("odd role", R"({"model":"a","messages":[{"role":"king","content":"x"}]})", "chat.type", "messages[0].role");
    row("tool message", R"({"model":"a","messages":[{"role":"tool","content":"x"}]})", "chat.unsupported",
        "messages[0]");
    row("tool calls", R"({"model":"a","messages":[{"role":"assistant","tool_calls":[{}]}]})", "chat.unsupported",
        "messages[0]");
    row("no content", R"({"model":"a","messages":[{"role":"user"}]})", "chat.missing", "messages[0].content");
    row("content number", R"({"model":"a","messages":[{"role":"user","content":4}]})", "chat.type",
        "messages[0].content");
    row("image", R"({"model":"a","messages":[{"role":"user","content":[{"type":"image_url","image_url":{}}]}]})",
        "chat.unsupported", "messages[0].content[0].type");
    row("part without text", R"({"model":"a","messages":[{"role":"user","content":[{"type":"text"}]}]})",
        "chat.missing", "messages[0].content[0].text");
    row("tools", "{\"model\":\"a\",\"tools\":[{}]," + one + "}", "chat.unsupported", "tools");
    row("functions", "{\"model\":\"a\",\"functions\":[{}]," + one + "}", "chat.unsupported", "functions");
    row("n", "{\"model\":\"a\",\"n\":2," + one + "}", "chat.unsupported", "n");
    row("format", "{\"model\":\"a\",\"response_format\":{\"type\":\"json_object\"}," + one + "}", "chat.unsupported",
        "response_format");
    row("stream text", "{\"model\":\"a\",\"stream\":\"yes\"," + one + "}", "chat.type", "stream");
    row("options alone", "{\"model\":\"a\",\"stream_options\":{}," + one + "}", "chat.type", "stream_options");
    row("usage text", "{\"model\":\"a\",\"stream\":true,\"stream_options\":{\"include_usage\":1}," + one + "}",
        "chat.type", "stream_options.include_usage");
    row("tokens", "{\"model\":\"a\",\"max_tokens\":0," + one + "}", "chat.type", "max_tokens");
    row("tokens negative", "{\"model\":\"a\",\"max_completion_tokens\":-5," + one + "}", "chat.type",
        "max_completion_tokens");
    row("user number", "{\"model\":\"a\",\"user\":5," + one + "}", "chat.type", "user");
    row("user long", "{\"model\":\"a\",\"user\":\"" + QByteArray(257, 'u') + "\"," + one + "}", "chat.too-long",
        "user");
    row("variables", "{\"model\":\"a\",\"variables\":[]," + one + "}", "chat.type", "variables");
}

void ChatRequestTest::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, param);
    const auto chat = readBody(body.toStdString());
    QVERIFY(!chat);
    QCOMPARE(QByteArray::fromStdString(chat.error().code), code);
    QCOMPARE(QByteArray::fromStdString(paramOf(chat.error())), param);
}

QTEST_GUILESS_MAIN(ChatRequestTest)
#include "chat_request_test.moc"
