#include "core/http/chat_translator.h"

#include "core/base/json.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::http;

namespace {

RunEvent runEvent(RunEventKind kind, std::string text = {}, std::string data = {})
{
    return {"r1", 1, kind, std::move(text), {std::move(data)}};
}

ChatTranslator openedStream(bool usage = false)
{
    ChatTranslator translator({"refunds", true, usage, 1'700'000'000});
    translator.opened("r1");
    return translator;
}

const std::string chunkStart
    = R"(data: {"id":"chatcmpl-r1","object":"chat.completion.chunk","created":1700000000,"model":"refunds","choices":)";
const std::string usageData
    = R"({"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":4},"finishReason":"length"})";

}

class ChatTranslatorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streamsExactBytes();
    void streamsUsageOnlyWhenAsked();
    void unknownUsageIsNoZero();
    void answersWhole();
    void answersEarlyEvents();
    void failsBeforeTheFirstByte();
    void failsInTheMiddle();
    void refusesWithItsStatus();
    void endsAWaitWithAText();
    void waitsWithoutAStream();
    void leavesAnEndedWaitAlone();
    void beatsOnlyStreams();
};

void ChatTranslatorTest::streamsExactBytes()
{
    ChatTranslator translator = openedStream();
    QVERIFY(!translator.take(runEvent(RunEventKind::Started)).head);
    const ChatOutput first = translator.take(runEvent(RunEventKind::Text, "Hé\n\"x\""));
    QVERIFY(first.head);
    QCOMPARE(first.head->status, 200);
    QCOMPARE(findHeader(first.head->headers, "x-ephor-run").value(), std::string_view("r1"));
    QCOMPARE(first.head->body,
        chunkStart
            + R"([{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}]})"
            + "\n\n");
    QCOMPARE(first.bytes,
        chunkStart + R"([{"index":0,"delta":{"content":"Hé\n\"x\""},"logprobs":null,"finish_reason":null}]})" + "\n\n");
    const ChatOutput last = translator.take(runEvent(RunEventKind::Finished, "", usageData));
    QVERIFY(last.end && !last.head);
    QCOMPARE(last.bytes,
        chunkStart + R"([{"index":0,"delta":{},"logprobs":null,"finish_reason":"length"}]})" + "\n\ndata: [DONE]\n\n");
    QVERIFY(translator.over());
    QVERIFY(translator.take(runEvent(RunEventKind::Text, "late")).bytes.empty());
}

void ChatTranslatorTest::streamsUsageOnlyWhenAsked()
{
    ChatTranslator translator = openedStream(true);
    const ChatOutput text = translator.take(runEvent(RunEventKind::Text, "a"));
    QVERIFY(text.bytes.ends_with(R"("finish_reason":null}],"usage":null})" + std::string("\n\n")));
    const ChatOutput last = translator.take(runEvent(RunEventKind::Finished, "", usageData));
    const std::string expected = chunkStart
        + R"([],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4}}})"
        + "\n\ndata: [DONE]\n\n";
    QVERIFY(last.bytes.ends_with(expected));
}

void ChatTranslatorTest::unknownUsageIsNoZero()
{
    ChatTranslator stream = openedStream(true);
    QVERIFY(
        stream.take(runEvent(RunEventKind::Finished)).bytes.find(R"("choices":[],"usage":null})") != std::string::npos);
    ChatTranslator whole({"refunds", false, false, 1});
    whole.opened("r1");
    QVERIFY(!parseJson(whole.take(runEvent(RunEventKind::Finished)).whole->body)->contains("usage"));
}

