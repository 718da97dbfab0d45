#include "core/trust/temporal/batch.h"
#include "tests/core/trust/temporal/desk.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::temporal;

namespace {

const char* const capped
    = "permit(principal, action, resource);\nforbid(principal, action == Action::\"pay\", resource)"
      "\nwhen temporal { count within 1h Action::\"pay\"::request >= 2 };";

Json eventOf(const std::string& kind, const Json& at, const std::string& id = {})
{
    Json event = {{"kind", kind}, {"at", at}, {"principal", "Agent::\"till\""}, {"action", "Action::\"pay\""},
        {"resource", "Asset::\"books\""}};
    if (!id.empty())
        event["id"] = id;
    return event;
}

QString decisionsOf(const Json& answer)
{
    QStringList words;
    for (const Json& verdict : answer.at("verdicts"))
        words.append(QString::number(verdict.at("event").get<int>())
            + QString::fromStdString(verdict.at("decision").get<std::string>()).left(1));
    return words.join(" ");
}

Json traced(const Json& events, const Json& policies = capped)
{
    return tracePolicyItem({{"policies", policies}, {"events", events}});
}

}

/// What `ephor policy trace` answers.
class TraceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decidesEachRequest();
    void keepsSessionsApart();
    void oneCallIsOneEvent();
    void stopsAtAnEventOutOfOrder();
    void countsLimits();
    void tellsWhereARuleErred();
    void answersBadItems_data();
    void answersBadItems();
};

