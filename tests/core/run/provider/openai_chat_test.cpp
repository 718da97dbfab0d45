#include "core/run/provider/openai_chat.h"

#include "core/run/provider/batch.h"
#include "core/run/provider/wire_json.h"

#include <QtTest/QtTest>

using namespace ephor;
using namespace ephor::provider;

namespace {

/// Chunks as a body: each on a data line, [DONE] behind them.
std::string streamOf(std::initializer_list<const char*> chunks, const char* end = "data: [DONE]\n\n")
{
    std::string body;
    for (const char* chunk : chunks)
        body += "data: " + std::string(chunk) + "\n\n";
    return body + end;
}

Json parse(const std::string& body, bool stream, int status = 200)
{
    return parseWireItem({{"body", body}, {"stream", stream}, {"status", status}}, "openai-chat");
}

Json parseCut(const std::string& body, std::size_t cut)
{
    ChatStreamParser parser;
    std::vector<ModelEvent> events;
    const std::string_view view = body;
    auto pushed = parser.push(view.substr(0, cut), events);
    if (pushed)
        pushed = parser.push(view.substr(cut), events);
    Json answer{{"events", Json::array()}};
    if (pushed) {
        const auto result = parser.finish(events);
        if (result)
            answer["result"] = resultJson(*result);
        else
            answer["error"] = errorJson(result.error());
    } else {
        answer["error"] = errorJson(pushed.error());
    }
    for (const ModelEvent& event : events)
        answer["events"].push_back(eventJson(event));
    return answer;
}

std::string text(const Json& value)
{
    return value.dump();
}

struct Row {
    const char* name;
    std::string body;
    const char* path; ///< into the answer
    Json expected;
};

const char* const finish = R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";
const char* const callsFinish = R"({"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]})";

std::string calls(std::initializer_list<const char*> entries)
{
    std::string body;
    for (const char* entry : entries)
        body += "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":" + std::string(entry)
            + "},\"finish_reason\":null}]}\n\n";
    return body + "data: " + callsFinish + "\n\ndata: [DONE]\n\n";
}

Json call(const char* id, const char* name, Json arguments)
{
    return {{"id", id}, {"name", name}, {"arguments", std::move(arguments)}};
}