void ChatTranslatorTest::answersWhole()
{
    ChatTranslator translator({"refunds", false, false, 1'700'000'000});
    translator.opened("r1");
    QVERIFY(translator.take(runEvent(RunEventKind::Text, "Hello ")).bytes.empty());
    translator.take(runEvent(RunEventKind::Text, "you"));
    const ChatOutput done = translator.take(runEvent(RunEventKind::Finished, "", usageData));
    QVERIFY(done.whole);
    QCOMPARE(done.whole->body,
        std::string(
            R"({"id":"chatcmpl-r1","object":"chat.completion","created":1700000000,"model":"refunds","choices":[{"index":0,"message":{"role":"assistant","content":"Hello you","refusal":null},"logprobs":null,"finish_reason":"length"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4}}})"));
    QCOMPARE(findHeader(done.whole->headers, "x-ephor-run").value(), std::string_view("r1"));
}

void ChatTranslatorTest::answersEarlyEvents()
{
    ChatTranslator translator({"refunds", true, false, 1});
    QVERIFY(!translator.take(runEvent(RunEventKind::Text, "a")).head);
    QVERIFY(!translator.take(runEvent(RunEventKind::Finished)).head);
    const ChatOutput output = translator.opened("r1");
    QVERIFY(output.head && output.end);
    QVERIFY(output.bytes.find(R"("content":"a")") != std::string::npos);
    QVERIFY(output.bytes.ends_with("data: [DONE]\n\n"));
}

void ChatTranslatorTest::failsBeforeTheFirstByte()
{
    ChatTranslator translator = openedStream();
    const ChatOutput output = translator.take(runEvent(RunEventKind::Failed, "",
        R"({"kind":"exhausted","code":"budget.money","message":"The budget is used up.","hint":"Ask the owner.","fields":[]})"));
    QVERIFY(output.whole);
    QCOMPARE(output.whole->status, 429);
    QCOMPARE(output.whole->body,
        std::string(
            R"({"error":{"code":"budget.money","message":"The budget is used up. Ask the owner.","param":null,"type":"insufficient_quota"}})"));
    QCOMPARE(findHeader(output.whole->headers, "x-should-retry").value(), std::string_view("false"));
}

void ChatTranslatorTest::failsInTheMiddle()
{
    ChatTranslator translator = openedStream();
    translator.take(runEvent(RunEventKind::Text, "a"));
    const ChatOutput output = translator.take(
        runEvent(RunEventKind::Failed, "", R"({"kind":"timeout","code":"model.timeout","message":"Late."})"));
    QVERIFY(output.end && !output.whole);
    QCOMPARE(output.bytes,
        std::string("data: "
                    "{\"error\":{\"code\":\"model.timeout\",\"message\":\"Late.\",\"param\":null,\"type\":\"server_"
                    "error\"}}\n\n"));
}

void ChatTranslatorTest::refusesWithItsStatus()
{
    ChatTranslator translator({"nobody", true, false, 1});
    const ChatOutput unknown
        = translator.refused(Error(ErrorKind::NotFound, "agent.unknown", "There is no agent \"nobody\"."), "");
    QCOMPARE(unknown.whole->status, 404);
    const Json body = *parseJson(unknown.whole->body);
    QCOMPARE(body["error"]["code"].get<std::string>(), std::string("model_not_found"));
    QCOMPARE(body["error"]["param"].get<std::string>(), std::string("model"));
    ChatTranslator stopped({"a", false, false, 1});
    QCOMPARE(stopped.refused(Error(ErrorKind::Forbidden, "stop.agent", "Stopped."), "").whole->status, 403);
}

void ChatTranslatorTest::endsAWaitWithAText()
{
    ChatTranslator translator = openedStream();
    const ChatOutput waiting = translator.take(
        runEvent(RunEventKind::Waiting, "A refund over 500 needs an officer.", R"({"approval":"ap-7"})"));
    QVERIFY(waiting.head && waiting.waitBegan && !waiting.end);
    QCOMPARE(waiting.bytes, std::string(": waiting for approval ap-7\n\n"));
    QCOMPARE(translator.heartbeat().bytes, std::string(": waiting for approval ap-7\n\n"));
    const ChatOutput over = translator.waitedEnough(translator.wait());
    QVERIFY(over.end);
    QVERIFY(over.bytes.find("A refund over 500 needs an officer. Approval ap-7; run r1.") != std::string::npos);
    QVERIFY(over.bytes.find(R"("finish_reason":"stop")") != std::string::npos);
    QVERIFY(over.bytes.ends_with("data: [DONE]\n\n"));
}

void ChatTranslatorTest::waitsWithoutAStream()
{
    ChatTranslator translator({"refunds", false, false, 1});
    translator.opened("r1");
    const ChatOutput waiting = translator.take(runEvent(RunEventKind::Waiting, "", R"({"approval":"ap-7"})"));
    QVERIFY(waiting.waitBegan && !waiting.head && !waiting.whole);
    const ChatOutput over = translator.waitedEnough(translator.wait());
    QCOMPARE(over.whole->status, 200);
    const Json body = *parseJson(over.whole->body);
    QVERIFY(body["choices"][0]["message"]["content"].get<std::string>().find("ap-7") != std::string::npos);
    QCOMPARE(body["choices"][0]["finish_reason"].get<std::string>(), std::string("stop"));
}

void ChatTranslatorTest::leavesAnEndedWaitAlone()
{
    ChatTranslator translator = openedStream();
    translator.take(runEvent(RunEventKind::Waiting, "", R"({"approval":"ap-1"})"));
    const std::uint64_t first = translator.wait();
    translator.take(runEvent(RunEventKind::Resumed));
    QVERIFY(!translator.waitedEnough(first).end);
    translator.take(runEvent(RunEventKind::Waiting, "", R"({"approval":"ap-2"})"));
    QVERIFY(!translator.waitedEnough(first).end);
    QVERIFY(translator.waitedEnough(translator.wait()).end);
}

void ChatTranslatorTest::beatsOnlyStreams()
{
    ChatTranslator whole({"a", false, false, 1});
    whole.opened("r1");
    QVERIFY(whole.heartbeat().bytes.empty());
    ChatTranslator stream = openedStream();
    const ChatOutput beat = stream.heartbeat();
    QVERIFY(beat.head);
    QCOMPARE(beat.bytes, std::string(": working\n\n"));
}

QTEST_GUILESS_MAIN(ChatTranslatorTest)
#include "chat_translator_test.moc"
