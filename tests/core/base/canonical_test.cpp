#include <QtTest>

#include "core/base/canonical_text.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/core/base/number_stream.h"

#include <cinttypes>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

using namespace ephor;

namespace {

QString canonicalOf(const std::string& text)
{
    const auto json = parseJson(text);
    if (!json)
        return QString::fromStdString("parse: " + json.error().code);
    const auto canonical = canonicalJson(*json);
    return QString::fromStdString(canonical ? *canonical : canonical.error().code);
}

// Any JSON value, a few levels deep.
Json randomValue(std::mt19937_64& random, int depth)
{
    constexpr std::array<const char*, 8> texts{"", "a", "€", "😂", "\"\\", "\x01\x1f", "דּ", "line\nbreak"};
    switch (random() % (depth > 0 ? 8 : 6)) {
    case 0:
        return nullptr;
    case 1:
        return random() % 2 == 0;
    case 2:
        return std::int64_t(random() % 18'014'398'509'481'983) - 9'007'199'254'740'991;
    case 3: {
        const double value = std::bit_cast<double>(std::uint64_t(random()));
        return std::isfinite(value) ? value : 0.5;
    }
    case 4:
        return double(random() % 1'000'000) / 1'000;
    case 5:
        return texts[random() % texts.size()];
    case 6: {
        Json list = Json::array();
        for (std::size_t i = random() % 4; i > 0; --i)
            list.push_back(randomValue(random, depth - 1));
        return list;
    }
    default: {
        Json object = Json::object();
        for (std::size_t i = random() % 4; i > 0; --i)
            object[texts[random() % texts.size()]] = randomValue(random, depth - 1);
        return object;
    }
    }
}

}

class CanonicalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void layouts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        QTest::newRow("white space") << " { \"b\" : [ 1 , 2 ] , \"a\" : null } " << R"({"a":null,"b":[1,2]})";
        QTest::newRow("empty") << "[{},[],\"\"]" << "[{},[],\"\"]";
        QTest::newRow("trailing zero") << "[1.0, 4.50, -0, -0.0, 1E30, 2e-3]" << "[1,4.5,0,0,1e+30,0.002]";
        QTest::newRow("largest integers") << "[9007199254740991,-9007199254740991]"
                                          << "[9007199254740991,-9007199254740991]";
        QTest::newRow("beyond, by the same digits") << "[9007199254740992,-9007199254740994,10000000000000000000]"
                                                    << "[9007199254740992,-9007199254740994,10000000000000000000]";
        QTest::newRow("too large") << "9007199254740993" << "json.integer-range";
        QTest::newRow("too small") << "-9007199254740993" << "json.integer-range";
        QTest::newRow("shorter as a double") << "9223372036854775807" << "json.integer-range";
        QTest::newRow("beyond 64 bits as a double") << "100000000000000000000" << "100000000000000000000";
        QTest::newRow("escapes") << "\"\\u0000\\b\\t\\n\\f\\r\\u001f\\\"\\\\\\/\\u007f\\u00e9\""
                                 << QString::fromUtf8("\"\\u0000\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\x7F"
                                                      "é\"");
        QTest::newRow("RFC 8785, 3.2.2")
            << "{\"numbers\":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],\"string\":\"\\u20ac$"
               "\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\"literals\":[null,true,false]}"
            << QString::fromUtf8("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27]"
                                 ",\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        QTest::newRow("RFC 8785, 3.2.3: UTF-16 order")
            << "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"
            << QString::fromUtf8("{\"\\r\":2,\"1\":4,\"\xC2\x80"
                                 "\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\xEF\xAC\xB3"
                                 "\":3}");
    }
    void layouts()
    {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        QCOMPARE(canonicalOf(text.toStdString()), canonical);
    }

