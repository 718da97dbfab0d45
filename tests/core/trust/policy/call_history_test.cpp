#include "core/trust/policy/call_history.h"

#include "tests/core/trust/policy/rule_scene.h"

#include <QTest>

using namespace ephor;
using namespace ephor::policy;
using ephor::test::RuleScene;
using ephor::test::take;

namespace {

/// A session of a scene that goes on a second with each call.
class Session {
public:
    explicit Session(RuleScene& ground)
        : scene(ground)
    {
    }

    PermissionVerdict ask(
        const Json& arguments = Json::object(), std::size_t tool = 0, Approved approved = Approved::NotYet)
    {
        scene.now += std::chrono::seconds(1);
        last = "run/call-" + std::to_string(++number);
        return history.judge({*scene.released, scene.standing.rules()}, scene.facts(arguments, tool), last, approved,
            [this]() -> Result<std::vector<PastEvent>> {
                ++readings;
                if (broken)
                    return fail(ErrorKind::Internal, "test", "The record is gone.");
                return past;
            });
    }
    void answer(const Json& output, std::size_t tool = 0)
    {
        const ArgumentShape shape
            = ArgumentShape::of({{"type", "object"}, {"properties", {{"state", {{"type", "string"}}}}}});
        const CallAnswer known{output, shape};
        history.answered(scene.facts(Json::object(), tool), last, &known);
    }
    void failed(std::size_t tool = 0) { history.answered(scene.facts(Json::object(), tool), last, nullptr); }
    /// As the record has the last call, at the time it has.
    void write(cedar::EventKind kind, std::size_t tool = 0)
    {
        past.push_back({kind, scene.now, last,
            std::make_shared<const cedar::Request>(eventOf(scene.facts(Json::object(), tool), nullptr))});
    }
    void refuse(std::size_t tool = 0) { history.refused(scene.facts(Json::object(), tool), last); }

    RuleScene& scene;
    CallHistory history;
    std::vector<PastEvent> past;
    std::string last;
    int number = 0;
    int readings = 0;
    bool broken = false;
};

const std::string permit = "permit(principal == Agent::\"clerk\", action, resource);";

bool allows(const PermissionVerdict& verdict)
{
    return verdict.word == VerdictWord::Allow;
}

}

class CallHistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void atMostSoManyInAWindow();
    void callsInFlightCount();
    void deniedCallsAreErrors();
    void waitingCallsAreNoneYet();
    void whatALaterGateRefusedIsNoRequest();
    void onlyAfterSomethingSucceeded();
    void answersCanBeAsked();
    void rulesThatChangeReadTheSessionAgain();
    void whatIsNotRecordedYetCountsWhenRulesChange();
    void whatIsRecordedCountsOnce();
    void callsBeforeTheFirstSessionRuleCount();
    void refusalsNotRecordedYetAreErrors();
    void anIdThatComesAgainIsAnotherCall();
    void aSessionThatCannotBeReadDenies();
    void rulesWithoutASessionReadNothing();
    void houseRulesHaveTheirOwnSession();
    void timeNeverRunsBackwards();
};

void CallHistoryTest::atMostSoManyInAWindow()
{
    RuleScene scene;
    scene.release({"@limit(\"2 per 1h\") permit(principal == Agent::\"clerk\", action == Action::\"pay\", resource);"});
    Session session(scene);
    for (int i = 0; i < 2; ++i) {
        QVERIFY(allows(session.ask()));
        session.answer({{"state", "paid"}});
    }
    const PermissionVerdict third = session.ask();
    QVERIFY(third.word == VerdictWord::Deny);
    QCOMPARE(third.rule, std::string("limit:r0"));
    QVERIFY(session.ask().word == VerdictWord::Deny);
    scene.now += std::chrono::hours(1);
    QVERIFY(allows(session.ask()));
}

void CallHistoryTest::callsInFlightCount()
{
    RuleScene scene;
    scene.release({"@limit(\"2 per 1h\") permit(principal == Agent::\"clerk\", action == Action::\"pay\", resource);"});
    Session session(scene);
    QVERIFY(allows(session.ask()));
    QVERIFY(allows(session.ask()));
    QVERIFY(!allows(session.ask()));
}

void CallHistoryTest::deniedCallsAreErrors()
{
    RuleScene scene;
    scene.release(
        {permit, "forbid(principal, action, resource) when { context.input has amount && context.input.amount > 10 };",
            "forbid(principal, action == Action::\"look\", resource) when temporal { formerly within 1h "
            "Action::\"pay\"::error };",
            "forbid(principal, action == Action::\"send\", resource) when temporal { count within 1h "
            "Action::\"pay\"::request >= 1 };"});
    Session session(scene);
    QVERIFY(allows(session.ask(Json::object(), 1)));
    QVERIFY(!allows(session.ask({{"amount", 11}})));
    QCOMPARE(session.ask(Json::object(), 1).rule, std::string("r2"));
    QVERIFY(allows(session.ask(Json::object(), 2)));
}

