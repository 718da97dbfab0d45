#include "core/run/provider/sse.h"

#include <QtTest/QtTest>

using namespace ephor;
using namespace ephor::provider;

namespace {

std::vector<SseEvent> decodeInPieces(const std::string& bytes, std::size_t first)
{
    SseDecoder decoder;
    std::vector<SseEvent> events;
    const std::string_view view = bytes;
    if (!decoder.push(view.substr(0, first), events) || !decoder.push(view.substr(first), events)
        || !decoder.finish(events))
        events.push_back({"failed", {}, {}, true});
    return events;
}

std::vector<SseEvent> decodeByteByByte(const std::string& bytes)
{
    SseDecoder decoder;
    std::vector<SseEvent> events;
    bool good = true;
    for (const char& byte : bytes)
        good = good && decoder.push(std::string_view(&byte, 1), events).has_value();
    good = good && decoder.finish(events).has_value();
    if (!good)
        events.push_back({"failed", {}, {}, true});
    return events;
}

struct SseCase {
    const char* name;
    std::string bytes;
    std::vector<SseEvent> expected;
};

std::vector<SseCase> sseCases()
{
    using std::string_literals::operator""s;
    return {
        {"one event", "data: a\n\n", {{"", "a", ""}}},
        {"carriage returns", "data: a\r\rdata: b\r\r", {{"", "a", ""}, {"", "b", ""}}},
        {"both", "data: a\r\n\r\ndata: b\r\n\r\n", {{"", "a", ""}, {"", "b", ""}}},
        {"mixed ends", "data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", {{"", "a", ""}, {"", "b", ""}, {"", "c", ""}}},
        {"several data lines", "data: a\ndata:\ndata: b\n\n", {{"", "a\n\nb", ""}}},
        {"one space only", "data:a\n\ndata:  b\n\n", {{"", "a", ""}, {"", " b", ""}}},
        {"comments", ": OPENROUTER PROCESSING\n\n:\ndata: a\n: b\n\n", {{"", "a", ""}}},
        {"byte order mark",
            "\xEF\xBB\xBF"
            "data: a\n\n",
            {{"", "a", ""}}},
        {"half a mark", "\xEF\xBBx: 1\ndata: a\n\n", {{"", "a", ""}}},
        {"mark later on",
            "data: a\n\n\xEF\xBB\xBF"
            "data: b\n\n",
            {{"", "a", ""}}},
        {"only half a mark", "\xEF\xBB", {}},
        {"event only", "event: ping\n\ndata: a\n\n", {{"", "a", ""}}},
        {"named event", "event: error\ndata: a\n\ndata: b\n\n", {{"error", "a", ""}, {"", "b", ""}}},
        {"empty data", "data\n\ndata:\n\n", {{"", "", ""}, {"", "", ""}}},
        {"ids stay", "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", {{"", "a", "1"}, {"", "b", "1"}, {"", "c", ""}}},
        {"id with a zero byte", "id: 1\0\ndata: a\n\n"s, {{"", "a", ""}}},
        {"unknown fields", "foo: bar\n{\"error\":1}\ndata: a\n\n", {{"", "a", ""}}},
        {"field with a space before", " data: a\n\n", {}},
        {"no blank line at the end", "data: a\n\ndata: b\n", {{"", "a", ""}, {"", "b", "", false}}},
        {"no line end at the end", "data: a\n\ndata: b", {{"", "a", ""}, {"", "b", "", false}}},
        {"line separator inside",
            "data: a\xE2\x80\xA8"
            "b\xC2\x85"
            "c\n\n",
            {{"",
                "a\xE2\x80\xA8"
                "b\xC2\x85"
                "c",
                ""}}},
        {"characters of several bytes", "data: \xF0\x9F\x99\x82\xC3\xA9\n\n", {{"", "\xF0\x9F\x99\x82\xC3\xA9", ""}}},
        {"leading blank lines", "\n\r\n\rdata: a\n\n", {{"", "a", ""}}},
    };
}

}

class SseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCaseAtEveryCut();
    void retryField();
    void tooLarge();
    void longId();
};

void SseTest::everyCaseAtEveryCut()
{
    for (const SseCase& row : sseCases()) {
        for (std::size_t cut = 0; cut <= row.bytes.size(); ++cut)
            QVERIFY2(decodeInPieces(row.bytes, cut) == row.expected, row.name);
        QVERIFY2(decodeByteByByte(row.bytes) == row.expected, row.name);
    }
}

void SseTest::retryField()
{
    SseDecoder decoder;
    std::vector<SseEvent> events;
    QVERIFY(decoder.push("retry: 10x\nretry: -1\nretry:\n", events).has_value());
    QVERIFY(!decoder.retryMilliseconds());
    QVERIFY(decoder.push("retry: 2500\n\n", events).has_value());
    QCOMPARE(decoder.retryMilliseconds().value(), std::uint64_t(2500));
    QVERIFY(events.empty());
}

void SseTest::longId()
{
    SseDecoder decoder(SseLimits{64, 4});
    std::vector<SseEvent> events;
    QVERIFY(decoder.push("id: 1234\ndata: a\n\nid: 12345\ndata: b\n\n", events).has_value());
    const std::vector<SseEvent> expected{{"", "a", "1234"}, {"", "b", "1234"}};
    QVERIFY(events == expected);
}

void SseTest::tooLarge()
{
    const std::string bytes = "data: a\n\ndata: 0123456789\ndata: 0123456789\ndata: 0123456789\n\n";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        SseDecoder decoder(SseLimits{24});
        std::vector<SseEvent> events;
        const bool first = decoder.push(std::string_view(bytes).substr(0, cut), events).has_value();
        const auto second = decoder.push(std::string_view(bytes).substr(cut), events);
        QVERIFY(!second);
        QCOMPARE(second.error().code, std::string("sse.too-large"));
        QVERIFY(first || cut > 24);
        QCOMPARE(events.size(), std::size_t(1));
        QVERIFY(!decoder.finish(events));
    }
}

QTEST_GUILESS_MAIN(SseTest)
#include "sse_test.moc"