void TraceTest::decidesEachRequest()
{
    const Json answer = traced({eventOf("request", 0), eventOf("response", 1),
        eventOf("request", "1970-01-01T00:00:01Z"), eventOf("request", 2'000), eventOf("request", 3'600'001)});
    QVERIFY2(!answer.contains("error"), answer.dump().c_str());
    QCOMPARE(decisionsOf(answer), "0a 2a 3d 4a");
    QVERIFY(answer["verdicts"][2]["reasons"] == Json::array({"policy1"}));
    QVERIFY(answer["verdicts"][2]["errors"] == Json::array());
    const Json named = traced(Json::array({eventOf("request", 0)}), {{"all", "permit(principal, action, resource);"}});
    QVERIFY(named["verdicts"][0]["reasons"] == Json::array({"all"}));
    QVERIFY(traced(Json::array()).dump() == "{\"verdicts\":[]}");
}

void TraceTest::keepsSessionsApart()
{
    Json events = Json::array();
    for (int i = 0; i < 6; ++i) {
        events.push_back(eventOf("request", i % 2 == 0 ? 100 + i : i, "same" + std::to_string(i)));
        events.back()["session"] = i % 2 == 0 ? "a" : "b";
    }
    QCOMPARE(decisionsOf(traced(events)), "0a 1a 2a 3a 4d 5d");
}

void TraceTest::oneCallIsOneEvent()
{
    const Json policies = "permit(principal, action, resource);forbid(principal, action, resource) when temporal { "
                          "count any::request >= 1 || count any::error >= 2 };";
    // The denied request is an error, and what is told of it afterwards is the same one.
    Json events = Json::array({eventOf("request", 0, "a"), eventOf("request", 1, "b"), eventOf("error", 2, "b"),
        eventOf("error", 3, "a"), eventOf("request", 4, "c")});
    QCOMPARE(decisionsOf(traced(events, policies)), "0a 1d 4d");
    events[3]["denied"] = true;
    const Json answer = traced(events, policies);
    QCOMPARE(decisionsOf(answer), "0a 1d 4d");
    events.erase(1);
    events.erase(1);
    QCOMPARE(decisionsOf(traced(events, policies)), "0a 2a");
}

void TraceTest::stopsAtAnEventOutOfOrder()
{
    const Json answer = traced({eventOf("request", 5), eventOf("request", 4), eventOf("request", 6)});
    QCOMPARE(QString::fromStdString(answer["error"]["code"].get<std::string>()), "temporal.out-of-order");
    QVERIFY(answer["error"]["event"] == 1);
    QCOMPARE(decisionsOf(answer), "0a");
    Json late = eventOf("error", 4, "a");
    late["denied"] = true;
    const Json outcome = traced({eventOf("request", 5, "a"), late});
    QCOMPARE(QString::fromStdString(outcome["error"]["code"].get<std::string>()), "temporal.out-of-order");
}

void TraceTest::countsLimits()
{
    const Json answer = traced(
        {eventOf("request", 0), eventOf("request", 1)}, "@limit(\"1 per 1m\") permit(principal, action, resource);");
    QCOMPARE(decisionsOf(answer), "0a 1d");
    QVERIFY(answer["verdicts"][1]["reasons"] == Json::array({"limit:policy0"}));
}

void TraceTest::tellsWhereARuleErred()
{
    const Json answer = traced({eventOf("request", 0), eventOf("request", 1)},
        "permit(principal, action, resource);\nforbid(principal, action, resource) when temporal { formerly "
        "any::request "
        "where { event.input.x == 1 } };");
    QCOMPARE(decisionsOf(answer), "0a 1d");
    const Json& error = answer["verdicts"][1]["errors"][0];
    QVERIFY(error["line"] == 2);
    QVERIFY(error["column"] == 53);
    QCOMPARE(QString::fromStdString(error["message"].get<std::string>()),
        "An event of the session cannot be read: The record has no attribute input.");
}

void TraceTest::answersBadItems_data()
{
    QTest::addColumn<QString>("item");
    QTest::addColumn<QString>("code");
    const QString event
        = "{\"kind\":\"request\",\"at\":1,\"principal\":\"A::\\\"a\\\"\",\"action\":\"Action::\\\"a\\\"\","
          "\"resource\":\"R::\\\"r\\\"\"";
    QTest::newRow("no object") << "3" << "batch.item";
    QTest::newRow("nothing") << "{}" << "batch.item";
    QTest::newRow("no events") << "{\"policies\":\"\"}" << "batch.item";
    QTest::newRow("no event") << "{\"policies\":\"\",\"events\":[3]}" << "batch.item";
    QTest::newRow("no kind") << "{\"policies\":\"\",\"events\":[{}]}" << "batch.item";
    QTest::newRow("no time") << "{\"policies\":\"\",\"events\":[{\"kind\":\"request\"}]}" << "batch.item";
    QTest::newRow("bad time") << "{\"policies\":\"\",\"events\":[{\"kind\":\"request\",\"at\":\"today\"}]}"
                              << "batch.item";
    QTest::newRow("late time") << "{\"policies\":\"\",\"events\":[{\"kind\":\"request\",\"at\":18446744073709551615}]}"
                               << "batch.item";
    QTest::newRow("no principal") << "{\"policies\":\"\",\"events\":[{\"kind\":\"request\",\"at\":1}]}"
                                  << "cedar.request";
    QTest::newRow("session") << "{\"policies\":\"\",\"events\":[" + event + ",\"session\":1}]}" << "batch.item";
    QTest::newRow("denied") << "{\"policies\":\"\",\"events\":[" + event + ",\"denied\":1}]}" << "batch.item";
    QTest::newRow("same id") << "{\"policies\":\"\",\"events\":[" + event + ",\"id\":\"a\"}," + event
            + ",\"id\":\"a\"}]}"
                             << "batch.item";
    QTest::newRow("mode") << "{\"policies\":\"\",\"mode\":\"x\",\"events\":[]}" << "batch.item";
    QTest::newRow("policies") << "{\"policies\":\"permit\",\"events\":[]}" << "cedar.syntax";
    QTest::newRow("limit") << "{\"policies\":\"@limit permit(principal, action, resource);\",\"events\":[]}"
                           << "temporal.limit";
}

void TraceTest::answersBadItems()
{
    QFETCH(QString, item);
    QFETCH(QString, code);
    const Json answer = tracePolicyItem(*parseJson(item.toStdString()));
    QVERIFY2(answer.contains("error"), answer.dump().c_str());
    QCOMPARE(QString::fromStdString(answer["error"]["code"].get<std::string>()), code);
}

QTEST_GUILESS_MAIN(TraceTest)
#include "trace_test.moc"