std::vector<Row> textRows()
{
    return {
        {"plain",
            streamOf({R"({"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null})",
                R"({"id":"c1","choices":[{"index":0,"delta":{"content":"Hi "}}],"usage":null,"obfuscation":"xx"})",
                R"({"choices":[{"index":0,"delta":{"content":"there"}}]})", finish,
                R"({"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":4}}})"}),
            "/result",
            {{"id", "c1"}, {"model", "m"}, {"text", "Hi there"}, {"tool_calls", Json::array()},
                {"finish_reason", "stop"},
                {"usage", {{"input_tokens", 9}, {"output_tokens", 2}, {"total_tokens", 11}, {"cached_tokens", 4}}}}},
        {"azure's first chunk",
            streamOf({R"({"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0}]})",
                R"({"id":"x","model":"gpt","choices":[{"index":0,"delta":{"content":"a"},"content_filter_results":{}}]})",
                R"({"id":"x","choices":[{"index":0,"finish_reason":null,"content_filter_offsets":{"check_offset":1}}]})",
                finish}),
            "/result/model", "gpt"},
        {"no [DONE] but a reason", streamOf({R"({"choices":[{"delta":{"content":"a"}}]})", finish}, ""), "/result/text",
            "a"},
        {"[DONE] without a reason", streamOf({R"({"choices":[{"delta":{"content":"a"}}]})"}), "/result/finish_reason",
            nullptr},
        {"[DONE] with something behind", streamOf({finish}, "data: [DONE] bye\n\ndata: {broken\n\n"),
            "/result/finish_reason", "stop"},
        {"last chunk without blank line",
            streamOf({R"({"choices":[{"delta":{"content":"a"}}]})"},
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}"),
            "/result/finish_reason", "stop"},
        {"usage chunk cut off", streamOf({finish}, "data: {\"choices\":[],\"usa"), "/result/usage", nullptr},
        {"reason nobody knows", streamOf({R"({"choices":[{"delta":{"content":"a"},"finish_reason":"sensitive"}]})"}),
            "/result/finish_reason", "sensitive"},
        {"empty reasons on every chunk",
            streamOf({R"({"choices":[{"delta":{"content":"a"},"finish_reason":""}]})", finish}),
            "/result/finish_reason", "stop"},
        {"refusal",
            streamOf({R"({"choices":[{"delta":{"refusal":"I "}}]})", R"({"choices":[{"delta":{"refusal":"cannot"}}]})",
                finish}),
            "/result/refusal", "I cannot"},
        {"content as parts",
            streamOf(
                {R"({"choices":[{"delta":{"content":[{"type":"text","text":"a"},"b",{"type":"image","url":"x"}]}}]})",
                    finish}),
            "/result/text", "ab"},
        {"content null", streamOf({R"({"choices":[{"delta":{"content":null}}]})", finish}), "/result/text", ""},
        {"delta null", streamOf({R"({"choices":[{"delta":null,"finish_reason":"stop"}]})"}), "/result/text", ""},
        {"reasoning", streamOf({R"({"choices":[{"delta":{"reasoning_content":"hm","reasoning":"hm"}}]})", finish}),
            "/result/reasoning", "hm"},
        {"thinking parts",
            streamOf(
                {R"({"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]}}]})",
                    finish}),
            "/result/reasoning", "hm"},
        {"second choice ignored",
            streamOf({R"({"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"X"}}]})",
                R"({"choices":[{"index":1,"delta":{"content":"X"},"finish_reason":"length"}]})", finish}),
            "/result/text", "a"},
        {"second choice first",
            streamOf({R"({"choices":[{"index":1,"delta":{"content":"X"}}]})",
                R"({"choices":[{"index":1,"delta":{"content":"Y"},"finish_reason":"length"},{"index":0,"delta":{"content":"a"}}]})",
                finish}),
            "/result/text", "a"},
        {"second choice alone", streamOf({R"({"choices":[{"index":1,"delta":{"content":"X"}}]})"}), "/error/kind",
            "malformed"},
        {"second choice first in a whole body",
            R"({"choices":[{"index":1,"message":{"content":"X"}},{"index":0,"message":{"content":"a"}}]})",
            "/result/text", "a"},
        {"comments and keep-alives",
            ": OPENROUTER PROCESSING\n\ndata:\n\n" + streamOf({R"({"choices":[{"delta":{"content":"a"}}]})", finish}),
            "/result/text", "a"},
        {"error null is none", streamOf({R"({"error":null,"choices":[{"delta":{"content":"a"}}]})", finish}),
            "/result/text", "a"},
        {"line separator in text",
            streamOf({"{\"choices\":[{\"delta\":{\"content\":\"a\xE2\x80\xA8"
                      "b\"}}]}",
                finish}),
            "/result/text",
            "a\xE2\x80\xA8"
            "b"},
        {"usage in the choice",
            streamOf({R"({"choices":[{"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":3}}]})"}),
            "/result/usage", {{"input_tokens", 3}}},
        {"usage of groq",
            streamOf({finish, R"({"choices":[],"x_groq":{"usage":{"prompt_tokens":3,"completion_tokens":1}}})"}),
            "/result/usage", {{"input_tokens", 3}, {"output_tokens", 1}, {"total_tokens", 4}}},
        {"last usage wins",
            streamOf({R"({"choices":[{"delta":{"content":"a"}}],"usage":{"completion_tokens":1}})", finish,
                R"({"choices":[],"usage":{"completion_tokens":5}})"}),
            "/result/usage/output_tokens", 5},
        {"one JSON body although a stream was asked for",
            R"( {"id":"c","choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]})", "/result/text",
            "whole"},
    };
}

