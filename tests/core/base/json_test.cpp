#include <QtTest>

#include "core/base/json.h"

#include <nlohmann/json.hpp>

using namespace ephor;

namespace {

std::string fieldOf(const Error& error, std::string_view name)
{
    for (const auto& [field, value] : error.fields) {
        if (field == name)
            return value;
    }
    return {};
}

std::string nested(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

}

class JsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("place");
        QTest::newRow("empty") << QByteArray() << "json.syntax" << "1:1";
        QTest::newRow("space alone") << QByteArray("  \n") << "json.syntax" << "";
        QTest::newRow("after the value") << QByteArray("{} x") << "json.syntax" << "1:4";
        QTest::newRow("second line") << QByteArray("{\n  \"a\": ?\n}") << "json.syntax" << "2:8";
        QTest::newRow("trailing comma") << QByteArray("[1,]") << "json.syntax" << "1:4";
        QTest::newRow("single quotes") << QByteArray("{'a':1}") << "json.syntax" << "1:2";
        QTest::newRow("comment") << QByteArray("[1] // x") << "json.syntax" << "";
        QTest::newRow("NaN") << QByteArray("NaN") << "json.syntax" << "";
        QTest::newRow("leading zero") << QByteArray("01") << "json.syntax" << "";
        QTest::newRow("plus") << QByteArray("+1") << "json.syntax" << "";
        QTest::newRow("control character") << QByteArray("\"a\nb\"") << "json.syntax" << "";
        QTest::newRow("lone surrogate") << QByteArray(R"("\ud83d")") << "json.syntax" << "";
        QTest::newRow("wrong pair") << QByteArray(R"("\ude02\ud83d")") << "json.syntax" << "";
        QTest::newRow("number too large") << QByteArray("1e999") << "json.number-range" << "";
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF[]") << "json.syntax" << "";
        QTest::newRow("null byte after") << QByteArray("[]\0", 3) << "json.syntax" << "";
        QTest::newRow("bad UTF-8") << QByteArray("\"\xff\"") << "json.utf8" << "";
        QTest::newRow("overlong") << QByteArray("\"\xC0\xAF\"") << "json.utf8" << "";
        QTest::newRow("encoded surrogate") << QByteArray("\"\xED\xA0\x80\"") << "json.utf8" << "";
        QTest::newRow("same name twice") << QByteArray(R"({"a":1,"a":2})") << "json.duplicate-key" << "";
        QTest::newRow("same name by escape") << QByteArray(R"({"a":1,"\u0061":2})") << "json.duplicate-key" << "";
        QTest::newRow("same name below") << QByteArray(R"([{"x":{"a":1,"b":2,"a":3}}])") << "json.duplicate-key" << "";
    }
    void refused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        QFETCH(QString, place);
        const auto parsed = parseJson(std::string_view(text.constData(), std::size_t(text.size())));
        QVERIFY(!parsed);
        QCOMPARE(QString::fromStdString(parsed.error().code), code);
        if (!place.isEmpty())
            QCOMPARE(QString::fromStdString(fieldOf(parsed.error(), "line") + ":" + fieldOf(parsed.error(), "column")),
                place);
    }

    void accepted_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("compact");
        QTest::newRow("number") << QByteArray(" 1 ") << QByteArray("1");
        QTest::newRow("null") << QByteArray("null") << QByteArray("null");
        QTest::newRow("same name in two objects")
            << QByteArray(R"([{"a":1},{"a":2}])") << QByteArray(R"([{"a":1},{"a":2}])");
        QTest::newRow("surrogate pair") << QByteArray(R"("\ud83d\ude02")") << QByteArray("\"😂\"");
        QTest::newRow("null character") << QByteArray(R"("\u0000")") << QByteArray(R"("\u0000")");
        QTest::newRow("empty name") << QByteArray(R"({"":0})") << QByteArray(R"({"":0})");
    }
    void accepted()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, compact);
        const auto parsed = parseJson(text.toStdString());
        QVERIFY2(parsed, text.constData());
        QCOMPARE(QByteArray::fromStdString(compactJson(*parsed)), compact);
    }

    void limitsHold()
    {
        JsonLimits limits;
        limits.depth = 3;
        QVERIFY(parseJson(nested(3), limits));
        QCOMPARE(parseJson(nested(4), limits).error().code, std::string("json.too-deep"));
        QVERIFY(parseJson(R"({"a":{"b":[1]}})", limits));
        QCOMPARE(parseJson(R"({"a":{"b":[[]]}})", limits).error().code, std::string("json.too-deep"));
        QCOMPARE(parseJson(nested(1'000'000)).error().code, std::string("json.too-deep"));

        limits = {};
        limits.values = 4;
        QVERIFY(parseJson("[1,2,3]", limits));
        QCOMPARE(parseJson("[1,2,3,4]", limits).error().code, std::string("json.too-large"));
        QCOMPARE(parseJson("[[],[],[],[]]", limits).error().code, std::string("json.too-large"));

        limits = {};
        limits.bytes = 5;
        QVERIFY(parseJson("[1,2]", limits));
        QCOMPARE(parseJson("[1,23]", limits).error().code, std::string("json.too-large"));
        QVERIFY(parseJson("[1,23]", limits).error().kind == ErrorKind::TooLarge);
    }

    void messagesCarryNoLibraryNames()
    {
        const auto parsed = parseJson("{\"a\":}");
        QVERIFY(!parsed);
        for (const auto& [name, value] : parsed.error().fields)
            QVERIFY(value.find("json.exception") == std::string::npos);
    }

    void compactReplacesWhatIsNotText()
    {
        QCOMPARE(QByteArray::fromStdString(compactJson(Json("a\xff"))), QByteArray("\"a\xEF\xBF\xBD\""));
    }
};

QTEST_GUILESS_MAIN(JsonTest)
#include "json_test.moc"
