#include <QtTest>

#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::test {

enum class Colour { Red, DeepBlue };
BOOST_DESCRIBE_ENUM(Colour, Red, DeepBlue)

struct Inner {
    Text<8, 1> name;
    std::int64_t count = 3;
    bool operator==(const Inner&) const = default;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, count))

struct Outer {
    bool flag = false;
    std::int64_t whole = 0;
    std::uint64_t natural = 0;
    double number = 0;
    Text<4> text = "abc";
    SecretText<16> secret;
    Colour colour = Colour::Red;
    Instant at;
    Money money;
    Document document;
    std::optional<std::uint64_t> maybe;
    List<std::string, 2> list;
    std::vector<Inner> inners;
    std::map<std::string, Colour> map;
    bool operator==(const Outer&) const = default;
};
BOOST_DESCRIBE_STRUCT(
    Outer, (), (flag, whole, natural, number, text, secret, colour, at, money, document, maybe, list, inners, map))

}

using namespace ephor;
using namespace ephor::test;

namespace {

Outer filled()
{
    Outer value;
    value.flag = true;
    value.whole = -5;
    value.natural = 9'007'199'254'740'991;
    value.number = 0.25;
    value.text = "ü";
    value.secret = "hunter2";
    value.colour = Colour::DeepBlue;
    value.at = Instant(std::chrono::seconds(1'000'000'000));
    value.money = Money{1'500'000'000};
    value.document.text = R"({"a":[1,null]})";
    value.maybe = 0;
    value.list = {"x", "y"};
    value.inners = {Inner{"one", 1}, Inner{"two", 2}};
    value.map = {{"k", Colour::DeepBlue}};
    return value;
}

std::string fieldOf(const Error& error, std::string_view name)
{
    for (const auto& [field, value] : error.fields) {
        if (field == name)
            return value;
    }
    return {};
}

}

class ReflectTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesEveryMember()
    {
        QCOMPARE(QByteArray::fromStdString(compactJson(toJson(filled()))),
            QByteArray(R"({"at":"2001-09-09T01:46:40.000000Z","colour":"deep-blue","document":{"a":[1,null]},)"
                       R"("flag":true,"inners":[{"count":1,"name":"one"},{"count":2,"name":"two"}],"list":["x","y"],)"
                       R"("map":{"k":"deep-blue"},"maybe":0,"money":"1.5","natural":9007199254740991,"number":0.25,)"
                       R"("secret":null,"text":"ü","whole":-5})"));
        const Json empty = toJson(Outer());
        QVERIFY(empty.at("at").is_null());
        QVERIFY(empty.at("document").is_null());
        QVERIFY(empty.at("maybe").is_null());
        QCOMPARE(empty.at("text").get<std::string>(), std::string("abc"));
    }

    void secretsShowOnlyWhenAsked()
    {
        QVERIFY(compactJson(toJson(filled())).find("hunter2") == std::string::npos);
        QCOMPARE(toJson(filled(), Secrets::Show).at("secret").get<std::string>(), std::string("hunter2"));
    }

    void readsWhatItWrote()
    {
        for (const Outer& value : {Outer(), filled()}) {
            const auto read = fromJson<Outer>(toJson(value, Secrets::Show), UnknownMembers::Refuse);
            QVERIFY2(read, read ? "" : describe(read.error()).c_str());
            QVERIFY(*read == value);
        }
    }

    void absentAndNullKeepTheDefault()
    {
        for (const char* text : {"{}", R"({"text":null,"colour":null,"list":null,"maybe":null,"inners":null})"}) {
            const auto read = fromJson<Outer>(*parseJson(text), UnknownMembers::Refuse);
            QVERIFY2(read, text);
            QVERIFY(*read == Outer());
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("at");
        QTest::newRow("not an object") << "[]" << "value.type" << "/";
        QTest::newRow("unknown member") << R"({"txet":"a"})" << "value.unknown-member" << "/";
        QTest::newRow("unknown member below") << R"({"inners":[{"name":"a","cuont":1}]})" << "value.unknown-member"
                                              << "/inners/0";
        QTest::newRow("boolean from number") << R"({"flag":1})" << "value.type" << "/flag";
        QTest::newRow("integer from fraction") << R"({"whole":1.5})" << "value.type" << "/whole";
        QTest::newRow("integer from text") << R"({"whole":"1"})" << "value.type" << "/whole";
        QTest::newRow("integer too large") << R"({"whole":18446744073709551615})" << "value.type" << "/whole";
        QTest::newRow("integer as a large double") << R"({"whole":1e300})" << "value.type" << "/whole";
        QTest::newRow("negative natural") << R"({"natural":-1})" << "value.type" << "/natural";
        QTest::newRow("number from text") << R"({"number":"1"})" << "value.type" << "/number";
        QTest::newRow("text too long") << R"({"text":"abcde"})" << "value.too-long" << "/text";
        QTest::newRow("text too long in bytes")
            << QString::fromUtf8(R"({"text":"üüü"})") << "value.too-long" << "/text";
        QTest::newRow("text from number") << R"({"text":1})" << "value.type" << "/text";
        QTest::newRow("required text missing") << R"({"inners":[{"name":"a"},{"count":1}]})" << "value.required"
                                               << "/inners/1/name";
        QTest::newRow("required text null") << R"({"inners":[{"name":null}]})" << "value.required" << "/inners/0/name";
        QTest::newRow("required text empty") << R"({"inners":[{"name":""}]})" << "value.required" << "/inners/0/name";
        QTest::newRow("unknown word") << R"({"colour":"DeepBlue"})" << "value.word" << "/colour";
        QTest::newRow("bad time") << R"({"at":"yesterday"})" << "time.format" << "/at";
        QTest::newRow("time as number") << R"({"at":1000})" << "value.type" << "/at";
        QTest::newRow("money as number") << R"({"money":1.5})" << "value.type" << "/money";
        QTest::newRow("bad money") << R"({"money":"1,5"})" << "value.format" << "/money";
        QTest::newRow("list too long") << R"({"list":["a","b","c"]})" << "value.too-long" << "/list";
        QTest::newRow("list element") << R"({"list":["a",1]})" << "value.type" << "/list/1";
        QTest::newRow("map element") << R"({"map":{"a/b~":"green"}})" << "value.word" << "/map/a~1b~0";
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QFETCH(QString, at);
        const auto json = parseJson(text.toStdString());
        QVERIFY(json);
        const auto read = fromJson<Outer>(*json, UnknownMembers::Refuse);
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().code), code);
        QCOMPARE(QString::fromStdString(fieldOf(read.error(), "at")), at);
        QVERIFY(read.error().kind == ErrorKind::Invalid);
    }

    void wholeDoublesAreIntegers()
    {
        const auto read = fromJson<Outer>(*parseJson(R"({"whole":-3.0,"natural":1e3})"), UnknownMembers::Refuse);
        QVERIFY(read);
        QCOMPARE(read->whole, std::int64_t(-3));
        QCOMPARE(read->natural, std::uint64_t(1'000));
    }

    void newerPeersMayKnowMore()
    {
        const auto read
            = fromJson<Outer>(*parseJson(R"({"added":1,"inners":[{"name":"a","later":[]}]})"), UnknownMembers::Ignore);
        QVERIFY(read);
        QCOMPARE(read->inners.size(), std::size_t(1));
    }

    void readingReplacesLists()
    {
        Outer value = filled();
        QVERIFY(fromJson(typeOf<Outer>(), &value, *parseJson(R"({"list":["z"],"map":{}})"), UnknownMembers::Refuse));
        QCOMPARE(value.list.size(), std::size_t(1));
        QVERIFY(value.map.empty());
        QCOMPARE(value.inners.size(), std::size_t(2));
    }

    void schemaFollowsTheType()
    {
        const Json schema = schemaOf(typeOf<Inner>());
        QCOMPARE(QByteArray::fromStdString(compactJson(schema)),
            QByteArray(
                R"({"additionalProperties":false,"properties":{"count":{"type":["integer","null"]},)"
                R"("name":{"maxLength":8,"minLength":1,"type":"string"}},"required":["name"],"type":"object"})"));
        const Json outer = schemaOf(typeOf<Outer>());
        QVERIFY(!outer.contains("required"));
        QCOMPARE(outer.at("properties").at("list").at("maxItems").get<int>(), 2);
        QCOMPARE(
            compactJson(outer.at("properties").at("colour").at("enum")), std::string(R"(["red","deep-blue",null])"));
        QVERIFY(outer.at("properties").at("secret").at("writeOnly").get<bool>());
        QCOMPARE(outer.at("properties").size(), typeOf<Outer>().members.size());
    }

    void words_data()
    {
        QTest::addColumn<QString>("enumerator");
        QTest::addColumn<QString>("word");
        QTest::newRow("one") << "Red" << "red";
        QTest::newRow("two") << "RollingOut" << "rolling-out";
        QTest::newRow("single letters") << "ABTest" << "a-b-test";
    }
    void words()
    {
        QFETCH(QString, enumerator);
        QFETCH(QString, word);
        QCOMPARE(QString::fromStdString(kebabCase(enumerator.toStdString())), word);
    }

    void wordsAndBack()
    {
        QCOMPARE(wordOf(Colour::DeepBlue), std::string("deep-blue"));
        QVERIFY(*enumeratorFrom<Colour>("deep-blue") == Colour::DeepBlue);
        const auto unknown = enumeratorFrom<Colour>("green");
        QVERIFY(!unknown);
        QVERIFY(unknown.error().hint.find("red, deep-blue") != std::string::npos);
    }

    void documentsKeepAnyValue()
    {
        QVERIFY(jsonOf(Document{}).is_null());
        QCOMPARE(jsonOf(Document{"[1]"}), Json::array({1}));
        QCOMPARE(documentOf(Json{{"b", 1}, {"a", 2}}).text, std::string(R"({"a":2,"b":1})"));
        QCOMPARE(jsonOf(Document{"not json"}), Json("not json"));
    }
};

QTEST_GUILESS_MAIN(ReflectTest)
#include "reflect_test.moc"