std::vector<Row> callRows()
{
    return {
        {"by index",
            calls({R"([{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}])",
                R"([{"index":0,"function":{"arguments":"{\"x\":"}}])",
                R"([{"index":0,"function":{"arguments":"1}"}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", {{"x", 1}})})},
        {"empty id goes on (Qwen)",
            calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}])",
                R"([{"index":0,"id":"","function":{"arguments":"}"}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", Json::object())})},
        {"empty name goes on (Mistral)",
            calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}])",
                R"([{"index":0,"id":"a","function":{"name":"","arguments":"}"}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", Json::object())})},
        {"index from 1",
            calls({R"([{"index":1,"id":"a","function":{"name":"f","arguments":"{}"}}])",
                R"([{"index":2,"id":"b","function":{"name":"g","arguments":"{}"}}])"}),
            "/result/tool_calls", {call("a", "f", Json::object()), call("b", "g", Json::object())}},
        {"no index",
            calls({R"([{"id":"a","function":{"name":"f","arguments":"{\"x\""}}])",
                R"([{"function":{"arguments":":1}"}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", {{"x", 1}})})},
        {"index null",
            calls({R"([{"index":null,"id":"a","function":{"name":"f","arguments":"{\"x\""}}])",
                R"([{"index":null,"id":null,"function":{"name":null,"arguments":":1}"}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", {{"x", 1}})})},
        {"same index, other id",
            calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}])",
                R"([{"index":0,"id":"b","function":{"name":"g","arguments":"{\"y\":2}"}}])"}),
            "/result/tool_calls", {call("a", "f", Json::object()), call("b", "g", {{"y", 2}})}},
        {"interleaved by id",
            calls({R"([{"id":"a","function":{"name":"f","arguments":"{"}}])",
                R"([{"id":"b","function":{"name":"g","arguments":"{"}}])",
                R"([{"id":"a","function":{"arguments":"}"}}])", R"([{"id":"b","function":{"arguments":"}"}}])"}),
            "/result/tool_calls", {call("a", "f", Json::object()), call("b", "g", Json::object())}},
        {"order of first appearance",
            calls({R"([{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}])",
                R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}])"}),
            "/result/tool_calls", {call("b", "g", Json::object()), call("a", "f", Json::object())}},
        {"a new id for every fragment (vLLM)",
            calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}])",
                R"([{"index":0,"id":"zz","function":{"arguments":"}"}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", Json::object())})},
        {"JSON that goes on",
            calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}])",
                R"([{"index":0,"function":{"arguments":" "}}])", R"([{"index":0,"function":{"arguments":"\n"}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", Json::object())})},
        {"arguments empty", calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":""}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", Json::object())})},
        {"arguments null", calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":null}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", Json::object())})},
        {"arguments absent", calls({R"([{"index":0,"id":"a","function":{"name":"f"}}])"}), "/result/tool_calls",
            Json::array({call("a", "f", Json::object())})},
        {"arguments as an object", calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":{"x":1}}}])"}),
            "/result/tool_calls", Json::array({call("a", "f", {{"x", 1}})})},
        {"arguments broken", calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}])"}),
            "/result/tool_calls/0/arguments_text", "{\"x\":"},
        {"arguments no object", calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":"[1]"}}])"}),
            "/result/tool_calls/0/arguments_text", "[1]"},
        {"arguments with a name twice",
            calls({R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1,\"x\":2}"}}])"}),
            "/result/tool_calls/0/arguments_text", "{\"x\":1,\"x\":2}"},
        {"no ids, every index 0",
            calls({R"([{"index":0,"function":{"name":"f","arguments":"{}"}}])",
                R"([{"index":0,"function":{"name":"g","arguments":"{}"}}])"}),
            "/result/tool_calls", {call("", "f", Json::object()), call("", "g", Json::object())}},
        {"two in one chunk without index",
            calls(
                {R"([{"id":"a","function":{"name":"f","arguments":"{}"}},{"id":"b","function":{"name":"g","arguments":"{}"}}])"}),
            "/result/tool_calls", {call("a", "f", Json::object()), call("b", "g", Json::object())}},
        {"tool_calls null", calls({"null"}), "/result/tool_calls", Json::array()},
        {"old function call",
            streamOf({R"({"choices":[{"delta":{"function_call":{"name":"f","arguments":""}}}]})",
                R"({"choices":[{"delta":{"function_call":{"arguments":"{\"x\":1}"}}}]})",
                R"({"choices":[{"delta":{},"finish_reason":"function_call"}]})"}),
            "/result/tool_calls", Json::array({call("", "f", {{"x", 1}})})},
    };
}