void CallHistoryTest::waitingCallsAreNoneYet()
{
    RuleScene scene;
    scene.release({"@approve(\"officer\") @limit(\"1 per 1h\") permit(principal == Agent::\"clerk\", action == "
                   "Action::\"pay\", resource);"});
    Session session(scene);
    // Whoever asks twice has not called twice.
    QVERIFY(session.ask().word == VerdictWord::Ask);
    QVERIFY(session.ask().word == VerdictWord::Ask);
    // With a person's word it is a call.
    QVERIFY(session.ask(Json::object(), 0, Approved::Yes).word == VerdictWord::Ask);
    QVERIFY(session.ask().word == VerdictWord::Deny);
    QVERIFY(session.ask(Json::object(), 0, Approved::Yes).word == VerdictWord::Deny);
}

void CallHistoryTest::whatALaterGateRefusedIsNoRequest()
{
    RuleScene scene;
    scene.release({"@limit(\"1 per 1h\") permit(principal == Agent::\"clerk\", action == Action::\"pay\", resource);"});
    Session session(scene);
    QVERIFY(allows(session.ask()));
    session.refuse();
    QVERIFY(allows(session.ask()));
    session.answer({{"state", "paid"}});
    // After its answer a call cannot be taken back.
    session.refuse();
    QVERIFY(!allows(session.ask()));
}

void CallHistoryTest::onlyAfterSomethingSucceeded()
{
    RuleScene scene;
    scene.release({permit,
        "forbid(principal, action == Action::\"pay\", resource) unless temporal { formerly within 30m "
        "Action::\"look\"::response };"});
    Session session(scene);
    QVERIFY(!allows(session.ask()));
    QVERIFY(allows(session.ask(Json::object(), 1)));
    QVERIFY(!allows(session.ask()));
    QVERIFY(allows(session.ask(Json::object(), 1)));
    session.failed(1);
    QVERIFY(!allows(session.ask()));
    QVERIFY(allows(session.ask(Json::object(), 1)));
    session.answer({{"state", "found"}}, 1);
    QVERIFY(allows(session.ask()));
    scene.now += std::chrono::minutes(31);
    QVERIFY(!allows(session.ask()));
}

void CallHistoryTest::answersCanBeAsked()
{
    RuleScene scene;
    scene.release({permit,
        "forbid(principal, action == Action::\"pay\", resource) when temporal { formerly within 1h "
        "Action::\"look\"::response where { event.context.output.state == \"closed\" } };"});
    Session session(scene);
    QVERIFY(allows(session.ask(Json::object(), 1)));
    session.answer({{"state", "open"}}, 1);
    QVERIFY(allows(session.ask()));
    QVERIFY(allows(session.ask(Json::object(), 1)));
    session.answer({{"state", "closed"}}, 1);
    QVERIFY(!allows(session.ask()));
}

void CallHistoryTest::rulesThatChangeReadTheSessionAgain()
{
    RuleScene scene;
    scene.release({"@limit(\"2 per 1h\") permit(principal == Agent::\"clerk\", action == Action::\"pay\", resource);"});
    Session session(scene);
    QVERIFY(allows(session.ask()));
    session.answer({{"state", "paid"}});
    QCOMPARE(session.readings, 1);
    // As the record has it by now.
    session.history.recorded("run");
    const auto request = std::make_shared<const cedar::Request>(eventOf(scene.facts(Json::object()), nullptr));
    session.past
        = {{cedar::EventKind::Request, scene.now, "a", request}, {cedar::EventKind::Error, scene.now, "a", request}};
    scene.house(
        "forbid(principal, action == Action::\"pay\", resource) when temporal { count within 1h any::request >= 1 };");
    QVERIFY(!allows(session.ask()));
    QCOMPARE(session.readings, 2);
    QVERIFY(!allows(session.ask()));
    QCOMPARE(session.readings, 2);
    scene.standing = TighteningTable();
    QVERIFY(allows(session.ask()));
    QCOMPARE(session.readings, 3);
    QVERIFY(!allows(session.ask()));
}

const std::string oneAnHour
    = "forbid(principal, action == Action::\"pay\", resource) when temporal { count within 1h any::request >= 1 };";
const std::string twoAnHour
    = "forbid(principal, action == Action::\"pay\", resource) when temporal { count within 1h any::request >= 2 };";

void CallHistoryTest::whatIsNotRecordedYetCountsWhenRulesChange()
{
    RuleScene scene;
    scene.release({"@limit(\"9 per 1h\") permit(principal == Agent::\"clerk\", action, resource);"});
    Session session(scene);
    QVERIFY(allows(session.ask()));
    // It is on its way to the tool, and the record has nothing of it.
    scene.house(oneAnHour);
    QVERIFY(!allows(session.ask()));
    scene.house("forbid(principal, action == Action::\"pay\", resource) unless temporal { formerly within 1h "
                "Action::\"look\"::response };");
    QVERIFY(allows(session.ask(Json::object(), 1)));
    session.answer({{"state", "found"}}, 1);
    scene.house("@explain(\"again\") forbid(principal, action == Action::\"pay\", resource) unless temporal { formerly "
                "within 1h Action::\"look\"::response };");
    QVERIFY(allows(session.ask()));
}

