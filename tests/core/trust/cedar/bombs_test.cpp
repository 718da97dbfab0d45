#include "core/trust/cedar/batch.h"
#include "core/trust/cedar/validator.h"
#include "tests/core/trust/cedar/desk.h"

#include <QTest>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

std::string repeated(std::string_view part, std::size_t count)
{
    std::string text;
    text.reserve(part.size() * count);
    for (std::size_t i = 0; i < count; ++i)
        text += part;
    return text;
}

std::string policyWhen(const std::string& condition)
{
    return "permit(principal, action, resource) when { " + condition + " };";
}

Json chainOf(std::size_t length)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < length; ++i)
        list.push_back({{"uid", {{"type", "E"}, {"id", std::to_string(i)}}}, {"attrs", Json::object()},
            {"parents", Json::array({{{"type", "E"}, {"id", std::to_string(i + 1)}}})}});
    return list;
}

}

/// Texts, values and graphs made to hurt: each ends with a clear error, or in time.
class BombsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesDepth_data();
    void refusesDepth();
    void readsWhatIsLongButFlat();
    void refusesTooLongATextAndOtherBytes();
    void refusesDeepValues();
    void endsOnHostileGraphs();
    void endsOnTypesThatDouble();
    void matchesLongTextsInTime();
    void answersAnyItem_data();
    void answersAnyItem();
};

void BombsTest::refusesDepth_data()
{
    QTest::addColumn<QString>("opening");
    QTest::addColumn<QString>("closing");
    QTest::newRow("brackets") << "(" << ")";
    QTest::newRow("sets") << "[" << "]";
    QTest::newRow("records") << "{a:" << "}";
    QTest::newRow("branches") << "if true then true else " << "";
    QTest::newRow("attributes") << "" << ".a";
    QTest::newRow("indexes") << "" << "[\"a\"]";
    QTest::newRow("calls") << "ip(" << ")";
    QTest::newRow("methods") << "" << ".contains(1)";
    QTest::newRow("signs") << "-(" << ")";
}

void BombsTest::refusesDepth()
{
    QFETCH(QString, opening);
    QFETCH(QString, closing);
    const std::string text
        = policyWhen(repeated(opening.toStdString(), 100'000) + "context" + repeated(closing.toStdString(), 100'000));
    const auto policies = PolicySet::fromText(text);
    QVERIFY(!policies.has_value());
    QVERIFY2(policies.error().code == "cedar.too-deep", describe(policies.error()).c_str());
    QVERIFY(!fieldOf(policies.error(), "column").empty());
}