std::vector<Row> errorRows()
{
    return {
        {"truncated", streamOf({R"({"choices":[{"delta":{"content":"a"}}]})"}, ""), "/error/kind", "truncated"},
        {"truncated with something shown", streamOf({R"({"choices":[{"delta":{"content":"a"}}]})"}, ""),
            "/error/retryable", false},
        {"truncated with nothing shown", streamOf({R"({"choices":[{"delta":{"role":"assistant"}}]})"}, ""),
            "/error/retryable", true},
        {"cut inside a chunk", streamOf({R"({"choices":[{"delta":{"content":"a"}}]})"}, "data: {\"choices\":[{\"del"),
            "/error/kind", "truncated"},
        {"empty", "", "/error/kind", "truncated"},
        {"a page", "<html>no</html>", "/error/kind", "malformed"},
        {"broken chunk", streamOf({"{\"choices\":[}"}), "/error/kind", "malformed"},
        {"chunk that is no object", streamOf({"[1]"}), "/error/kind", "malformed"},
        {"top-level error", streamOf({R"({"error":{"message":"over","type":"server_error","code":null}})"}), "/error",
            {{"kind", "reported"}, {"status", 500}, {"type", "server_error"}, {"code", nullptr}, {"message", "over"},
                {"retryable", true}}},
        {"error after text",
            streamOf({R"({"choices":[{"delta":{"content":"a"}}]})",
                R"({"error":{"message":"over","code":502},"choices":[{"delta":{"content":""},"finish_reason":"error"}]})"}),
            "/error",
            {{"kind", "reported"}, {"status", 502}, {"type", nullptr}, {"code", 502}, {"message", "over"},
                {"retryable", false}, {"shown_events", 1}}},
        {"error as a string", streamOf({R"({"error":"busy"})"}), "/error/message", "busy"},
        {"vLLM's shape",
            streamOf({R"({"object":"error","message":"too long","type":"BadRequestError","param":null,"code":400})"}),
            "/error",
            {{"kind", "reported"}, {"status", 400}, {"type", "BadRequestError"}, {"code", 400}, {"message", "too long"},
                {"retryable", false}}},
        {"event: error",
            "event: error\ndata: "
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
            "/error/status", 529},
        {"event: error without JSON", "event: error\ndata: gone\n\n", "/error/message", "gone"},
        {"responses error", streamOf({R"({"type":"error","code":"rate_limit_exceeded","message":"slow down"})"}),
            "/error/status", 429},
        {"response.failed",
            streamOf({R"({"type":"response.failed","response":{"error":{"code":"server_error","message":"bad"}}})"}),
            "/error/message", "bad"},
        {"code as text number", streamOf({R"({"error":{"message":"m","code":"429"}})"}), "/error/status", 429},
        {"code as text", streamOf({R"({"error":{"message":"m","code":"model_not_found"}})"}), "/error/code",
            "model_not_found"},
        {"error in the choice",
            streamOf({R"({"choices":[{"error":{"message":"m","code":503},"finish_reason":"error"}]})"}),
            "/error/status", 503},
        {"one JSON error although a stream was asked for",
            R"({"error":{"message":"no","type":"invalid_request_error"}})", "/error/status", 400},
    };
}

}

class OpenAiChatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streams_data();
    void streams();
    void cutsChangeNothing();
    void eventsOfAStream();
    void wholeBodies();
    void statuses();
    void retryHeaders();
    void limits();
    void badItems();
    void requests();
};

void OpenAiChatTest::streams_data()
{
    QTest::addColumn<int>("table");
    QTest::addColumn<int>("row");
    int table = 0;
    for (const auto& rows : {textRows(), callRows(), errorRows()}) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            QTest::newRow(rows[i].name) << table << int(i);
        ++table;
    }
}

void OpenAiChatTest::streams()
{
    QFETCH(int, table);
    QFETCH(int, row);
    const std::vector<Row> rows = table == 0 ? textRows() : table == 1 ? callRows() : errorRows();
    const Row& tested = rows[std::size_t(row)];
    const Json answer = parse(tested.body, true);
    const Json::json_pointer path{tested.path};
    QVERIFY2(answer.contains(path), text(answer).c_str());
    QVERIFY2(answer.at(path) == tested.expected, text(answer).c_str());
}

void OpenAiChatTest::cutsChangeNothing()
{
    for (const auto& rows : {textRows(), callRows(), errorRows()}) {
        for (const Row& row : rows) {
            const Json whole = parseCut(row.body, row.body.size());
            for (std::size_t cut = 0; cut < row.body.size(); ++cut)
                QVERIFY2(parseCut(row.body, cut) == whole, row.name);
        }
    }
}