void CallHistoryTest::whatIsRecordedCountsOnce()
{
    RuleScene scene;
    scene.release({"@limit(\"9 per 1h\") permit(principal == Agent::\"clerk\", action, resource);"});
    Session session(scene);
    QVERIFY(allows(session.ask()));
    // The record has it, and nobody said so yet.
    session.write(cedar::EventKind::Request);
    scene.house(twoAnHour);
    QVERIFY(allows(session.ask()));
    QVERIFY(!allows(session.ask()));
    // Said so: what the record does not have is none.
    session.history.recorded("another");
    session.history.recorded("run");
    session.past.clear();
    scene.house(oneAnHour);
    QVERIFY(allows(session.ask()));
}

void CallHistoryTest::callsBeforeTheFirstSessionRuleCount()
{
    RuleScene scene;
    Session session(scene);
    QVERIFY(allows(session.ask()));
    QCOMPARE(session.readings, 0);
    scene.house(oneAnHour);
    QVERIFY(!allows(session.ask()));
    QCOMPARE(session.readings, 1);
}

void CallHistoryTest::refusalsNotRecordedYetAreErrors()
{
    RuleScene scene;
    scene.release({permit, "forbid(principal, action == Action::\"look\", resource);"});
    Session session(scene);
    QVERIFY(allows(session.ask()));
    session.refuse();
    scene.house("forbid(principal, action == Action::\"send\", resource) when temporal { count within 1h any::request "
                ">= 1 || count within 1h any::error >= 2 };");
    QVERIFY(allows(session.ask(Json::object(), 2)));
    session.refuse(2);
    QVERIFY(!allows(session.ask(Json::object(), 2)));
    // What would have been asked about and was refused by a later gate is an error as well.
    scene.release({"@approve(\"officer\") permit(principal == Agent::\"clerk\", action, resource);"});
    scene.house("forbid(principal, action == Action::\"look\", resource) when temporal { formerly within 1h "
                "Action::\"pay\"::error };");
    Session asked(scene);
    QVERIFY(asked.ask().word == VerdictWord::Ask);
    QVERIFY(asked.ask(Json::object(), 1).word == VerdictWord::Ask);
    QVERIFY(asked.ask().word == VerdictWord::Ask);
    asked.refuse();
    QVERIFY(asked.ask(Json::object(), 1).word == VerdictWord::Deny);
}

void CallHistoryTest::anIdThatComesAgainIsAnotherCall()
{
    RuleScene scene;
    Session session(scene);
    QVERIFY(allows(session.ask()));
    session.write(cedar::EventKind::Request);
    session.history.recorded("run");
    session.number = 0;
    QVERIFY(allows(session.ask()));
    scene.house(twoAnHour);
    QVERIFY(!allows(session.ask()));
}

void CallHistoryTest::aSessionThatCannotBeReadDenies()
{
    RuleScene scene;
    scene.release({"@limit(\"2 per 1h\") permit(principal == Agent::\"clerk\", action == Action::\"pay\", resource);"});
    Session session(scene);
    session.broken = true;
    for (int i = 0; i < 2; ++i) {
        const PermissionVerdict verdict = session.ask();
        QVERIFY(verdict.word == VerdictWord::Deny);
        QCOMPARE(verdict.rule, std::string("policy-error"));
        QVERIFY(verdict.reason.find("The record is gone.") != std::string::npos);
    }
    QCOMPARE(session.readings, 2);
    session.broken = false;
    QVERIFY(allows(session.ask()));
    QVERIFY(allows(session.ask()));
    QVERIFY(!allows(session.ask()));
    QCOMPARE(session.readings, 3);
}

void CallHistoryTest::rulesWithoutASessionReadNothing()
{
    RuleScene scene;
    Session session(scene);
    session.broken = true;
    QVERIFY(allows(session.ask()));
    session.answer({{"state", "paid"}});
    session.refuse();
    QCOMPARE(session.readings, 0);
    QVERIFY(!session.history.tracks());
}

void CallHistoryTest::houseRulesHaveTheirOwnSession()
{
    RuleScene scene;
    scene.release({permit});
    scene.house("forbid(principal is User, action, resource) when temporal { count within 1h any::request >= 2 };");
    Session session(scene);
    QVERIFY(allows(session.ask()));
    QVERIFY(allows(session.ask(Json::object(), 1)));
    const PermissionVerdict third = session.ask();
    QVERIFY(third.word == VerdictWord::Deny);
    QCOMPARE(third.rule, std::string("house:test/0"));
    QVERIFY(session.history.tracks());
}

void CallHistoryTest::timeNeverRunsBackwards()
{
    RuleScene scene;
    scene.release({"@limit(\"2 per 1h\") permit(principal == Agent::\"clerk\", action == Action::\"pay\", resource);"});
    Session session(scene);
    QVERIFY(allows(session.ask()));
    scene.now -= std::chrono::hours(5);
    QVERIFY(allows(session.ask()));
    QVERIFY(!allows(session.ask()));
}

QTEST_GUILESS_MAIN(CallHistoryTest)
#include "call_history_test.moc"