void BombsTest::readsWhatIsLongButFlat()
{
    QCOMPARE(valueOf(QByteArray::fromStdString(repeated("true && ", 50'000) + "true")), QByteArray("true"));
    QCOMPARE(valueOf(QByteArray::fromStdString(repeated("false || ", 50'000) + "true")), QByteArray("true"));
    QCOMPARE(valueOf(QByteArray::fromStdString(repeated("1 + ", 50'000) + "1 == 50001")), QByteArray("true"));
    QCOMPARE(valueOf(QByteArray::fromStdString("[" + repeated("1, ", 50'000) + "2].contains(2)")), QByteArray("true"));
    const std::string many = repeated("permit(principal == User::\"ann\", action, resource);\n", 200'000);
    QVERIFY(many.size() > 10'000'000);
    QCOMPARE(verdictOf(*take(PolicySet::fromText(many))).reasons.size(), std::size_t(200'000));
    const auto tooMany = PolicySet::fromText(repeated("permit(principal,action,resource);", 200'001));
    QVERIFY(!tooMany.has_value() && tooMany.error().code == "cedar.too-large");
}

void BombsTest::refusesTooLongATextAndOtherBytes()
{
    QVERIFY(PolicySet::fromText(std::string(17 * 1024 * 1024, ' ')).error().code == "cedar.too-large");
    QVERIFY(PolicySet::fromText("permit(principal,action,resource) when { \"\xff\" == \"a\" };").error().code
        == "cedar.utf8");
    QVERIFY(Schema::fromText("entity U\xc0;").error().code == "cedar.utf8");
    QVERIFY(Schema::fromText("type T = " + repeated("Set<", 100'000)).error().code == "cedar.too-deep");
    QVERIFY(Schema::fromText("type T = " + repeated("{a: ", 100'000)).error().code == "cedar.too-deep");
}

void BombsTest::refusesDeepValues()
{
    Json deep = 1;
    for (int i = 0; i < 300; ++i)
        deep = Json::array({std::move(deep)});
    Json asked = annReadsPlan();
    asked["context"] = {{"deep", std::move(deep)}};
    QVERIFY(Request::fromJson(asked).error().code == "cedar.too-deep");
}

void BombsTest::endsOnHostileGraphs()
{
    QVERIFY(Entities::fromJson(chainOf(6'000)).error().code == "cedar.too-large");
    Json cycle = chainOf(6'000);
    cycle.back()["parents"][0]["id"] = "0";
    QVERIFY(Entities::fromJson(cycle).error().code == "cedar.cycle");
    const auto short_ = take(Entities::fromJson(chainOf(1'000)));
    QVERIFY(short_->find(EntityUid(Text("E"), Text("0")))->isIn(EntityUid(Text("E"), Text("1000"))));
}

// T0 is two of T1, T1 two of T2, …: as a tree it would have 2^100 leaves.
void BombsTest::endsOnTypesThatDouble()
{
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "type T" + std::to_string(i) + " = { a: T" + std::to_string(i + 1) + ", b: T" + std::to_string(i + 1)
            + " };\n";
    text += "type T100 = Long; entity U { x: T0, y: T0 }; action a appliesTo { principal: U, resource: U };";
    const auto schema = take(Schema::fromText(text));
    const auto policies = take(PolicySet::fromText(policyWhen("principal.x == principal.y && principal.x == 1")));
    const Validation validation = validate(*policies, *schema);
    QCOMPARE(validation.errors.size(), std::size_t(1));
    QVERIFY(validation.errors.front().message.size() < 1'000);
    const auto cut = Schema::fromText(repeated("type A = { b: B }; ", 1) + "type B = { a: A };");
    QVERIFY(!cut.has_value() && cut.error().code == "cedar.schema");
}

void BombsTest::matchesLongTextsInTime()
{
    Json asked = annReadsPlan();
    asked["context"] = {{"text", std::string(1'000'000, 'a')}};
    const auto policies = take(
        PolicySet::fromText(policyWhen("context.text like \"" + repeated("*" + std::string(500, 'a'), 20) + "b\"")));
    const Request request = take(Request::fromJson(asked));
    QVERIFY(decide(*policies, *Entities::none(), request).decision == Decision::Deny);
}

void BombsTest::answersAnyItem_data()
{
    QTest::addColumn<QByteArray>("item");
    for (const char* item : {"null", "7", "[]", "{}", R"({"policies":7})", R"({"policies":{"a":1}})",
             R"({"policies":""})", R"({"policies":"","request":7})", R"({"policies":"","entities":7,"request":{}})",
             R"({"policies":"","mode":"x"})", R"({"policies":"","schema":7})", R"({"policies":"","validate":1})",
             R"({"policies":"","validate":true,"request":{}})",
             R"({"policies":"permit(principal == ?principal,action,resource);"})", R"({"policies":"permit("})"})
        QTest::newRow(item) << QByteArray(item);
}

void BombsTest::answersAnyItem()
{
    QFETCH(QByteArray, item);
    const Json answer = checkPolicyItem(take(parseJson(item.toStdString())));
    QVERIFY2(answer.contains("error"), compactJson(answer).c_str());
    QVERIFY(!answer["error"]["code"].get<std::string>().empty());
    QVERIFY(!answer.contains("decision"));
}

QTEST_GUILESS_MAIN(BombsTest)
#include "bombs_test.moc"