void OpenAiChatTest::eventsOfAStream()
{
    const Json answer = parse(
        streamOf({R"({"choices":[{"delta":{"content":"a"}}]})",
            R"({"choices":[{"delta":{"tool_calls":[{"index":3,"id":"c","function":{"name":"f","arguments":"{"}}]}}]})",
            R"({"choices":[{"delta":{"tool_calls":[{"index":3,"function":{"arguments":"}"}}]}}]})", callsFinish,
            R"({"choices":[],"usage":{"prompt_tokens":1}})"}),
        true);
    const Json expected{{{"type", "text"}, {"text", "a"}},
        {{"type", "tool_call"}, {"index", 0}, {"id", "c"}, {"name", "f"}, {"arguments", "{"}},
        {{"type", "tool_call"}, {"index", 0}, {"arguments", "}"}}, {{"type", "finish"}, {"reason", "tool_calls"}},
        {{"type", "usage"}, {"input_tokens", 1}}};
    QVERIFY2(answer.at("events") == expected, text(answer).c_str());
}

void OpenAiChatTest::wholeBodies()
{
    const auto resultOf = [](const char* message) {
        const Json answer = parse(std::string(R"({"id":"c","model":"m","choices":[{"index":0,"message":)") + message
                + R"(,"finish_reason":"stop"}]})",
            false);
        return answer.contains("result") ? answer.at("result") : answer;
    };
    QCOMPARE(resultOf(R"({"role":"assistant","content":"hello"})").at("text"), Json("hello"));
    QCOMPARE(resultOf(R"({"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})").at("text"), Json("ab"));
    QCOMPARE(resultOf(R"({"content":null,"refusal":"no"})").at("refusal"), Json("no"));
    QCOMPARE(resultOf(R"({"content":"a"})").contains("refusal"), false);
    QCOMPARE(
        resultOf(
            R"({"content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}},{"id":"a","type":"function","function":{"name":"f","arguments":""}}]})")
            .at("tool_calls"),
        Json({call("a", "f", {{"x", 1}}), call("a", "f", Json::object())}));
    QCOMPARE(resultOf(R"({"content":null,"function_call":{"name":"f","arguments":"{}"}})").at("tool_calls"),
        Json::array({call("", "f", Json::object())}));
    QCOMPARE(resultOf(R"({"content":"a"})").at("usage"), Json());
    QCOMPARE(parse(R"({"choices":[]})", false).at("error").at("kind"), Json("malformed"));
    QCOMPARE(parse(R"({"choices":[{"mess)", false).at("error").at("kind"), Json("malformed"));
    QCOMPARE(parse("", false).at("error").at("kind"), Json("truncated"));
    QCOMPARE(
        parse(R"({"error":{"message":"m","code":"insufficient_quota"}})", false).at("error").at("status"), Json(429));
    QCOMPARE(
        parse(streamOf({R"({"choices":[{"delta":{"content":"streamed"}}]})", finish}), false).at("result").at("text"),
        Json("streamed"));
    QCOMPARE(
        parse("\xEF\xBB\xBF{\"choices\":[{\"message\":{\"content\":\"m\"}}]}", false).at("result").at("finish_reason"),
        Json());
}

