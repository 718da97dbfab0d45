#include "core/trust/cedar/batch.h"
#include "core/trust/temporal/batch.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::temporal;

namespace {

Json request(const Json& more = Json::object())
{
    Json json = {{"principal", "Agent::\"till\""}, {"action", "Action::\"pay\""}, {"resource", "Asset::\"books\""}};
    json.update(more);
    return json;
}

Json paid(std::int64_t at, const std::string& session = {})
{
    Json event = request({{"at", at}, {"kind", "request"}});
    if (!session.empty())
        event["session"] = session;
    return event;
}

const char* const twoAnHour = "permit(principal, action, resource);"
                              "forbid(principal, action, resource)"
                              " when temporal { count within 1h any::request >= 2 };";

}

/// `ephor policy check`, `explain` and `diff` with rules over a session.
class VerbsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void checksWithEvents();
    void tellsWhatNeedsEvents();
    void readsLimitsWithEvents();
    void knowsSessionsAndTimes();
    void explainsWithEvents();
    void comparesWithEvents();
    void refusesBadEvents();
    void leavesPlainItemsAlone();
};

void VerbsTest::checksWithEvents()
{
    Json item = {{"policies", twoAnHour}, {"request", request()}, {"events", Json::array({paid(0)})}};
    QVERIFY(checkPolicyItem(item)["decision"] == "allow");
    item["events"].push_back(paid(1'000));
    const Json answer = checkPolicyItem(item);
    QVERIFY(answer["decision"] == "deny");
    QVERIFY(answer["reasons"] == Json::array({"policy1"}));
    QVERIFY(answer["errors"].empty());
    QVERIFY(!answer.contains("needsEvents"));
}

void VerbsTest::tellsWhatNeedsEvents()
{
    const Json answer = checkPolicyItem({{"policies", twoAnHour}, {"request", request()}});
    QVERIFY(answer["needsEvents"] == Json::array({"policy1"}));
    QVERIFY(answer["decision"] == "deny");
    QCOMPARE(int(answer["errors"].size()), 1);
    const Json none = checkPolicyItem({{"policies", twoAnHour}, {"request", request()}, {"events", Json::array()}});
    QVERIFY(none["decision"] == "allow");
    QVERIFY(!none.contains("needsEvents"));
}

void VerbsTest::readsLimitsWithEvents()
{
    Json item = {
        {"policies", {{"pay", "@limit(\"1 per 1h\") permit(principal, action, resource);"}}}, {"request", request()}};
    const Json without = checkPolicyItem(item);
    QVERIFY(without["decision"] == "allow");
    QVERIFY(without["needsEvents"] == Json::array({"pay"}));
    item["events"] = Json::array({paid(0)});
    const Json with = checkPolicyItem(item);
    QVERIFY(with["decision"] == "deny");
    QVERIFY(with["reasons"] == Json::array({"limit:pay"}));
}

void VerbsTest::knowsSessionsAndTimes()
{
    Json item = {{"policies", twoAnHour}, {"request", request({{"session", "b"}})},
        {"events", Json::array({paid(0, "a"), paid(1'000, "a")})}};
    QVERIFY(checkPolicyItem(item)["decision"] == "allow");
    item["request"]["session"] = "a";
    QVERIFY(checkPolicyItem(item)["decision"] == "deny");
    item["request"]["at"] = "1970-01-01T02:00:00Z";
    QVERIFY(checkPolicyItem(item)["decision"] == "allow");
    item["request"]["at"] = 500;
    QVERIFY(checkPolicyItem(item)["error"]["code"] == "temporal.out-of-order");
}

void VerbsTest::explainsWithEvents()
{
    Json item = {{"policies", twoAnHour}, {"request", request()}, {"events", Json::array({paid(0), paid(1'000)})}};
    const Json denied = explainPolicyItem(item);
    QVERIFY(denied["decision"] == "deny");
    QVERIFY(denied["determining"][0]["id"] == "policy1");
    QVERIFY(denied["errors"].empty());
    item.erase("events");
    const Json unknown = explainPolicyItem(item);
    QVERIFY(unknown["needsEvents"] == Json::array({"policy1"}));
    QVERIFY(!unknown["errors"].empty());
}

void VerbsTest::comparesWithEvents()
{
    const std::string three = std::string(twoAnHour).replace(std::string(twoAnHour).find(">= 2"), 4, ">= 3");
    Json item = {{"before", twoAnHour}, {"after", three}, {"requests", Json::array({request()})},
        {"events", Json::array({paid(0), paid(1'000)})}};
    const Json loosened = diffPolicyItem(item);
    QCOMPARE(int(loosened["flips"].size()), 1);
    QVERIFY(loosened["flips"][0]["before"]["decision"] == "deny");
    QVERIFY(loosened["flips"][0]["after"]["decision"] == "allow");
    item["events"].push_back(paid(2'000));
    // The third makes three requests where it was let through, and was none where it was not: both deny now.
    QVERIFY(diffPolicyItem(item)["flips"].empty());
    item.erase("events");
    const Json unknown = diffPolicyItem(item);
    QVERIFY(unknown["needsEvents"]["before"] == Json::array({"policy1"}));
    QVERIFY(unknown["needsEvents"]["after"] == Json::array({"policy1"}));
    item.erase("requests");
    QVERIFY(!diffPolicyItem(item).contains("needsEvents"));
}

void VerbsTest::refusesBadEvents()
{
    Json item = {{"policies", twoAnHour}, {"request", request()}, {"events", 5}};
    QVERIFY(checkPolicyItem(item)["error"]["code"] == "batch.item");
    item["events"] = Json::array({paid(5), paid(4)});
    const Json late = checkPolicyItem(item);
    QVERIFY(late["error"]["code"] == "temporal.out-of-order");
    QVERIFY(late["error"]["event"] == 1);
    item["events"] = Json::array({{{"at", 0}}});
    QVERIFY(checkPolicyItem(item)["error"]["code"] == "batch.item");
    item["events"] = Json::array();
    item["request"]["at"] = "yesterday";
    QVERIFY(checkPolicyItem(item)["error"]["code"] == "batch.item");
}

void VerbsTest::leavesPlainItemsAlone()
{
    const Json item = {{"policies",
                           "permit(principal, action, resource); forbid(principal, action, resource) when { "
                           "context.amount > 5 };"},
        {"request", request({{"context", {{"amount", 9}}}})}};
    QVERIFY(checkPolicyItem(item) == cedar::checkPolicyItem(item));
    const Json temporal = cedar::checkPolicyItem({{"policies", twoAnHour}, {"request", request()}});
    QVERIFY(temporal["error"]["code"] == "cedar.syntax");
}

QTEST_GUILESS_MAIN(VerbsTest)
#include "verbs_test.moc"
