#include "core/domain/json_text.h"

#include "core/domain/reflect.h"
#include "core/domain/run.h"

#include <QtTest>
#include <limits>
#include <nlohmann/json.hpp>

namespace ephor::test {

enum class Shade { Pale, DeepBlue };
BOOST_DESCRIBE_ENUM(Shade, Pale, DeepBlue)

struct Leaf {
    std::string zeta;
    std::int64_t alpha = 0;
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (zeta, alpha))

struct Hollow { };
BOOST_DESCRIBE_STRUCT(Hollow, (), ())

struct Tree {
    bool flag = false;
    std::int64_t whole = 0;
    std::uint64_t natural = 0;
    double number = 0;
    std::string text;
    SecretText<16> secret;
    Shade shade = Shade::Pale;
    Instant at;
    Money money;
    Document document;
    std::optional<Leaf> maybe;
    std::vector<Leaf> leaves;
    std::map<std::string, std::vector<std::string>> map;
    Hollow hollow;
};
BOOST_DESCRIBE_STRUCT(
    Tree, (), (flag, whole, natural, number, text, secret, shade, at, money, document, maybe, leaves, map, hollow))

}

using namespace ephor;
using namespace ephor::test;

namespace {

void sameAsTheValue(const Tree& tree)
{
    QCOMPARE(QByteArray::fromStdString(jsonTextOf(tree)), QByteArray::fromStdString(compactJson(toJson(tree))));
}

Tree filledTree()
{
    Tree tree;
    tree.flag = true;
    tree.whole = -7;
    tree.natural = std::numeric_limits<std::uint64_t>::max();
    tree.number = 0.1;
    tree.text = "plain";
    tree.secret = "hunter2";
    tree.shade = Shade::DeepBlue;
    tree.at = Instant(std::chrono::microseconds(1'700'000'000'000'001));
    tree.money = Money{-1'250'000'000};
    tree.maybe = Leaf{"z", 1};
    tree.leaves = {Leaf{"", -1}, Leaf{"y", 2}};
    tree.map = {{"b", {}}, {"a \"quoted\"", {"x", "y"}}, {"", {""}}};
    return tree;
}

}

class JsonTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatTheValueSays()
    {
        sameAsTheValue(Tree());
        sameAsTheValue(filledTree());
        QVERIFY(jsonTextOf(filledTree()).find("hunter2") == std::string::npos);
    }

    void everyByteOfATextIsWrittenAlike()
    {
        for (int byte = 0; byte < 256; ++byte) {
            Tree tree;
            tree.text = std::string("a") + char(byte) + "b";
            tree.map = {{tree.text, {tree.text}}};
            sameAsTheValue(tree);
        }
    }

    void textsBeyondAsciiAreWrittenAlike_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("two and three bytes") << QByteArray("\xc3\xbc\xe2\x82\xac");
        QTest::newRow("four bytes and an escape") << QByteArray("\xf0\x9f\x98\x80\n");
        QTest::newRow("cut short") << QByteArray("\xe2\x82");
        QTest::newRow("overlong") << QByteArray("\xc0\xaf");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80 after");
        QTest::newRow("line separators") << QByteArray("\xe2\x80\xa8\xe2\x80\xa9");
    }

    void textsBeyondAsciiAreWrittenAlike()
    {
        QFETCH(QByteArray, text);
        Tree tree = filledTree();
        tree.text = text.toStdString();
        tree.leaves[0].zeta = tree.text;
        sameAsTheValue(tree);
    }

    void documentsAreWrittenAlike_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("canonical") << QByteArray("{\"a\":[1,null,true],\"b\":\"\\u0001\"}");
        QTest::newRow("spaced and unordered") << QByteArray(" { \"b\" : 1 , \"a\" : 2 } ");
        QTest::newRow("fractions") << QByteArray("[1.0,1e3,-0.0,0.30]");
        QTest::newRow("escapes that need none") << QByteArray("\"\\u0041\\/\"");
        QTest::newRow("no JSON") << QByteArray("no { json");
        QTest::newRow("nothing") << QByteArray();
    }

    void documentsAreWrittenAlike()
    {
        QFETCH(QByteArray, text);
        Tree tree;
        tree.document.text = text.toStdString();
        sameAsTheValue(tree);
    }

    void aRunIsWrittenAlike()
    {
        RunSummary run;
        run.id = "r-1";
        run.reason = "a \"reason\"\twith signs";
        run.usage.inputTokens = 12;
        run.cost = Money{1};
        run.lastEntry = 3;
        QCOMPARE(jsonTextOf(run), compactJson(toJson(run)));
    }

    void anObjectIsWrittenMemberByMember()
    {
        std::string out = "[";
        ObjectText(out).text("a", "\"").value("b", std::uint64_t(2)).raw("c", "[]").end();
        QCOMPARE(out, std::string("[{\"a\":\"\\\"\",\"b\":2,\"c\":[]}"));
        std::string none;
        ObjectText(none).end();
        QCOMPARE(none, std::string("{}"));
    }
};

QTEST_GUILESS_MAIN(JsonTextTest)
#include "json_text_test.moc"