void OpenAiChatTest::statuses()
{
    const Json limited = parse(
        R"({"error":{"message":"slow","type":"requests","param":null,"code":"rate_limit_exceeded"}})", true, 429);
    QCOMPARE(limited.at("error"),
        Json({{"kind", "status"}, {"status", 429}, {"type", "requests"}, {"code", "rate_limit_exceeded"},
            {"message", "slow"}, {"retryable", true}}));
    for (const int status : {400, 401, 403, 404, 413, 422})
        QCOMPARE(parse("{}", false, status).at("error").at("retryable"), Json(false));
    for (const int status : {408, 409, 429, 500, 502, 503, 529})
        QCOMPARE(parse("{}", false, status).at("error").at("retryable"), Json(true));
    QCOMPARE(parse("<html>502</html>", true, 502).at("error").at("status"), Json(502));
    QCOMPARE(parse("upstream gone", false, 502).at("error").at("message"), Json("upstream gone"));
    QCOMPARE(parse(R"({"detail":"Not Found"})", false, 404).at("error").at("message"), Json("Not Found"));
    QCOMPARE(
        parse(
            R"([{"error":{"code":429,"message":"q","status":"RESOURCE_EXHAUSTED","details":[{"@type":"x/RetryInfo","retryDelay":"34.4s"}]}}])",
            false, 429)
            .at("error")
            .at("retry_after_ms"),
        Json(34'400));
    QCOMPARE(parse("", false, 302).at("error").at("status"), Json(302));
}

void OpenAiChatTest::retryHeaders()
{
    const ManualClock clock(parseInstant("1994-11-06T08:49:07Z").value());
    const auto answer = [&](Json headers) {
        return parseWireItem({{"body", "{}"}, {"status", 503}, {"headers", std::move(headers)}}, "openai-chat", clock)
            .at("error");
    };
    QCOMPARE(answer({{"Retry-After", "7"}}).at("retry_after_ms"), Json(7'000));
    QCOMPARE(answer({{"retry-after-ms", "1500"}, {"Retry-After", "7"}}).at("retry_after_ms"), Json(1'500));
    QCOMPARE(answer({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}).at("retry_after_ms"), Json(30'000));
    for (const char* ignored :
        {"60", "-1", "soon", "Sun, 06 Nov 1994 08:55:37 GMT", "Sun, 06 Nov 1994 08:00:00 GMT", "1e1", ""})
        QVERIFY2(!answer({{"Retry-After", ignored}}).contains("retry_after_ms"), ignored);
    QCOMPARE(answer({{"x-should-retry", "false"}}).at("retryable"), Json(false));
}

void OpenAiChatTest::limits()
{
    ChatStreamParser parser(AnswerLimits{.textBytes = 10, .toolCalls = 512});
    std::vector<ModelEvent> events;
    const auto pushed = parser.push(streamOf({R"({"choices":[{"delta":{"content":"123456"}}]})",
                                        R"({"choices":[{"delta":{"content":"789012"}}]})", finish}),
        events);
    QVERIFY(!pushed);
    QVERIFY(pushed.error().kind == FailureKind::TooLarge);
    QVERIFY(!pushed.error().retryable);
    QVERIFY(!parser.finish(events));
}

void OpenAiChatTest::badItems()
{
    for (const Json& item : {Json(), Json(1), Json::object(), Json{{"body", 1}}, Json{{"body", ""}, {"status", "200"}},
             Json{{"body", ""}, {"stream", 1}}})
        QCOMPARE(parseWireItem(item, "openai-chat").at("error").at("kind"), Json("invalid-item"));
    QCOMPARE(parseWireItem({{"body", ""}}, "morse").at("error").at("kind"), Json("invalid-item"));
}

void OpenAiChatTest::requests()
{
    ChatRequest request;
    request.model = "m";
    ToolCall made;
    made.id = "c1";
    made.name = "f";
    made.argumentsText = "{\"x\":1}";
    ChatMessage system, user, assistant, tool;
    system.role = "system";
    system.content = "be kind";
    user.role = "user";
    user.content = "hi";
    assistant.role = "assistant";
    assistant.toolCalls = {made};
    tool.role = "tool";
    tool.content = "ok";
    tool.toolCallId = "c1";
    request.messages = {system, user, assistant, tool};
    ToolDeclaration declared;
    declared.name = "f";
    declared.description = "does f";
    declared.parameters = {{"type", "object"}};
    request.tools = {declared};
    request.maxTokens = 5;
    const Json expected
        = parseJson(R"({"model":"m","stream":true,"stream_options":{"include_usage":true},"max_tokens":5,
        "messages":[{"role":"system","content":"be kind"},{"role":"user","content":"hi"},
            {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}}]},
            {"role":"tool","content":"ok","tool_call_id":"c1"}],
        "tools":[{"type":"function","function":{"name":"f","description":"does f","parameters":{"type":"object"}}}]})")
              .value();
    QVERIFY2(encodeRequest(request) == expected, text(encodeRequest(request)).c_str());
    QCOMPARE(encodeRequest(request, TokenLimitField::MaxCompletionTokens).at("max_completion_tokens"), Json(5));
    request.stream = false;
    QVERIFY(!encodeRequest(request).contains("stream_options"));
}

QTEST_GUILESS_MAIN(OpenAiChatTest)
#include "openai_chat_test.moc"