    void numbers_data()
    {
        QTest::addColumn<quint64>("bits");
        QTest::addColumn<QString>("text");
        // RFC 8785, appendix B
        QTest::newRow("zero") << quint64(0) << "0";
        QTest::newRow("minus zero") << quint64(0x8000000000000000) << "0";
        QTest::newRow("smallest") << quint64(1) << "5e-324";
        QTest::newRow("smallest negative") << quint64(0x8000000000000001) << "-5e-324";
        QTest::newRow("largest") << quint64(0x7fefffffffffffff) << "1.7976931348623157e+308";
        QTest::newRow("2^53") << quint64(0x4340000000000000) << "9007199254740992";
        QTest::newRow("2^68") << quint64(0x4430000000000000) << "295147905179352830000";
        QTest::newRow("below 1e23") << quint64(0x44b52d02c7e14af5) << "9.999999999999997e+22";
        QTest::newRow("1e23") << quint64(0x44b52d02c7e14af6) << "1e+23";
        QTest::newRow("below 1e21") << quint64(0x444b1ae4d6e2ef4f) << "999999999999999900000";
        QTest::newRow("1e21") << quint64(0x444b1ae4d6e2ef50) << "1e+21";
        QTest::newRow("below 1e-6") << quint64(0x3eb0c6f7a0b5ed8c) << "9.999999999999997e-7";
        QTest::newRow("1e-6") << quint64(0x3eb0c6f7a0b5ed8d) << "0.000001";
        QTest::newRow("a third") << quint64(0x41b3de4355555555) << "333333333.3333333";
        QTest::newRow("round to even") << quint64(0x43143ff3c1cb0959) << "1424953923781206.2";
    }
    void numbers()
    {
        QFETCH(quint64, bits);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(ecmaNumber(std::bit_cast<double>(std::uint64_t(bits)))), text);
    }

    void numberStream_data()
    {
        QTest::addColumn<int>("lines");
        QTest::addColumn<QString>("hash");
        QTest::newRow("1,000") << 1'000 << "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687";
        QTest::newRow("10,000") << 10'000 << "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892";
        QTest::newRow("100,000") << 100'000 << "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7";
    }
    void numberStream()
    {
        QFETCH(int, lines);
        QFETCH(QString, hash);
        test::NumberStream stream;
        Sha256 sum;
        for (int i = 0; i < lines; ++i) {
            const double value = stream.next();
            std::array<char, 24> hex{};
            std::snprintf(hex.data(), hex.size(), "%" PRIx64 ",", std::bit_cast<std::uint64_t>(value));
            sum.add(std::string_view(hex.data())).add(ecmaNumber(value)).add("\n");
        }
        QCOMPARE(QString::fromStdString(toHex(sum.finish())), hash);
    }

    void aGlanceIsNeverWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("plain");
        for (const char* text : {"{\"a\":1,\"b\":[true,false,null,\"x\"],\"c\":{}}", "[]", "0", "-7", "123456789012345",
                 "\"é\"", "\"\\b\\t\\n\\f\\r\\\"\\\\\"", "\"\\u0000\\u0007\\u000b\\u000e\\u000f\\u001f\"", "{\"\":0}"})
            QTest::newRow(text) << QByteArray(text) << true;
        for (const char* text : {"{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "{ }", "[1, 2]", " 1", "1 ", "-0", "01",
                 "1.0", "1e3", "1234567890123456", "\"\\/\"", "\"\\u0041\"", "\"\\u000A\"", "\"\\u000a\"",
                 "\"\\u0008\"", "\"\\u001F\"", "\"\\u0020\"", "\"\\u00\"", "{\"é\":1}", "{\"\\n\":1}", "[1,]",
                 "{\"a\"}", "tru", "", "[", "\"", "\"\xff\"", "nullx"})
            QTest::newRow(text) << QByteArray(text) << false;
    }
    void aGlanceIsNeverWrong()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, plain);
        QCOMPARE(isPlainlyCanonical(text.toStdString()), plain);
        const auto canonical = canonicalText(text.toStdString());
        if (plain)
            QCOMPARE(canonicalOf(text.toStdString()), QString::fromUtf8(text));
        else if (canonical)
            QCOMPARE(QString::fromStdString(*canonical), canonicalOf(text.toStdString()));
        else
            QVERIFY(
                canonicalOf(text.toStdString()).startsWith("parse: " + QString::fromStdString(canonical.error().code)));
    }

    void aGlanceAgreesWithTheWriter()
    {
        std::mt19937_64 random(7);
        int plain = 0;
        for (int i = 0; i < 5'000; ++i) {
            const Json value = randomValue(random, 4);
            for (const std::string& text : {compactJson(value), canonicalJson(value).value()}) {
                if (!isPlainlyCanonical(text))
                    continue;
                ++plain;
                QCOMPARE(text, canonicalJson(parseJson(text).value()).value());
            }
        }
        QVERIFY(plain > 1'000);
    }

    void readingItBackGivesTheSame()
    {
        std::mt19937_64 random(8785);
        for (int round = 0; round < 5'000; ++round) {
            const Json value = randomValue(random, 4);
            const auto canonical = canonicalJson(value);
            QVERIFY(canonical);
            const auto read = parseJson(*canonical);
            QVERIFY2(read, canonical->c_str());
            QVERIFY2(*read == value, canonical->c_str());
            // A double such as 1e17 is written as digits, and those are read as an integer beyond 2^53.
            const auto again = canonicalJson(*read);
            QVERIFY2(again, canonical->c_str());
            QCOMPARE(*again, *canonical);
        }
    }

    void whatOthersCannotReadIsRefused()
    {
        QCOMPARE(
            canonicalJson(Json(std::numeric_limits<double>::infinity())).error().code, std::string("json.not-finite"));
        QCOMPARE(
            canonicalJson(Json(std::numeric_limits<double>::quiet_NaN())).error().code, std::string("json.not-finite"));
        QCOMPARE(canonicalJson(Json("\xff")).error().code, std::string("json.utf8"));
        QCOMPARE(canonicalJson(Json{{"\xff", 1}}).error().code, std::string("json.utf8"));
        QCOMPARE(canonicalJson(Json(std::numeric_limits<std::uint64_t>::max())).error().code,
            std::string("json.integer-range"));
        QCOMPARE(canonicalJson(Json(std::numeric_limits<std::int64_t>::min())).error().code,
            std::string("json.integer-range"));
        Json deep;
        for (int i = 0; i < 2'000; ++i)
            deep = Json::array({std::move(deep)});
        QCOMPARE(canonicalJson(deep).error().code, std::string("json.too-deep"));
    }
};

QTEST_GUILESS_MAIN(CanonicalTest)
#include "canonical_test.moc"
