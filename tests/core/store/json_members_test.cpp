#include "core/store/json_members.h"

#include "core/base/json.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::store;

class JsonMembersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void membersStandAsWritten();
    void takesWhatTheGrammarTakes_data();
    void takesWhatTheGrammarTakes();
    void leavesDepthsToOthers();
};

void JsonMembersTest::membersStandAsWritten()
{
    const auto members = membersOf(R"( {"a" : "x\"y", "b":{"c":[1, {"d":2}]} ,"":-1.5e+3,"a":null})");
    QVERIFY(members);
    std::vector<std::pair<std::string, std::string>> found;
    for (const JsonMember& member : *members)
        found.emplace_back(member.name, member.value);
    const std::vector<std::pair<std::string, std::string>> expected{
        {"a", R"("x\"y")"}, {"b", R"({"c":[1, {"d":2}]})"}, {"", "-1.5e+3"}, {"a", "null"}};
    QVERIFY(found == expected);
    QVERIFY(membersOf("{}")->empty());
}

void JsonMembersTest::takesWhatTheGrammarTakes_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char* value : {"0", "-0", "10", "01", "-", "1.", ".5", "1e", "1e5", "1E-5", "1e+", "+1", "true", "tru",
             "null", "nul", "false", "\"\"", "\"\\n\"", "\"\\u00e9\"", "\"\\u00g9\"", "\"\\x\"", "\"\\", "\"", "[]",
             "[1,]", "[,1]", "[1 2]", "{}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "", " ", "1 2",
             "\"\t\"", "[[[]]]", "[}", "\"\\u12", "1e5.5", "--1"})
        QTest::newRow(value) << QByteArray(value);
}

// The reader that everything else goes through is the judge.
void JsonMembersTest::takesWhatTheGrammarTakes()
{
    QFETCH(QByteArray, value);
    const std::string text = "{\"member\":" + value.toStdString() + "}";
    const auto members = membersOf(text);
    QCOMPARE(members.has_value(), parseJson(text).has_value());
    if (members)
        QCOMPARE(QByteArray::fromStdString(std::string(members->at(0).value)), value);
    QVERIFY(!membersOf(value.toStdString() + "x"));
    QVERIFY(!membersOf("[" + text + "]"));
}

void JsonMembersTest::leavesDepthsToOthers()
{
    const auto nested
        = [](std::size_t depth) { return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}"; };
    QVERIFY(membersOf(nested(100)));
    QVERIFY(!membersOf(nested(1'000'000)));
    QVERIFY(!membersOf(R"({"\u0061":1})"));
}

QTEST_GUILESS_MAIN(JsonMembersTest)
#include "json_members_test.moc"
